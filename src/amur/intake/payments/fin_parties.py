"""Party and agent fields of SWIFT MT: options A, B, C, D, F, K and none."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from amur.errors import MalformedError
from amur.intake.payments.facts import (
    BIC,
    SCHEMES,
    find_line_country,
    is_placeholder,
    read_country,
)
from amur.intake.payments.fin import FinField
from amur.model import (
    Address,
    Agent,
    DateRange,
    Identifier,
    IdentifierKind,
    Party,
    Role,
    Schema,
)

_NUMBERED = re.compile(r"([1-8])/(.*)", re.ASCII | re.DOTALL)
_CODED_ID = re.compile(r"([A-Z]{4})/([A-Z]{2})/(.+)", re.ASCII)
_CLEARING = re.compile(r"//([A-Z]{2})(.*)", re.ASCII)
_DEBIT_CREDIT = re.compile(r"/[CD]/", re.ASCII)
_BIRTH = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PERSONAL = frozenset({"CCPT", "NIDN", "SOSE", "ARNU", "DRLC"})

_CLEARING_COUNTRIES: Final = {
    "AT": "AT",
    "AU": "AU",
    "BL": "DE",
    "CC": "CA",
    "CH": "US",
    "CN": "CN",
    "CP": "US",
    "ES": "ES",
    "FW": "US",
    "GR": "GR",
    "HK": "HK",
    "IE": "IE",
    "IN": "IN",
    "IT": "IT",
    "NZ": "NZ",
    "PL": "PL",
    "PT": "PT",
    "RU": "RU",
    "SC": "GB",
    "SW": "CH",
    "ZA": "ZA",
}
"""National clearing codes of the party identifier (`//FW021000089`) to their countries.

Source: SWIFT standards MT, field 52a, list of clearing codes; `CH` and `CP` are CHIPS.
"""


def read_party(field: FinField, role: Role, *, source: str) -> Party:
    """Return the party of a field 50a or 59a.

    Shape: option A = [account] BIC; F = [account or identity] numbered lines; K and none =
    [account] name, address lines.

    Raises:
        MalformedError: a line that the option does not allow.
    """
    if field.option == "F":
        return _read_numbered(field, role, source=source)
    account, rest = _split_account(field.lines)
    if field.option == "A":
        bic = _read_bic(field, rest, source=source)
        identifier = Identifier(IdentifierKind.BIC, bic, field=field.tag)
        return Party(
            role, "", field.tag, Schema.ORGANIZATION, identifiers=(identifier,), account=account
        )
    kept = tuple(line for line in rest if not is_placeholder(line))
    name = kept[0] if kept else ""
    return Party(role, name, field.tag, address=_make_address(field, kept[1:]), account=account)


def read_agent(field: FinField, role: Role, *, source: str) -> Agent | None:
    """Return the institution of a field 51a to 57a; None where it names only an account.

    Shape: A = [party identifier] BIC; B = [party identifier] place; C = party identifier;
    D and none = [party identifier] name, address lines.

    Raises:
        MalformedError: an option A without a BIC.
    """
    account, rest = _split_account(field.lines)
    identifiers: tuple[Identifier, ...] = ()
    clearing = _CLEARING.fullmatch(field.lines[0]) if field.lines else None
    if clearing is not None and clearing.group(1) in _CLEARING_COUNTRIES:
        code = clearing.group(1)
        identifiers = (
            Identifier(
                IdentifierKind.OTHER,
                clearing.group(2),
                country=_CLEARING_COUNTRIES[code],
                label=code,
                field=field.tag,
            ),
        )
    if field.option == "A":
        bic = _read_bic(field, rest, source=source)
        return Agent(role, field.tag, bic, identifiers=identifiers, account=account)
    kept = tuple(line for line in rest if not is_placeholder(line))
    if not kept and field.option == "B":
        return None  # an account between sender and receiver: no third institution
    return Agent(
        role,
        field.tag,
        "",
        kept[0] if kept else "",
        _make_address(field, kept[1:]),
        identifiers,
        account,
    )


def _split_account(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Split off the party identifier: the first line, where it begins with a slash."""
    if not lines or not lines[0].startswith("/"):
        return "", lines
    first = lines[0]
    account = first[3:] if _DEBIT_CREDIT.match(first) else first.lstrip("/")
    return ("" if is_placeholder(account) else account), lines[1:]


