"""Single values of the UN list: dates, document numbers, what comments hide."""

from __future__ import annotations

import calendar
import re
from datetime import date

from amur.intake.countries import find_country
from amur.model import DateRange, Identifier, IdentifierKind, Note

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[+-]\d{2}:\d{2}|Z)?")
_YEAR = re.compile(r"\d{4}")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH_YEAR = re.compile(
    r"(?:between )?([A-Za-z]{3,9})\.?(?: and ([A-Za-z]{3,9})\.?)? (\d{4})", re.I
)
_PREFIX = re.compile(r"[A-Z]{1,3}(?:-[A-Z]+)?")
_NOT_PREFIX = frozenset({"SSN", "CAR", "ID", "NO", "UK", "USA"})
_IMO = re.compile(r"\bIMO\)?(?: [Nn]umber)?:? ?(\d{7})\b")
_BIC = re.compile(r"\bSWIFT(?:/BIC)?(?: code)?:? ?([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TAX_WORDS = ("fiscal code", "tax")
_ID_WORDS = (
    "identi",
    "id",
    "number",
    "card",
    "code",
    "certificate",
    "permit",
    "licence",
    "license",
    "tazkira",
    "registration",
)


def read_day(text: str, *, field: str) -> DateRange:
    """Return the day of a `yyyy-mm-dd` text; older files add a time zone, which says nothing more.

    Raises:
        ValueError: another form, or no such day.
    """
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError("is no date of the form yyyy-mm-dd")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError(f"is no date: {error}") from error
    return DateRange(day, day, text=text, field=field)


def read_years(first: str, last: str, *, circa: bool = False, text: str, field: str) -> DateRange:
    """Return the range from the first day of one year to the last day of another.

    Raises:
        ValueError: no years, or in the wrong order.
    """
    if _YEAR.fullmatch(first) is None or _YEAR.fullmatch(last) is None:
        raise ValueError("is no year of four digits")
    if first == "0000" or last < first:
        raise ValueError("is no span of years")
    return DateRange(date(int(first), 1, 1), date(int(last), 12, 31), circa, text, field)


def read_day_or_year(text: str, *, field: str) -> DateRange:
    """Return the range of a day or of a year.

    Raises:
        ValueError: neither.
    """
    if _YEAR.fullmatch(text):
        return read_years(text, text, text=text, field=field)
    return read_day(text, field=field)


def find_months(text: str, *, field: str) -> DateRange | None:
    """Return the range of `Nov. 1973` or `Between Aug. and Sep. 1977`, or None."""
    match = _MONTH_YEAR.fullmatch(text.strip().rstrip("."))
    if match is None or match[3] == "0000":
        return None
    first = _MONTHS.get(match[1][:3].casefold())
    last = _MONTHS.get((match[2] or match[1])[:3].casefold())
    if first is None or last is None or last < first:
        return None
    year = int(match[3])
    return DateRange(
        date(year, first, 1),
        date(year, last, calendar.monthrange(year, last)[1]),
        text=text,
        field=field,
    )


def split_number(text: str) -> tuple[str, str, str]:
    """Return (words before, number, words after) of a document text; empty where none is found.

    >>> split_number("Afghan passport number SE 012820")
    ('Afghan passport number', 'SE 012820', '')
    >>> split_number("381110042 (Expired 25 Jan. 2016)")
    ('', '381110042', '(Expired 25 Jan. 2016)')
    """
    words = text.split()
    start = next((at for at, word in enumerate(words) if any(map(str.isdigit, word))), None)
    if start is None or words[0].casefold() == "issued":
        return text, "", ""
    end = start + 1
    while end < len(words) and words[end][0].isdigit() and words[end - 1][-1].isalnum():
        end += 1
    if start and _PREFIX.fullmatch(words[start - 1]) and words[start - 1] not in _NOT_PREFIX:
        start -= 1
    value = " ".join(words[start:end]).rstrip(",;")
    return " ".join(words[:start]).rstrip(":"), value, " ".join(words[end:])


def read_document(values: dict[str, str], *, field: str) -> Identifier | Note | None:
    """Return what an INDIVIDUAL_DOCUMENT says: an identifier, a note where no number stands.

    Args:
        values: text of each child element, blanks collapsed, empty ones left out.
        field: element path.

    The number stands in NUMBER, often behind words ("Libyan passport No. 513519"), or only in
    TYPE_OF_DOCUMENT2 or NOTE.
    """
    if not values:
        return None
    types = [values[tag] for tag in ("TYPE_OF_DOCUMENT2", "TYPE_OF_DOCUMENT") if tag in values]
    note = values.get("NOTE", "")
    words, number, rest = split_number(values.get("NUMBER", ""))
    if not number and "NUMBER" not in values:
        for place in ("TYPE_OF_DOCUMENT2", "NOTE"):
            words, number, rest = split_number(values.get(place, ""))
            if number and place == "NOTE":
                note = ""
            if number:
                break
    if not number:
        text = "; ".join(f"{tag}: {value}" for tag, value in values.items())
        return Note("document", text, field)
    label = words or (types[0].rstrip(":") if types else "")
    country = (
        find_country(values.get("ISSUING_COUNTRY", ""))
        or find_country(values.get("COUNTRY_OF_ISSUE", ""))
        or _find_country_in(words)
    )
    return Identifier(
        _tell_kind(f"{words} {' '.join(types)}", types),
        number,
        country,
        label,
        "; ".join(part for part in (rest, _describe_issue(values), note) if part),
        field,
    )


def _tell_kind(text: str, types: list[str]) -> IdentifierKind:
    folded = text.casefold()
    # The second type says more than the first: "National Identification Number" + "passport".
    first = types[0].casefold() if types else folded
    if any(word in folded for word in _TAX_WORDS):
        return IdentifierKind.TAX
    if any(word in first for word in ("passport", "passeport", "pasaporte", "travel")):
        return IdentifierKind.PASSPORT
    if any(word in first for word in _ID_WORDS):
        return IdentifierKind.NATIONAL_ID
    return IdentifierKind.OTHER


def _find_country_in(words: str) -> str:
    """The country that opens a text: "Libyan passport No.", "Central African Republic number"."""
    parts = words.split()
    for count in range(min(4, len(parts)), 0, -1):
        country = find_country(" ".join(parts[:count]))
        if country:
            return country
    return ""


def _describe_issue(values: dict[str, str]) -> str:
    parts = []
    if "DATE_OF_ISSUE" in values:
        parts.append(f"issued {values['DATE_OF_ISSUE']}")
    if "CITY_OF_ISSUE" in values:
        parts.append(f"in {values['CITY_OF_ISSUE']}")
    for tag in ("ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"):
        if tag in values:
            parts.append(f"({values[tag]})")
            break
    return " ".join(parts)


def find_in_comments(text: str, *, field: str) -> tuple[list[Identifier], list[Note]]:
    """Return IMO numbers, BICs and e-mail addresses that stand in a comment and nowhere else."""
    identifiers = [
        *(
            Identifier(IdentifierKind.IMO, number, label="IMO number", field=field)
            for number in dict.fromkeys(_IMO.findall(text))
        ),
        *(
            Identifier(IdentifierKind.BIC, bic, label="SWIFT", field=field)
            for bic in dict.fromkeys(_BIC.findall(text))
        ),
    ]
    emails = [Note("email", email, field) for email in dict.fromkeys(_EMAIL.findall(text))]
    return identifiers, emails
