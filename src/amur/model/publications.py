"""One publication of one list: its files, its entities, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amur.model.entities import Entity


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of a publication.

    Attributes:
        name: the publisher's name for it, e.g. `sdn.csv`.
        sha256: hash of the decompressed bytes, lower-case hex.
        size_bytes: decompressed size.
        records: records read from it, rejected ones included.
    """

    name: str
    sha256: str
    size_bytes: int
    records: int


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A record that could not be read. One is enough to stop activation (design rule 5).

    Attributes:
        file: file name.
        line: 1-based line.
        record_id: the publisher's id where it could be read.
        field: the offending column or element.
        problem: what is wrong, one sentence.
    """

    file: str
    line: int
    record_id: str
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What a reader made of one publication of one list.

    Attributes:
        list_id: e.g. `us-ofac-sdn`, `un-sc`.
        published_on: the publisher's date; the caller's where the files carry none.
        published_basis: `file` (date in the file), `given` (the caller said so) or
            `assumed` (neither: the day it was added).
        known_at: UTC instant from which Amur knew it.
        files: in reading order.
        entities: in file order.
        rejected: records that could not be read.
        counts: named record counts of the files, e.g. entities, aliases, address_rows, addresses.
    """

    list_id: str
    published_on: date
    published_basis: str
    known_at: datetime
    files: tuple[ListFile, ...]
    entities: tuple[Entity, ...]
    rejected: tuple[RejectedRecord, ...]
    counts: dict[str, int]
