"""The journal of the lists: append-only, one JSON line per activation, refusal or rebuild.

It is the truth about which publications are in force and which snapshot stands for which time: the
state is the fold of its lines, and appending the line is what brings a publication into force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from amur.errors import InputError, SnapshotError
from amur.evidence import storage
from amur.model import canonical


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision to activate a publication although there are causes against it.

    Attributes:
        author: who decides.
        reason: why.
    """

    author: str
    reason: str

    def __post_init__(self) -> None:
        for field in ("author", "reason"):
            if not getattr(self, field).strip():
                raise InputError(
                    "an override needs an author and a reason",
                    field=field,
                    advice="Say who decides and why: it goes on record.",
                )


class Event(StrEnum):
    """What a line records."""

    ACTIVATION = "activation"
    OVERRIDE = "override"
    REFUSAL = "refusal"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class SnapshotMark:
    """Which snapshot stands for what was known at one time.

    Attributes:
        known_at: UTC instant.
        id: the snapshot.
    """

    known_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line.

    Attributes:
        event: what happened.
        at: when, UTC.
        list_id: the list; empty for a rebuild.
        path: what was to be read, as the user gave it.
        publication: folder name of the kept publication; empty where nothing could be read.
        published_on: date of the publication.
        known_at: UTC instant from which it is known.
        causes: why it was refused, or what was overridden.
        override: who overrode, and why.
        added: records that the publication before did not hold.
        removed: records that only the publication before held.
        changed: records with other content.
        snapshots: snapshots that this line brings into force.
    """

    event: Event
    at: datetime
    list_id: str = ""
    path: str = ""
    publication: str = ""
    published_on: date | None = None
    known_at: datetime | None = None
    causes: tuple[str, ...] = ()
    override: Override | None = None
    added: int = 0
    removed: int = 0
    changed: int = 0
    snapshots: tuple[SnapshotMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ListsInForce:
    """The fold of a journal.

    Attributes:
        publications: (list id, folder name) to the time from which it is known.
        snapshots: time to the id of the snapshot that stands for it, in order of time.
    """

    publications: dict[tuple[str, str], datetime]
    snapshots: dict[datetime, str]

    @property
    def live(self) -> str | None:
        """Id of the newest snapshot."""
        return self.snapshots[max(self.snapshots)] if self.snapshots else None

    def find_snapshot(self, known_at: datetime) -> str | None:
        """Return the id of the newest snapshot that holds nothing learnt after `known_at`."""
        fitting = [each for each in self.snapshots if each <= known_at]
        return self.snapshots[max(fitting)] if fitting else None


def append_entry(path: Path, entry: JournalEntry) -> None:
    """Write one line and wait until it is on disk."""
    storage.append_line(path, canonical(entry))


def read_journal(path: Path) -> tuple[JournalEntry, ...]:
    """Return every entry. A last line that a crash cut off does not count: it never happened.

    Raises:
        SnapshotError: a whole line is not an entry.
    """
    if not path.exists():
        return ()
    lines = path.read_bytes().split(b"\n")
    decoder = msgspec.json.Decoder(JournalEntry)
    entries = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            entries.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise SnapshotError(
                f"{path}, line {number}: not an entry of the journal",
                advice="Restore the journal from a copy: it says which lists are in force.",
            ) from error
    return tuple(entries)


def fold_journal(entries: tuple[JournalEntry, ...]) -> ListsInForce:
    """Return what the entries add up to."""
    publications: dict[tuple[str, str], datetime] = {}
    snapshots: dict[datetime, str] = {}
    for entry in entries:
        if entry.event in (Event.ACTIVATION, Event.OVERRIDE) and entry.known_at is not None:
            key = entry.list_id, entry.publication
            # Learning later that something was known earlier does not make it unknown.
            publications[key] = min(publications.get(key, entry.known_at), entry.known_at)
        snapshots.update({mark.known_at: mark.id for mark in entry.snapshots})
    return ListsInForce(publications, dict(sorted(snapshots.items())))
