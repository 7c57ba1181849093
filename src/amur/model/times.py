"""Dates that may be intervals, and when something was in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date known to a day, a month, a year, a span of years, or roughly.

    Attributes:
        earliest: first possible day; None where open.
        latest: last possible day (inclusive); None where open.
        circa: the source says "circa" or "approximately"; the bounds are as written, unwidened.
        text: the words of the source.
        field: where in the record it stands.
    """

    earliest: date | None
    latest: date | None
    circa: bool = False
    text: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class LawTime:
    """A point in legal time: an instant, or a calendar day valid in every legal time zone.

    Exactly one of the two is set. An instant falls on different days in different legal time
    zones: 10:00 in Beijing on 12 March may still be 11 March in Washington (design rule 6).
    """

    instant: datetime | None = None
    day: date | None = None

    def day_in(self, zone: str) -> date:
        """Return the calendar day in an IANA time zone, e.g. `America/New_York`."""
        if self.day is not None:
            return self.day
        assert self.instant is not None
        return self.instant.astimezone(ZoneInfo(zone)).date()

    def __str__(self) -> str:
        if self.day is not None:
            return self.day.isoformat()
        assert self.instant is not None
        return self.instant.isoformat().replace("+00:00", "Z")


class ForceStatus(StrEnum):
    """Whether a designation, stake or licence is in force on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when something was in force, each end possibly only known as an interval.

    Attributes:
        from_earliest: first day it may have begun; None = unknown how long before `from_latest`.
        from_latest: day by which it had certainly begun; None = it is not known to have begun.
        until_earliest: first day on which it may no longer have been in force; None with
            `until_latest` None = no end known.
        until_latest: first day on which it was certainly no longer in force.
        from_basis: what the beginning rests on: `publisher`, `table` or `publications`.
        until_basis: the same for the end; empty where no end is known.
        from_source: citation for a beginning that comes from a hand-kept table.
    """

    from_earliest: date | None
    from_latest: date | None
    until_earliest: date | None = None
    until_latest: date | None = None
    from_basis: str = "publications"
    until_basis: str = ""
    from_source: str = ""

    def status(self, day: date) -> ForceStatus:
        """Return whether it was in force on `day`; inside an unknown interval, UNDECIDED."""
        if self.until_latest is not None and day >= self.until_latest:
            return ForceStatus.ENDED
        if self.from_earliest is not None and day < self.from_earliest:
            return ForceStatus.NOT_YET
        if self.from_latest is None or day < self.from_latest:
            return ForceStatus.UNDECIDED
        if self.until_latest is None:
            return ForceStatus.IN_FORCE
        if self.until_earliest is not None and day < self.until_earliest:
            return ForceStatus.IN_FORCE
        return ForceStatus.UNDECIDED
