"""Use case: bring list publications into force, and open the snapshot that holds them.

Everything lives in the home folder::

    lists/<list_id>/<published_on>_<sha12>/   kept publications
    snapshots/<id>/                           snapshots; old ones stay, decisions cite them
    current                                   id of the live snapshot
    journal.jsonl                             what came into force when, and what was refused
    lists.lock                                held while something changes

A change builds beside what is live, then appends to the journal, then swaps `current`. A crash at
any point leaves the last good snapshot live; the next change clears away what was left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NoReturn, Protocol

from amur.app.list_journal import (
    Event,
    JournalEntry,
    ListsInForce,
    Override,
    SnapshotMark,
    append_entry,
    fold_journal,
    read_journal,
)
from amur.errors import ActivationError, InputError, SnapshotError
from amur.evidence import storage
from amur.evidence.activation import find_causes, find_notes
from amur.evidence.manifest import ListState
from amur.evidence.publications import (
    PublicationSummary,
    keep_publication,
    load_publication,
    read_summary,
    summarise,
)
from amur.evidence.snapshot import Snapshot, build_snapshot
from amur.evidence.tables import read_packaged_tables
from amur.intake.lists import LISTS, read_publication
from amur.model import Entity, Publication

__all__ = ["Activation", "Change", "Event", "ListStatus", "ListStore", "Override"]

SHRINK_BP_MAX = 1_000
"""Basis points by which a list may shrink between publications where no policy says otherwise."""


_ADD_LISTS = "Add lists with `amur lists add`."


class Reader(Protocol):
    """Reads one publication of one list; `amur.intake.lists.read_publication` is one."""

    def __call__(
        self, list_id: str, path: Path, /, *, published_on: date | None, known_at: datetime
    ) -> Publication:
        """Return what the files hold."""


@dataclass(frozen=True, slots=True)
class Change:
    """A record that differs between a publication and the one before.

    Attributes:
        record_id: the publisher's id.
        name: primary name.
    """

    record_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Activation:
    """A publication that came into force.

    Attributes:
        publication: what it is.
        previous: the publication before it, as known then; None for the first.
        snapshot_id: the snapshot for the time from which it is known.
        live: that snapshot is the live one now.
        unchanged: it was in force before already: nothing was done.
        added: records that the publication before did not hold.
        removed: records that only the publication before held.
        changed: records with other content.
        overridden: causes that a person overrode.
        notes: what a person should know.
    """

    publication: PublicationSummary
    previous: PublicationSummary | None
    snapshot_id: str
    live: bool
    unchanged: bool
    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    overridden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListStatus:
    """Where one list stands.

    Attributes:
        list_id: the list.
        title: for people.
        state: as the snapshot holds it; None where it is not loaded.
        age_days: days since its publication; None where it is not loaded.
        stale: it is older than permitted, or not loaded.
    """

    list_id: str
    title: str
    state: ListState | None
    age_days: int | None
    stale: bool


class ListStore:
    """The lists of one home folder. Changes exclude each other, also between processes."""

    def __init__(
        self,
        home: Path,
        *,
        shrink_bp_max: int = SHRINK_BP_MAX,
        tables: Mapping[str, bytes] | None = None,
        read: Reader = read_publication,
    ) -> None:
        """Use a home folder; it is made by the first change.

        Args:
            home: the folder.
            shrink_bp_max: policy value `lists.shrink_bp_max`.
            tables: hand-kept tables; None means those of the package.
            read: reader of publications.
        """
        self.home = home
        self._shrink_bp_max = shrink_bp_max
        self._tables = read_packaged_tables() if tables is None else dict(tables)
        self._read = read

    def add_list(
        self,
        list_id: str,
        path: Path,
        *,
        now: datetime,
        published_on: date | None = None,
        known_at: datetime | date | None = None,
        override: Override | None = None,
    ) -> Activation:
        """Read a publication and bring it into force.

        Args:
            list_id: e.g. `un-sc`.
            path: file or folder of files.
            now: the caller's clock, UTC.
            published_on: date of the publication where the files carry none.
            known_at: since when it is known (a day means its end); None means now.
            override: who activates it whatever speaks against it, and why.

        Cost: reads every publication kept, once per snapshot from `known_at` on.

        Raises:
            ActivationError: it may not come into force; the refusal is in the journal and the
                last good snapshot stays live.
            InputError: an unknown list, no such path, or a time without a zone or after now.
        """
        since = _to_instant(now if known_at is None else known_at)
        at = _to_instant(now)
        if since.date() > at.date():
            raise InputError(
                f"known_at {since.date()} is in the future",
                field="known_at",
                advice="Give the time at which the list was received.",
            )
        if list_id not in LISTS:
            raise InputError(
                "there is no such list",
                source=list_id,
                advice=f"Amur reads: {', '.join(sorted(LISTS))}.",
            )
        if not path.exists():
            raise InputError(
                "there is no such file or folder", source=str(path), advice="Check the path."
            )
        entry = JournalEntry(Event.REFUSAL, at, list_id, str(path), known_at=since)
        try:
            publication = self._read(list_id, path, published_on=published_on, known_at=since)
        except InputError as error:
            with self._change():
                self._refuse(replace(entry, causes=(str(error),)), cause=error)
        with self._change() as state:
            return self._activate(publication, entry, state, override)

    def list_status(self, *, on: date, max_age_days: Mapping[str, int]) -> tuple[ListStatus, ...]:
        """Return where every known list stands in the live snapshot, on a day.

        Args:
            on: the day.
            max_age_days: policy value `max_age_days` of each list; one without is never stale
                while it is loaded.
        """
        live = self._read_current()
        loaded = {} if live is None else {each.list_id: each for each in self._open(live).lists}
        titles = {**{key: each.title for key, each in loaded.items()}, **_titles()}
        found = []
        for list_id, title in sorted(titles.items()):
            state = loaded.get(list_id)
            age = None if state is None else (on - state.published_on).days
            stale = age is None or (list_id in max_age_days and age > max_age_days[list_id])
            found.append(ListStatus(list_id, title, state, age, stale))
        return tuple(found)

    def open_snapshot(self, known_at: datetime | date | None = None) -> Snapshot:
        """Open the live snapshot, or the newest that holds nothing learnt after `known_at`.

        Raises:
            SnapshotError: there is none.
        """
        if known_at is None:
            live = self._read_current()
            if live is None:
                raise SnapshotError(f"no list is in force in {self.home}", advice=_ADD_LISTS)
            return self._open(live)
        instant = _to_instant(known_at)
        state = fold_journal(read_journal(self._journal))
        found = state.find_snapshot(instant)
        if found is None:
            first = min(state.snapshots, default=None)
            what = "no list is in force" if first is None else f"the first is of {_show(first)}"
            raise SnapshotError(
                f"{self.home} has no snapshot of what was known at {_show(instant)}: {what}",
                advice="Add the publications of that time with their --known-at.",
            )
        return self._open(found)

    def rebuild(self, *, now: datetime) -> tuple[SnapshotMark, ...]:
        """Build every snapshot anew from the kept publications, with this version of Amur.

        Raises:
            SnapshotError: no list is in force, or a kept publication is damaged.
        """
        with self._change() as state:
            if not state.publications:
                raise SnapshotError(f"no list is in force in {self.home}", advice=_ADD_LISTS)
            marks = self._build(state.publications, sorted(state.snapshots))
            self._commit(JournalEntry(Event.REBUILD, _to_instant(now), snapshots=marks))
            return marks

    def journal(self) -> tuple[JournalEntry, ...]:
        """Return everything that happened to the lists, oldest first."""
        return read_journal(self._journal)

    # --- a change, step by step ------------------------------------------------------------------

    def _activate(
        self,
        publication: Publication,
        entry: JournalEntry,
        state: ListsInForce,
        override: Override | None,
    ) -> Activation:
        since = publication.known_at
        summary = summarise(publication)
        key = publication.list_id, summary.name
        entry = replace(entry, publication=summary.name, published_on=publication.published_on)
        known = {each: at for each, at in state.publications.items() if at <= since}
        previous = self._find_previous(publication.list_id, known)
        notes = find_notes(publication, previous)
        if key in known:
            found = state.find_snapshot(since) or ""
            return Activation(summary, previous, found, found == state.live, True, notes=notes)
        causes = find_causes(publication, previous, shrink_bp_max=self._shrink_bp_max)
        if causes and override is None:
            self._refuse(replace(entry, causes=causes))
        if override is not None and not causes:
            notes += ("Nothing spoke against it: the override was not needed.",)
        keep_publication(publication, self._lists / publication.list_id)
        publications = {**state.publications, key: since}
        # Every later snapshot lacks this publication, so each is built anew for its time.
        times = sorted({since, *(at for at in state.snapshots if at > since)})
        marks = self._build(publications, times)
        added, removed, changed = self._compare(publication, previous)
        self._commit(
            replace(
                entry,
                event=Event.OVERRIDE if causes else Event.ACTIVATION,
                causes=causes,
                override=override if causes else None,
                added=len(added),
                removed=len(removed),
                changed=len(changed),
                snapshots=marks,
            )
        )
        return Activation(
            summary,
            previous,
            marks[0].id,
            len(marks) == 1,
            False,
            added,
            removed,
            changed,
            causes,
            notes,
        )

    def _refuse(self, entry: JournalEntry, cause: InputError | None = None) -> NoReturn:
        append_entry(self._journal, entry)
        raise ActivationError(
            f"the publication may not come into force ({len(entry.causes)} causes): "
            f"{' '.join(entry.causes)}",
            list_id=entry.list_id,
            causes=entry.causes,
            advice="The last good one stays in force. Get the complete files from the publisher"
            + ("." if cause else ", or override on record."),
        ) from cause

    def _commit(self, entry: JournalEntry) -> None:
        append_entry(self._journal, entry)
        self._swap_current(fold_journal(read_journal(self._journal)))

    def _swap_current(self, state: ListsInForce) -> None:
        if state.live is not None and state.live != self._read_current():
            storage.replace_file(self.home / "current", f"{state.live}\n".encode())

    def _build(
        self, publications: Mapping[tuple[str, str], datetime], times: list[datetime]
    ) -> tuple[SnapshotMark, ...]:
        marks = []
        for instant in times:
            known = {key: at for key, at in publications.items() if at <= instant}
            snapshot = build_snapshot(
                self._load(known),
                tables=self._tables,
                folder=self.home / "snapshots",
                known_at=instant,
                titles=_titles(),
            )
            marks.append(SnapshotMark(instant, snapshot.id))
        return tuple(marks)

    def _load(self, known: Mapping[tuple[str, str], datetime]) -> Iterator[Publication]:
        # Within a list by date of publication; of two of one day the one learnt later counts.
        # Folder names begin with that date.
        for (list_id, name), at in sorted(known.items(), key=_chain_order):
            yield load_publication(self._lists / list_id / name, known_at=at)

    def _find_previous(
        self, list_id: str, known: Mapping[tuple[str, str], datetime]
    ) -> PublicationSummary | None:
        own = [each for each in known.items() if each[0][0] == list_id]
        if not own:
            return None
        (_, name), at = max(own, key=_chain_order)
        return read_summary(self._lists / list_id / name, known_at=at)

    def _compare(
        self, publication: Publication, previous: PublicationSummary | None
    ) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]:
        before: dict[str, Entity] = {}
        if previous is not None:
            folder = self._lists / previous.list_id / previous.name
            kept = load_publication(folder, known_at=previous.known_at)
            before = {each.source.record_id: each for each in kept.entities}
        after = {each.source.record_id: each for each in publication.entities}
        unread = {each.record_id for each in publication.rejected}
        return (
            _name(each for key, each in after.items() if key not in before),
            _name(each for key, each in before.items() if key not in after and key not in unread),
            _name(
                each
                for key, each in after.items()
                if key in before and not _same_content(each, before[key])
            ),
        )

    @contextmanager
    def _change(self) -> Iterator[ListsInForce]:
        """Hold the lock; first put right what a crash of an earlier change left."""
        storage.make_folder(self.home)
        with storage.exclusive(self.home / "lists.lock"):
            storage.cut_torn_line(self._journal)
            for folder in (self.home / "snapshots", *sorted(self._lists.glob("*/"))):
                storage.remove_temporaries(folder)
            state = fold_journal(read_journal(self._journal))
            self._swap_current(state)
            yield state

    def _open(self, snapshot_id: str) -> Snapshot:
        return Snapshot.open(self.home / "snapshots" / snapshot_id)

    def _read_current(self) -> str | None:
        try:
            return (self.home / "current").read_text("ascii").strip()
        except FileNotFoundError:
            return None

    @property
    def _lists(self) -> Path:
        return self.home / "lists"

    @property
    def _journal(self) -> Path:
        return self.home / "journal.jsonl"


def _chain_order(item: tuple[tuple[str, str], datetime]) -> tuple[str, str, datetime, str]:
    (list_id, name), at = item
    return list_id, name.partition("_")[0], at, name


def _same_content(one: Entity, other: Entity) -> bool:
    # The file's hash differs between any two publications; that alone is no change.
    return replace(one, source=other.source) == other


def _name(entities: Iterable[Entity]) -> tuple[Change, ...]:
    return tuple(Change(each.source.record_id, each.primary_name) for each in entities)


def _titles() -> dict[str, str]:
    return {list_id: each.title for list_id, each in LISTS.items()}


def _to_instant(moment: datetime | date) -> datetime:
    """Return a UTC instant to the second; a day means its end."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(23, 59, 59), UTC)
    if moment.utcoffset() is None:
        raise InputError(
            "the time has no zone",
            field="known_at",
            advice="Write it in UTC, for example 2024-05-16T10:00:00Z.",
        )
    return moment.astimezone(UTC).replace(microsecond=0)


def _show(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