def _read_bic(field: FinField, rest: tuple[str, ...], *, source: str) -> str:
    bic = rest[0].strip().upper() if len(rest) == 1 else ""
    if BIC.fullmatch(bic) is None:
        raise MalformedError(
            "not one line with a BIC of 8 or 11 characters (option A)",
            source=source,
            line=field.line,
            field=field.tag,
            advice="Ask the sender to correct the message.",
        )
    return bic


def _make_address(field: FinField, lines: tuple[str, ...]) -> Address | None:
    if not lines:
        return None
    country, words = find_line_country(lines)
    return Address(lines=lines, country=country, country_text=words, field=field.tag)


class _Numbered:
    """The numbered lines of an option F, sorted."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.lines: list[str] = []
        self.country = ""
        self.towns: list[str] = []
        self.birth: DateRange | None = None
        self.birth_place: tuple[str, str] = ("", "")
        self.identifiers: list[Identifier] = []
        self.personal = False


def _read_numbered(field: FinField, role: Role, *, source: str) -> Party:
    found = _Numbered()
    account = ""
    lines = field.lines
    if lines and not _NUMBERED.fullmatch(lines[0]):
        coded = _CODED_ID.fullmatch(lines[0])
        if coded is not None:
            code, country, value = coded.groups()
            found.personal = code in _PERSONAL
            found.identifiers.append(
                Identifier(
                    SCHEMES.get(code, IdentifierKind.OTHER),
                    value,
                    country=country,
                    label=code,
                    field=field.tag,
                )
            )
            lines = lines[1:]
        elif lines[0].startswith("/"):
            account, lines = _split_account(lines)
    number = "1"
    for line in lines:
        numbered = _NUMBERED.fullmatch(line)
        if numbered is not None:
            number, line = numbered.groups()
        _sort_line(field, number, line.strip(), found, source=source)
    address = None
    if found.lines or found.towns or found.country:
        address = Address(
            lines=tuple(found.lines),
            town=" ".join(found.towns),
            country=found.country,
            country_text=found.country,
            field=field.tag,
        )
    town, birth_country = found.birth_place
    return Party(
        role,
        " ".join(found.names),
        field.tag,
        Schema.PERSON if found.personal else Schema.UNKNOWN,
        address,
        found.birth,
        ", ".join(filter(None, (town, birth_country))),
        (birth_country,) if birth_country else (),
        tuple(found.identifiers),
        account,
    )


def _sort_line(field: FinField, number: str, text: str, found: _Numbered, *, source: str) -> None:
    if not text or is_placeholder(text):
        return
    if number == "1":
        found.names.append(text)
    elif number == "2":
        found.lines.append(text)
    elif number == "3":
        country, town = _split_country(text)
        found.country = found.country or country
        if town:
            found.towns.append(town)
    elif number == "4":
        found.birth = _read_birth(field, text, source=source)
        found.personal = True
    elif number == "5":
        country, town = _split_country(text)
        found.birth_place = (town, country)
        found.personal = True
    elif number == "8" and found.identifiers:
        last = found.identifiers.pop()
        found.identifiers.append(
            Identifier(
                last.kind,
                last.value + text,
                country=last.country,
                label=last.label,
                field=last.field,
            )
        )
    elif number in "67":
        country, value = _split_country(text)
        kind = IdentifierKind.NATIONAL_ID if number == "7" else IdentifierKind.OTHER
        found.personal = found.personal or number == "7"
        found.identifiers.append(
            Identifier(
                kind, value, country=country, label="" if number == "7" else "CUST", field=field.tag
            )
        )
    else:
        found.lines.append(text)  # 8/ without a line that it continues: screened as text


def _split_country(text: str) -> tuple[str, str]:
    """Split `RU/SOCHI` into country and rest; without a code, all is rest."""
    head, slash, rest = text.partition("/")
    country = read_country(head)
    return (country, rest.strip()) if country and (slash or not rest) else ("", text)


def _read_birth(field: FinField, text: str, *, source: str) -> DateRange:
    found = _BIRTH.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        day = date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise MalformedError(
            "line 4 is not a birth date like 19720830",
            source=source,
            line=field.line,
            field=field.tag,
            advice="Ask the sender to correct the message.",
        ) from error
    return DateRange(day, day, text=text, field=field.tag)
