"""Dates as OFAC writes them."""

from __future__ import annotations

import calendar
import re
from datetime import date

from amur.model import DateRange

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        start=1,
    )
}
_POINT = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}"
_FORM = re.compile(rf"(?P<circa>circa )?(?P<first>{_POINT})(?:(?: to |-)(?P<last>{_POINT}))?")


def read_date(text: str, *, field: str) -> DateRange | None:
    """Return the date in OFAC's words, or None where the words have another form.

    Shape: `07 Oct 1952`, `Sep 1970`, `1962`, `circa 1958`, `1955 to 1957`, `circa 1979-1982`,
    `01 Jan 1960 to 31 Dec 1965`.

    Raises:
        ValueError: the form is that of a date, but there is no such day, or the end comes first.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    earliest, latest = _bounds(match["first"])
    if match["last"]:
        latest = _bounds(match["last"])[1]
        if latest < earliest:
            raise ValueError("the end of the range comes before its beginning")
    return DateRange(earliest, latest, circa=match["circa"] is not None, text=text, field=field)


def _bounds(point: str) -> tuple[date, date]:
    """First and last day of a day, month or year."""
    parts = point.split()
    year = int(parts[-1])
    if len(parts) == 1:
        return date(year, 1, 1), date(year, 12, 31)
    month = _MONTHS.get(parts[-2])
    if month is None:
        raise ValueError("there is no such month")
    if len(parts) == 3:
        day = date(year, month, int(parts[0]))
        return day, day
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
