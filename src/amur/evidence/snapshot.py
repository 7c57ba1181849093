"""An immutable snapshot: everything known at one time, in one folder, named by its content.

::

    <id>/manifest.json        what it holds; its SHA-256 begins with the id
         entities.jsonl       one entity a line, ended ones included; entities.offsets
         spans.jsonl          when each was in force, the same order; spans.offsets
         names.index          the matching engine's index, the same order
         tables/<name>.csv    the hand-kept tables, as they were

It is written into a temporary folder, brought to disk file by file, and then given its name: a
folder with a name is complete. The same input gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from amur import limits
from amur.engine import ENGINE_VERSION, Index, build_index
from amur.errors import ChecksumError, SnapshotError, VersionError
from amur.evidence import storage
from amur.evidence.index import make_entry
from amur.evidence.manifest import (
    FORMAT_VERSION,
    FileState,
    ListState,
    Manifest,
    name_snapshot,
    read_manifest,
)
from amur.evidence.publications import PublicationSummary, summarise
from amur.evidence.records import Records, write_records
from amur.evidence.spans import (
    ListChain,
    Listing,
    RecordKey,
    make_record_key,
    merge_publications,
    read_designations,
)
from amur.evidence.tables import TableRows, parse_table
from amur.model import Entity, Publication, Source, Span, canonical

INDEX_NAME = "names.index"

T = TypeVar("T")

_REBUILD = "Rebuild the snapshot from the kept publications."


class _Cited(msgspec.Struct):
    """As much of an entity's line as `find` needs."""

    source: Source


