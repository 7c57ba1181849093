"""Merge a list's publications, oldest first, into entities with the time each was in force.

The rules, in the order in which they apply:

- Content: the latest publication that holds the record. Records that later ones lack stay, ended.
- Beginning: the publisher's own date; else the date in the sourced table `designations`, if it is
  not after the first publication that holds the record; else the interval from the day after the
  publication before that to its own day; in the first publication the interval has no beginning.
- End: the interval from the day after the last publication that holds the record to the first that
  lacks it; the table's `delisted_on` makes it exact where it lies inside.
- A record that went and came back is two listings, each with its own time, unless the publisher's
  date says that it was never off.
- A record that could not be read did not go: its former content stays in force. Where the reader
  cannot tell which record it was, that publication ends nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amur.errors import MalformedError, SnapshotError
from amur.evidence.tables import TableRows
from amur.model import Entity, Publication, Span

_DAY = timedelta(days=1)
_RUNS = re.compile(r"[0-9]+|[^0-9]+")

RecordKey = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One entity with the time it was in force.

    Attributes:
        entity: content of the latest publication that holds it.
        span: when it was in force.
    """

    entity: Entity
    span: Span


@dataclass(frozen=True, slots=True)
class Designation:
    """One row of the table `designations`.

    Attributes:
        designated_on: first day in force; None where the table does not say.
        delisted_on: first day no longer in force; None where the table does not say.
        source: where that stands.
    """

    designated_on: date | None
    delisted_on: date | None
    source: str


Designations = dict[tuple[str, str], tuple[Designation, ...]]


@dataclass(slots=True)
class _Stint:
    """One uninterrupted stay of a record on its list."""

    entity: Entity
    first_seen: date
    before: date | None
    last_seen: date
    missing_on: date | None = None
    former_end: date | None = None


def make_record_key(record_id: str) -> RecordKey:
    """Return a sort key under which `9` stands before `10` and `a9` before `a10`."""
    runs = tuple(
        (0, int(run), run) if run[0] in "0123456789" else (1, 0, run)
        for run in _RUNS.findall(record_id)
    )
    return (*runs, (-1, 0, record_id))


