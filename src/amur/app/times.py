"""The two times of a decision: what was in force, and what had been learnt (design rule 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from amur.casework.store import Mode
from amur.errors import InputError
from amur.model import LawTime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Times:
    """Both times and where they come from.

    Attributes:
        law_at: what was in force.
        known_at: what had been learnt, UTC.
        mode: LIVE where both are now, LOOKBACK where somebody chose them.
    """

    law_at: LawTime
    known_at: datetime
    mode: Mode


def parse_moment(text: str, *, field: str = "") -> date | datetime:
    """Return the day or the UTC instant that a text names.

    Examples:
        >>> parse_moment("2024-05-16")
        datetime.date(2024, 5, 16)
        >>> parse_moment("2024-05-16T10:00:00+08:00")
        datetime.datetime(2024, 5, 16, 2, 0, tzinfo=datetime.timezone.utc)

    Raises:
        InputError: neither a day nor an instant with a zone.
    """
    advice = "Write a day like 2024-05-16, or an instant like 2024-05-16T10:00:00Z."
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("not a day or an instant", field=field, advice=advice) from error
    if instant.utcoffset() is None:
        raise InputError("the instant has no time zone", field=field, advice=advice)
    return instant.astimezone(UTC)


def choose_times(
    *, now: datetime, law_at: date | datetime | None = None, known_at: date | datetime | None = None
) -> Times:
    """Return the two times: now where nothing is asked for, else a lookback.

    Shape: live times are truncated to the hour, so that a run that was killed finds its decisions
    again when it is started anew. Where only one time is given, the other takes the same value; a
    day of knowledge means its end.

    Args:
        now: the caller's clock, with a time zone.
        law_at: what was in force.
        known_at: what had been learnt.

    Raises:
        InputError: a time lies in the future.
    """
    if law_at is None and known_at is None:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return Times(LawTime(instant=hour), hour, Mode.LIVE)
    law = law_at if law_at is not None else known_at
    known = known_at if known_at is not None else law_at
    assert law is not None
    assert known is not None
    for name, moment in (("law_at", law), ("known_at", known)):
        # A day may have begun elsewhere already, hence no comparison by the second for days.
        ahead = (
            moment > now
            if isinstance(moment, datetime)
            else (moment - now.astimezone(UTC).date()).days > 1
        )
        if ahead:
            raise InputError(
                "the time lies in the future",
                field=name,
                advice="Leave it out to screen with what is known now.",
            )
    return Times(
        LawTime(instant=law) if isinstance(law, datetime) else LawTime(day=law),
        known if isinstance(known, datetime) else datetime.combine(known, time(23, 59, 59), UTC),
        Mode.LOOKBACK,
    )