class Snapshot:
    """A snapshot on disk, memory-mapped and read-only. Safe to use from several threads."""

    def __init__(self, path: Path, manifest: Manifest, snapshot_id: str) -> None:
        """Use `Snapshot.open`."""
        self._path = path
        self._manifest = manifest
        self.id = snapshot_id
        self._entities = Records(path, "entities")
        self._spans = Records(path, "spans")
        if not len(self._entities) == len(self._spans) == manifest.entities:
            raise ChecksumError(
                f"{path}: entities and spans are not equal in number", advice=_REBUILD
            )
        self.index = Index(path / INDEX_NAME)
        self._entity = lru_cache(limits.ENTITY_CACHE_MAX)(self._read_entity)
        self._tables: dict[str, TableRows] = {}

    @classmethod
    def open(cls, path: Path) -> Snapshot:
        """Open a snapshot's folder.

        Cost: milliseconds whatever the size: it checks the manifest's hash and the files' sizes;
        `verify` checks the bytes.

        Raises:
            SnapshotError: there is no such folder, or it is unfinished work.
            VersionError: another format version.
            ChecksumError: a file is missing, or has another size than the manifest says.
        """
        manifest, snapshot_id = read_manifest(path)
        for name, state in manifest.files.items():
            try:
                size = (path / name).stat().st_size
            except OSError as error:
                raise ChecksumError(f"{path / name}: {error.strerror}", advice=_REBUILD) from error
            if size != state.size_bytes:
                raise ChecksumError(
                    f"{path / name}: {size} bytes, the manifest says {state.size_bytes}",
                    advice=_REBUILD,
                )
        return cls(path, manifest, snapshot_id)

    @property
    def path(self) -> Path:
        """Its folder."""
        return self._path

    @property
    def known_at(self) -> datetime:
        """UTC instant up to which it holds what was known."""
        return self._manifest.known_at

    @property
    def engine_version(self) -> str:
        """Version of the compiled engine that wrote the index."""
        return self._manifest.engine_version

    @property
    def lists(self) -> tuple[ListState, ...]:
        """State of each list, by list id."""
        return self._manifest.lists

    @property
    def publications(self) -> tuple[PublicationSummary, ...]:
        """The publications it was built from, by list, oldest first."""
        return self._manifest.publications

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the hand-kept tables."""
        return tuple(
            name.removeprefix("tables/").removesuffix(".csv")
            for name in self._manifest.files
            if name.startswith("tables/")
        )

    def __len__(self) -> int:
        return len(self._entities)

    def entity(self, ordinal: int) -> Entity:
        """Return an entity by its ordinal in the index.

        Cost: decodes one line; the latest `limits.ENTITY_CACHE_MAX` are kept.

        Raises:
            IndexError: no such ordinal.
            ChecksumError: the line is damaged.
        """
        return self._entity(ordinal)

    def span(self, ordinal: int) -> Span:
        """Return when the entity was in force. Raises as `entity` does."""
        return self._decode(Span, self._spans.line(ordinal))

    def find(self, list_id: str, record_id: str) -> int | None:
        """Return the ordinal of a record, of its latest listing if it came back; else None."""
        wanted = list_id, make_record_key(record_id)
        low, high = 0, len(self._entities)
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) <= wanted:
                low = middle + 1
            else:
                high = middle
        return low - 1 if low and self._key(low - 1) == wanted else None

    def table(self, name: str) -> TableRows:
        """Return the rows of a hand-kept table.

        Raises:
            SnapshotError: the snapshot has no such table.
        """
        if name not in self._tables:
            self._table_state(name)
            content = (self._path / "tables" / f"{name}.csv").read_bytes()
            self._tables[name] = parse_table(name, content)
        return self._tables[name]

    def table_source(self, name: str) -> Source:
        """Return the citation of a hand-kept table; `record_id` and `field` are empty.

        Raises:
            SnapshotError: the snapshot has no such table.
        """
        return Source(f"table:{name}", f"{name}.csv", self._table_state(name).sha256, "", "")

    def verify(self) -> None:
        """Check every byte against the manifest.

        Cost: reads all files.

        Raises:
            ChecksumError: a file is missing or its bytes changed.
        """
        read_manifest(self._path)
        for name, state in self._manifest.files.items():
            try:
                with (self._path / name).open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise ChecksumError(
                    f"{self._path / name}: {error.strerror}", advice=_REBUILD
                ) from error
            if found != state.sha256:
                raise ChecksumError(
                    f"{self._path / name}: its bytes changed since it was written", advice=_REBUILD
                )
        self.index.verify()

    def _read_entity(self, ordinal: int) -> Entity:
        return self._decode(Entity, self._entities.line(ordinal))

    def _key(self, ordinal: int) -> tuple[str, RecordKey]:
        source = self._decode(_Cited, self._entities.line(ordinal)).source
        return source.list_id, make_record_key(source.record_id)

    def _decode(self, kind: type[T], line: bytes) -> T:
        try:
            return msgspec.json.decode(line, type=kind)
        except msgspec.MsgspecError as error:
            raise ChecksumError(f"{self._path}: a record is damaged", advice=_REBUILD) from error

    def _table_state(self, name: str) -> FileState:
        state = self._manifest.files.get(f"tables/{name}.csv")
        if state is None:
            raise SnapshotError(
                f"snapshot {self.id} has no table {name}",
                advice="Rebuild the snapshot with this version of Amur.",
            )
        return state


def build_snapshot(
    publications: Iterable[Publication],
    *,
    tables: Mapping[str, bytes],
    folder: Path,
    known_at: datetime,
    titles: Mapping[str, str] | None = None,
) -> Snapshot:
    """Write the snapshot of what was known at one time into `folder/<id>` and open it.

    Args:
        publications: all that were known, of each list the oldest first; each is let go before
            the next is asked for.
        tables: hand-kept tables, name to CSV bytes.
        folder: the folder of snapshots; made where missing.
        known_at: UTC instant, not before that of any publication.
        titles: titles of the lists, for people.

    Raises:
        SnapshotError: the publications are out of order or known later, or the index refuses one.
        MalformedError: a table cannot be read.
    """
    if known_at.utcoffset() != timedelta(0):
        raise SnapshotError("known_at is not in UTC", advice="Pass an aware time in UTC.")
    known_at = known_at.astimezone(UTC)
    parsed = {name: parse_table(name, content) for name, content in tables.items()}
    designations = read_designations(parsed.get("designations", ()))
    summaries: list[PublicationSummary] = []
    chains = merge_publications(_check(publications, known_at, summaries))
    storage.make_folder(folder)
    temporary = storage.make_temporary(folder)
    try:
        listings = {
            list_id: tuple(chain.listings(designations)) for list_id, chain in chains.items()
        }
        names = _write_listings(temporary, [each for group in listings.values() for each in group])
        names += _write_tables(temporary, tables)
        manifest = Manifest(
            format_version=FORMAT_VERSION,
            engine_version=ENGINE_VERSION,
            known_at=known_at,
            entities=sum(len(group) for group in listings.values()),
            lists=_make_states(chains, listings, summaries, titles or {}),
            publications=tuple(sorted(summaries, key=lambda each: each.list_id)),
            files={name: _measure(temporary / name) for name in sorted(names)},
        )
        content = canonical(manifest)
        storage.write_file(temporary / "manifest.json", content)
        storage.sync_folder(temporary)
        return _put_in_place(temporary, folder / name_snapshot(content))
    except BaseException:
        # Also on an interrupt: what stays behind would only be removed by the next change.
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _check(
    publications: Iterable[Publication], known_at: datetime, summaries: list[PublicationSummary]
) -> Iterator[Publication]:
    for publication in publications:
        if publication.known_at > known_at:
            raise SnapshotError(
                f"{publication.list_id} of {publication.published_on} is known from "
                f"{publication.known_at.isoformat()}, after the snapshot's {known_at.isoformat()}"
            )
        summaries.append(summarise(publication))
        yield publication


def _write_listings(folder: Path, listings: list[Listing]) -> list[str]:
    names = [
        *write_records(folder, "entities", (canonical(each.entity) for each in listings)),
        *write_records(folder, "spans", (canonical(each.span) for each in listings)),
    ]
    build_index((make_entry(each.entity) for each in listings), folder / INDEX_NAME)
    storage.sync_file(folder / INDEX_NAME)
    return [*names, INDEX_NAME]


def _write_tables(folder: Path, tables: Mapping[str, bytes]) -> list[str]:
    if not tables:
        return []
    (folder / "tables").mkdir()
    for name, content in sorted(tables.items()):
        storage.write_file(folder / "tables" / f"{name}.csv", content)
    storage.sync_folder(folder / "tables")
    return [f"tables/{name}.csv" for name in tables]


def _make_states(
    chains: Mapping[str, ListChain],
    listings: Mapping[str, tuple[Listing, ...]],
    summaries: list[PublicationSummary],
    titles: Mapping[str, str],
) -> tuple[ListState, ...]:
    # Within a list the summaries are in order, so the last one is the one in force.
    newest = {each.list_id: each for each in summaries}
    ended = {
        list_id: sum(each.span.until_latest is not None for each in group)
        for list_id, group in listings.items()
    }
    return tuple(
        ListState(
            list_id=list_id,
            title=titles.get(list_id, list_id),
            published_on=newest[list_id].published_on,
            published_basis=newest[list_id].published_basis,
            known_at=newest[list_id].known_at,
            files=newest[list_id].files,
            in_force=len(listings[list_id]) - ended[list_id],
            ended=ended[list_id],
        )
        for list_id in chains
    )


def _measure(path: Path) -> FileState:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return FileState(size_bytes=os.fstat(file.fileno()).st_size, sha256=sha256)


def _put_in_place(temporary: Path, place: Path) -> Snapshot:
    if place.exists():
        try:
            there = Snapshot.open(place)
            there.verify()
        except (ChecksumError, VersionError):
            # Damaged since it was written: the fresh copy has the same content by its name.
            shutil.rmtree(place)
        else:
            shutil.rmtree(temporary)
            return there
    storage.put_in_place(temporary, place)
    return Snapshot.open(place)