def read_designations(rows: TableRows) -> Designations:
    """Return the table by list and record.

    Rows of confidence `C` (recalled, not read in a source) date nothing: a wrong certain date could
    clear a payment, an interval asks a person.

    Raises:
        MalformedError: a column is missing, or a date is not `YYYY-MM-DD`.
    """
    found: dict[tuple[str, str], list[Designation]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        for column in (
            "list_id",
            "record_id",
            "designated_on",
            "delisted_on",
            "source",
            "confidence",
        ):
            if column not in row:
                raise MalformedError(
                    "the column is missing",
                    source="designations.csv",
                    field=column,
                    advice="Add it to the header and every row.",
                )
        if row["confidence"].upper() == "C":
            continue
        found[row["list_id"], row["record_id"]].append(
            Designation(
                _read_day(row, "designated_on", number),
                _read_day(row, "delisted_on", number),
                row["source"],
            )
        )
    return {key: tuple(each) for key, each in found.items()}


class ListChain:
    """The publications of one list, taken in one by one, oldest first."""

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        self._open: dict[tuple[str, int], _Stint] = {}
        self._ended: dict[tuple[str, int], list[_Stint]] = defaultdict(list)
        self._last: date | None = None

    def add(self, publication: Publication) -> None:
        """Take in the next publication.

        Raises:
            SnapshotError: another list's, or published before the one taken in last.
        """
        day = publication.published_on
        if publication.list_id != self.list_id:
            raise SnapshotError(f"a publication of {publication.list_id} among {self.list_id}")
        if self._last is not None and day < self._last:
            raise SnapshotError(
                f"the publications of {self.list_id} are out of order: {day} after {self._last}",
                advice="Pass them oldest first.",
            )
        # A record id that stands twice is a cause against activation. Where a person overrode
        # that, both records stay: the count tells them apart.
        times: Counter[str] = Counter()
        seen = set()
        for entity in publication.entities:
            record_id = entity.source.record_id
            key = record_id, times[record_id]
            times[record_id] += 1
            seen.add(key)
            self._take(key, entity, day)
        self._end_missing(publication, seen)
        self._last = day

    def listings(self, designations: Designations) -> Iterator[Listing]:
        """Yield every listing, by record (numbers in ids count as numbers), then by time."""
        keys = {*self._open, *self._ended}
        for key in sorted(keys, key=lambda each: (make_record_key(each[0]), each[1])):
            rows = designations.get((self.list_id, key[0]), ())
            stints = [*self._ended.get(key, ())]
            if key in self._open:
                stints.append(self._open[key])
            for stint in stints:
                yield Listing(stint.entity, _find_span(stint, rows))

    def _take(self, key: tuple[str, int], entity: Entity, day: date) -> None:
        stint = self._open.get(key)
        if stint is None:
            stint = self._reopen(key, entity)
        if stint is None:
            ended = self._ended.get(key)
            stint = _Stint(
                entity, day, self._last, day, former_end=ended[-1].missing_on if ended else None
            )
            self._open[key] = stint
        stint.entity = entity
        stint.last_seen = day

    def _reopen(self, key: tuple[str, int], entity: Entity) -> _Stint | None:
        """Return the earlier stint if the publisher dates the record into it: it never ended."""
        ended = self._ended.get(key)
        listed = entity.listed_on
        if not ended or listed is None or listed.latest is None:
            return None
        if listed.latest > ended[-1].last_seen:
            return None
        stint = ended.pop()
        stint.missing_on = None
        self._open[key] = stint
        return stint

    def _end_missing(self, publication: Publication, seen: set[tuple[str, int]]) -> None:
        unread = {each.record_id for each in publication.rejected}
        if "" in unread:
            return
        for key in [key for key in self._open if key not in seen and key[0] not in unread]:
            stint = self._open.pop(key)
            stint.missing_on = publication.published_on
            self._ended[key].append(stint)


def _find_span(stint: _Stint, rows: tuple[Designation, ...]) -> Span:
    begin = _find_beginning(stint, rows)
    if stint.missing_on is None:
        return begin
    earliest = stint.last_seen + _DAY
    latest = stint.missing_on
    if earliest > latest:
        # Two publications of one day: it stood there in the morning and not in the evening.
        earliest, latest = latest, earliest
    exact = [
        row.delisted_on
        for row in rows
        if row.delisted_on is not None and earliest <= row.delisted_on <= latest
    ]
    if exact:
        earliest = latest = max(exact)
    return Span(
        begin.from_earliest,
        begin.from_latest,
        earliest,
        latest,
        from_basis=begin.from_basis,
        until_basis="table" if exact else "publications",
        from_source=begin.from_source,
    )


def _find_beginning(stint: _Stint, rows: tuple[Designation, ...]) -> Span:
    listed = stint.entity.listed_on
    if listed is not None and listed.latest is not None:
        return Span(listed.earliest, listed.latest, from_basis="publisher")
    fitting = [
        row
        for row in rows
        if row.designated_on is not None
        and row.designated_on <= stint.first_seen
        and (stint.former_end is None or row.designated_on >= stint.former_end)
    ]
    if fitting:
        row = max(fitting, key=lambda each: each.designated_on or date.min)
        return Span(
            row.designated_on, row.designated_on, from_basis="table", from_source=row.source
        )
    if stint.before is None:
        return Span(None, stint.first_seen)
    return Span(min(stint.before + _DAY, stint.first_seen), stint.first_seen)


def _read_day(row: dict[str, str], column: str, number: int) -> date | None:
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError as error:
        raise MalformedError(
            f"data row {number}: the date is not YYYY-MM-DD",
            source="designations.csv",
            field=column,
            advice="Write a full date, or leave the cell empty.",
        ) from error


def merge_publications(publications: Iterable[Publication]) -> dict[str, ListChain]:
    """Return a chain for each list, in order of list id; each publication is let go once taken."""
    chains: dict[str, ListChain] = {}
    for publication in publications:
        chain = chains.setdefault(publication.list_id, ListChain(publication.list_id))
        chain.add(publication)
    return dict(sorted(chains.items()))
