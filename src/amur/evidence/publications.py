"""Publications kept on disk, so that every snapshot can be built again from what was known then.

A kept publication is a folder `<published_on>_<sha12>` with `publication.json` (what it is) and
`entities.jsonl` (its entities, canonical JSON, in file order).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import msgspec

from amur.errors import ChecksumError, VersionError
from amur.evidence import storage
from amur.model import Entity, ListFile, Publication, RejectedRecord, canonical, decode, digest

FORMAT_VERSION = 1
"""Version of the two files' layout."""


@dataclass(frozen=True, slots=True)
class PublicationSummary:
    """A publication without its entities.

    Attributes:
        list_id: the list.
        published_on: date of the publication.
        published_basis: `file`, `given` or `assumed`.
        known_at: UTC instant from which Amur knew it.
        files: its files, in reading order.
        entities: number of entities.
        rejected: number of records that could not be read.
        entities_sha256: hash of the entities' canonical lines.
    """

    list_id: str
    published_on: date
    published_basis: str
    known_at: datetime
    files: tuple[ListFile, ...]
    entities: int
    rejected: int
    entities_sha256: str

    @property
    def name(self) -> str:
        """Name of the folder: the date and 12 hex digits that stand for all but `known_at`."""
        content = digest(
            [
                self.list_id,
                self.published_on,
                self.published_basis,
                self.files,
                self.entities,
                self.rejected,
                self.entities_sha256,
            ]
        )
        return f"{self.published_on.isoformat()}_{content[:12]}"


@dataclass(frozen=True, slots=True)
class _Layout:
    format_version: int


@dataclass(frozen=True, slots=True)
class _Kept:
    format_version: int
    summary: PublicationSummary
    rejected: tuple[RejectedRecord, ...]
    counts: dict[str, int]


def summarise(publication: Publication) -> PublicationSummary:
    """Return the summary of a publication.

    Cost: encodes every entity once.
    """
    return _summarise(publication, _encode(publication.entities))


def keep_publication(publication: Publication, folder: Path) -> PublicationSummary:
    """Write a publication into `folder/<name>`; one that is there already stays as it is."""
    body = _encode(publication.entities)
    summary = _summarise(publication, body)
    place = folder / summary.name
    if (place / "publication.json").is_file():
        return summary
    storage.make_folder(folder)
    temporary = storage.make_temporary(folder)
    storage.write_file(temporary / "entities.jsonl", body)
    storage.write_file(
        temporary / "publication.json",
        canonical(_Kept(FORMAT_VERSION, summary, publication.rejected, publication.counts)),
    )
    storage.sync_folder(temporary)
    if place.exists():
        shutil.rmtree(place)
    storage.put_in_place(temporary, place)
    return summary


def read_summary(folder: Path, *, known_at: datetime) -> PublicationSummary:
    """Return the summary of a kept publication as known from `known_at`; raises as loading does.

    Cost: reads no entity.
    """
    return replace(_read_head(folder).summary, known_at=known_at)


def load_publication(folder: Path, *, known_at: datetime) -> Publication:
    """Return a kept publication as known from `known_at`.

    Raises:
        VersionError: written in another layout.
        ChecksumError: a file is missing or changed since it was written.
    """
    kept = _read_head(folder)
    try:
        body = (folder / "entities.jsonl").read_bytes()
    except OSError as error:
        raise _damaged(folder, f"entities.jsonl: {error.strerror}") from error
    if hashlib.sha256(body).hexdigest() != kept.summary.entities_sha256:
        raise _damaged(folder, "entities.jsonl changed since it was written")
    decoder = msgspec.json.Decoder(Entity)
    try:
        entities = tuple(decoder.decode(line) for line in body.splitlines())
    except msgspec.MsgspecError as error:
        raise VersionError(
            f"{folder}: an entity has another shape than this build knows",
            advice="Add the list's files again with this build.",
        ) from error
    own = kept.summary
    return Publication(
        own.list_id,
        own.published_on,
        own.published_basis,
        known_at,
        own.files,
        entities,
        kept.rejected,
        kept.counts,
    )


def _read_head(folder: Path) -> _Kept:
    try:
        head = (folder / "publication.json").read_bytes()
    except OSError as error:
        raise _damaged(folder, f"publication.json: {error.strerror}") from error
    try:
        version = decode(_Layout, head).format_version
        if version != FORMAT_VERSION:
            raise VersionError(
                f"{folder}: layout {version}, this build reads {FORMAT_VERSION}",
                advice="Add the list's files again with this build.",
            )
        kept = decode(_Kept, head)
    except msgspec.MsgspecError as error:
        raise _damaged(folder, "publication.json is not readable") from error
    # The folder's name stands for the content, so a changed summary shows.
    if kept.summary.name != folder.name:
        raise _damaged(folder, "publication.json changed since it was written")
    return kept


def _encode(entities: Sequence[Entity]) -> bytes:
    return b"".join(canonical(entity) + b"\n" for entity in entities)


def _summarise(publication: Publication, body: bytes) -> PublicationSummary:
    return PublicationSummary(
        list_id=publication.list_id,
        published_on=publication.published_on,
        published_basis=publication.published_basis,
        known_at=publication.known_at,
        files=publication.files,
        entities=len(publication.entities),
        rejected=len(publication.rejected),
        entities_sha256=hashlib.sha256(body).hexdigest(),
    )


def _damaged(folder: Path, what: str) -> ChecksumError:
    return ChecksumError(
        f"{folder}: {what}", advice="Restore the folder from a copy, or add the list's files again."
    )
