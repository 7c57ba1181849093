"""Small parts of ISO 20022 messages: texts, repeated elements, addresses, identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from amur.errors import MalformedError
from amur.intake.payments.amounts import parse_iso_amount, parse_iso_date
from amur.intake.payments.facts import (
    BIC,
    SCHEMES,
    TOWN_PLACEHOLDER,
    find_line_country,
    is_placeholder,
    read_country,
)
from amur.intake.xml import Element
from amur.model import Address, DateRange, Identifier, IdentifierKind, Money

_STREET_PARTS: Final = (
    ("CareOf",),
    ("Dept",),
    ("SubDept",),
    ("StrtNm", "BldgNb"),
    ("BldgNm",),
    ("Flr",),
    ("UnitNb",),
    ("Room",),
    ("PstBx",),
    ("TwnLctnNm",),
    ("DstrctNm",),
)
"""Leaves of `PstlAdr` that make one line each; street and number make one together."""

_STREET_TAGS: Final = frozenset(tag for tags in _STREET_PARTS for tag in tags)


class Place:
    """Where in a file the reader stands, for errors."""

    __slots__ = ("line_offset", "source")

    def __init__(self, source: str, line_offset: int) -> None:
        self.source = source
        self.line_offset = line_offset

    def malformed(self, problem: str, element: Element, path: str) -> MalformedError:
        """Return the error of an element that cannot be read."""
        return MalformedError(
            problem,
            source=self.source,
            line=element.line + self.line_offset,
            field=path,
            advice="Ask the sender to correct the message.",
        )


def number_children(element: Element, path: str) -> Iterable[tuple[Element, str]]:
    """Return the children with their paths; repeated ones carry an index, `Ustrd[2]`, from 1."""
    children = element.children
    if len(children) == 1:
        return ((children[0], f"{path}/{children[0].tag}"),)
    tags = [child.tag for child in children]
    if len(set(tags)) == len(tags):
        return [(child, f"{path}/{child.tag}") for child in children]
    often = Counter(tags)
    seen: Counter[str] = Counter()
    numbered = []
    for child in children:
        tag = child.tag
        if often[tag] > 1:
            seen[tag] += 1
            numbered.append((child, f"{path}/{tag}[{seen[tag]}]"))
        else:
            numbered.append((child, f"{path}/{tag}"))
    return numbered


def find_mixed(element: Element) -> Element | None:
    """Return the first element that holds words beside elements, which no message definition has.

    Supplementary data is left out: it may hold anything, and all of it is read.
    """
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if current.children and current.tag != "SplmtryData":
            if current.text and not current.text.isspace():
                return current
            waiting.extend(current.children)
    return None


def read_word(element: Element) -> str:
    """Return the text of a leaf on one line; empty where it only says that nothing is given."""
    text = element.text.strip()
    if "\n" in text or "  " in text or "\t" in text:
        text = " ".join(text.split())
    return "" if is_placeholder(text) else text


def read_lines(element: Element) -> tuple[str, ...]:
    """Return the text of a leaf, line by line, blank lines left out."""
    text = element.text.strip()
    if "\n" not in text:
        return (text,) if text else ()
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def read_bic(element: Element, path: str, place: Place) -> str:
    """Return a BIC in upper case; empty for a placeholder."""
    bic = read_word(element).upper()
    if bic and BIC.fullmatch(bic) is None:
        raise place.malformed("not a BIC of 8 or 11 characters (ISO 9362)", element, path)
    return bic


def read_amount(element: Element, path: str, place: Place) -> Money:
    """Return an amount with its `Ccy`."""
    try:
        return parse_iso_amount(element.text.strip(), element.attributes.get("Ccy", ""))
    except ValueError as error:
        raise place.malformed(str(error), element, path) from error


def read_birth(element: Element, path: str, place: Place) -> DateRange:
    """Return a birth date."""
    text = element.text.strip()
    try:
        day = parse_iso_date(text)
    except ValueError as error:
        raise place.malformed(str(error), element, path) from error
    return DateRange(day, day, text=text, field=path)


def read_postal_address(element: Element, path: str) -> Address:
    """Return a postal address: structured, hybrid or lines only.

    Where no country element is given, the country that ends the lines is taken. A leaf that
    stands twice against the schema becomes a line, so that it is screened.
    """
    leaves: dict[str, str] = {}
    free: list[str] = []
    for child in element.children:
        tag = child.tag
        text = read_word(child)
        if not text:
            continue
        if tag == "AdrLine" or tag in leaves:
            free.append(text)
        elif tag in _STREET_TAGS or tag in ("TwnNm", "CtrySubDvsn", "PstCd", "Ctry"):
            leaves[tag] = text
    lines = [
        " ".join(parts)
        for tags in _STREET_PARTS
        if (parts := [leaves[tag] for tag in tags if tag in leaves])
    ]
    lines.extend(free)
    town = leaves.get("TwnNm", "")
    written = leaves.get("Ctry", "")
    country = read_country(written)
    if not written:
        country, written = find_line_country(tuple(free))
    return Address(
        lines=tuple(lines),
        town="" if town == TOWN_PLACEHOLDER else town,
        region=leaves.get("CtrySubDvsn", ""),
        postal_code=leaves.get("PstCd", ""),
        country=country,
        country_text=written,
        field=path,
    )


ADDRESS_TAGS: Final = _STREET_TAGS | {"AdrLine", "TwnNm", "CtrySubDvsn", "PstCd", "Ctry"}
"""Leaves of `PstlAdr` that `read_postal_address` maps."""


def read_other_id(element: Element, path: str) -> Identifier | None:
    """Return `Othr` (`Id`, `SchmeNm/Cd` or `/Prtry`, `Issr`) as an identifier; None if empty."""
    value = read_word(element.child("Id") or element)
    if not value:
        return None
    code = element.value("SchmeNm/Cd").upper()
    kind = SCHEMES.get(code, IdentifierKind.OTHER)
    issuer = element.value("Issr")
    return Identifier(
        kind,
        value,
        country=read_country(issuer),
        label=code or element.value("SchmeNm/Prtry"),
        note=issuer,
        field=path,
    )


def read_clearing_id(element: Element, path: str) -> Identifier | None:
    """Return `ClrSysMmbId` as an identifier; the system's code begins with its country."""
    value = element.value("MmbId")
    if not value:
        return None
    code = element.value("ClrSysId/Cd") or element.value("ClrSysId/Prtry")
    country = read_country(code[:2]) if len(code) == 5 else ""
    return Identifier(IdentifierKind.OTHER, value, country=country, label=code, field=path)
