"""The grammar of OFAC's Remarks: one column that holds everything without a column of its own.

Statements are separated by `; `, end with one full stop, and open with a label:
`DOB 07 Oct 1952; POB Leningrad, Russia; Passport A0123456 (Iran) expires 01 Jan 2020.`
Nothing is dropped: a statement of no known form becomes a `Note` of kind `other`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from amur.intake.countries import find_country
from amur.intake.lists import us_ofac_labels as labels
from amur.intake.lists.us_ofac_dates import read_date
from amur.intake.lists.us_ofac_names import read_name
from amur.model import (
    CountryLink,
    DateRange,
    Identifier,
    IdentifierKind,
    Link,
    Name,
    NameKind,
    NameQuality,
    Note,
    Schema,
)

REMARKS_CHARS_MAX = 1_000
"""Characters that fit the column (OFAC data specification); the rest is in sdn_comments.csv."""

FIELD = "sdn.csv/Remarks"

_SEPARATOR = re.compile(r";\s+")
_ALIAS = re.compile(r"([afn])\.k\.a\.,? '(.+)'")
_ALIAS_KINDS = {"a": NameKind.ALIAS, "f": NameKind.FORMER, "n": NameKind.NEW}
_WALLET = re.compile(r"Digital Currency Address - (\S+) (\S.*)")
_LINKED = re.compile(r"\(?Linked To: (.+?)\)?")
_UNTIL = re.compile(r"\s+(?=(?:issued|expires|expired|expiration|effective|valid)\b)", re.I)
_GROUP = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_NO_VALUE = ("issued", "expire", "unknown", "number unknown", "is ", "place of ")
_KINDS_OF_LETTERS = frozenset(
    {
        IdentifierKind.BIC,
        IdentifierKind.CALL_SIGN,
        IdentifierKind.TAIL_NUMBER,
        IdentifierKind.SERIAL_NUMBER,
    }
)
_CONTACT = re.compile(
    r"(?P<website>(?:https?://|www\.)\S+.*)"
    r"|(?P<email>(?:e-?mail:? ?)?\S+@\S+\.\S+.*)"
    r"|(?P<phone>(?:PHONE|FAX|TELEX|TEL)\b.*)",
    re.I,
)
_BLANKS = re.compile(r"\s+")
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_INITIALS_END = re.compile(r"(?:^|[\s.])[A-Za-z]\.[A-Za-z]\.$")
_LABELLED_ID = re.compile(
    r"((?:[^\s\d();:][^\s();:]* ){0,8}"
    r"(?:Number|number|Numbers|No\.?|#|ID|Id|Card|Code|Certificate|License|Licence|Registry|"
    r"Register|Registration|Document|Identification|Permit|Visa|Folio|Patente|Record):?) "
    r"((?=[^()]*\d)\S.*)"
)


class RemarkError(ValueError):
    """A statement that has a known form but cannot be true.

    Args:
        field: column and label.
        problem: one sentence.
    """

    def __init__(self, field_name: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field_name
        self.problem = problem


@dataclass(slots=True)
class Remarks:
    """What one Remarks column says, sorted by kind, each in the order of the statements."""

    schema: Schema
    births: list[DateRange] = field(default_factory=list)
    birth_places: list[Note] = field(default_factory=list)
    countries: list[CountryLink] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    gender: str = ""


def read_remarks(text: str, *, schema: Schema, cut: bool = False) -> Remarks:
    """Return what a Remarks column says.

    Args:
        text: the column, already joined with sdn_comments.csv.
        schema: what the party is; decides how names are read.
        cut: the column is full and no continuation is at hand. Its last statement may be cut in
            the middle: it is kept as a note of kind `truncated` and not interpreted.

    Raises:
        RemarkError: a date that is no date.
    """
    remarks = Remarks(schema)
    statements = split_remarks(text)
    if cut and statements:
        remarks.notes.append(Note("truncated", statements.pop(), FIELD))
    for statement in statements:
        _read_statement(remarks, statement)
    return remarks


def split_remarks(text: str) -> list[str]:
    """Return the statements, in order, without separators and final full stop.

    A semicolon inside parentheses does not separate. The full stop of an abbreviation at the end
    ("S.A.") is kept: OFAC does not write a second one after it.
    """
    text = text.strip()
    if text.endswith(".") and not _INITIALS_END.search(text):
        text = text[:-1]
    pieces = _SEPARATOR.split(text)
    if "(" not in text:
        return [piece for piece in map(str.strip, pieces) if piece]
    statements: list[str] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        position += 1
        if piece.startswith("(") and piece.count("(") > piece.count(")"):
            joined = piece
            for ahead in range(position, len(pieces)):
                joined = f"{joined}; {pieces[ahead]}"
                if joined.count("(") <= joined.count(")"):
                    piece, position = joined, ahead + 1
                    break
        if piece.strip():
            statements.append(piece.strip())
    return statements


def _read_statement(remarks: Remarks, whole: str) -> None:
    statement = whole
    for prefix in ("alt. ", "Alt. "):
        statement = statement.removeprefix(prefix)
    first = statement.split(" ", 1)[0].rstrip(":")
    for label, read in _RULES.get(first, ()):
        if not statement.startswith(label):
            continue
        rest = statement[len(label) :]
        # A label ends where a word ends: "Passport" does not open "Passports".
        if rest[:1].isalnum() and label[-1].isalnum():
            continue
        if read(remarks, label, rest.strip(" :"), whole):
            return
    _read_unlabelled(remarks, statement, whole)


def _read_birth(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
    place = f"{FIELD}: {label}"
    try:
        birth = read_date(rest, field=place)
    except ValueError as error:
        raise RemarkError(place, f"the date cannot be: {error}") from error
    if birth is None:
        return False
    remarks.births.append(birth)
    return True


def _read_birth_place(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
    if not rest:
        return False
    place = f"{FIELD}: {label}"
    remarks.birth_places.append(Note("birth_place", rest, place))
    # The country stands last; its own name may hold a comma ("Korea, North").
    words = rest.split(", ")
    for tail in (", ".join(words[-2:]), words[-1]):
        country = find_country(tail)
        if country:
            remarks.countries.append(CountryLink("birth", country, tail, place))
            break
    return True


def _read_gender(remarks: Remarks, label: str, rest: str, whole: str) -> bool:
    gender = rest.casefold()
    if gender not in {"male", "female"} or remarks.gender not in {"", gender}:
        remarks.notes.append(Note("gender", whole, f"{FIELD}: {label}"))
    else:
        remarks.gender = gender
    return True


def _read_linked(remarks: Remarks, _label: str, _rest: str, whole: str) -> bool:
    match = _LINKED.fullmatch(whole)
    if match is None:
        return False
    name = match[1]
    if not whole.startswith("(") and whole.endswith(")"):
        # The closing parenthesis belongs to the name: "... CORPS (IRGC)".
        name = f"{name})"
    remarks.links.append(Link("linked_to", name, f"{FIELD}: Linked To"))
    return True


def _read_operator(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
    if not rest:
        return False
    remarks.links.append(Link("aircraft_operator", rest, f"{FIELD}: {label}"))
    return True


def _read_alias(remarks: Remarks, _label: str, _rest: str, whole: str) -> bool:
    match = _ALIAS.fullmatch(whole)
    if match is None:
        return False
    remarks.names.append(
        read_name(
            match[2],
            schema=remarks.schema,
            quality=NameQuality.WEAK,
            kind=_ALIAS_KINDS[match[1]],
            field=f"{FIELD}: {match[1]}.k.a.",
        )
    )
    return True


def _read_wallet(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
    match = _WALLET.fullmatch(f"{label} {rest}")
    if match is None:
        return False
    remarks.identifiers.append(
        Identifier(
            IdentifierKind.WALLET, match[2].strip(), label=match[1], field=f"{FIELD}: {label}"
        )
    )
    return True


def _reader_of_country(kind: str) -> Callable[[Remarks, str, str, str], bool]:
    def read(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
        if not rest:
            return False
        remarks.countries.append(CountryLink(kind, find_country(rest), rest, f"{FIELD}: {label}"))
        return True

    return read


def _reader_of_note(kind: str) -> Callable[[Remarks, str, str, str], bool]:
    def read(remarks: Remarks, label: str, _rest: str, whole: str) -> bool:
        remarks.notes.append(Note(kind, whole, f"{FIELD}: {label.rstrip(' -:')}"))
        return True

    return read


def _reader_of_identifier(kind: IdentifierKind) -> Callable[[Remarks, str, str, str], bool]:
    def read(remarks: Remarks, label: str, rest: str, _whole: str) -> bool:
        identifier = _make_identifier(kind, label, rest)
        if identifier is None:
            return False
        remarks.identifiers.append(identifier)
        return True

    return read


def _make_identifier(kind: IdentifierKind, label: str, rest: str) -> Identifier | None:
    """Read `value (country) issued ... expires ...`; None where no value is left."""
    country, notes = "", []
    for group in _GROUP.finditer(rest):
        country = find_country(group[1].strip())
        if country:
            notes.append(rest[group.end() :])
            rest = rest[: group.start()]
            break
    value, *dates = _UNTIL.split(rest.strip(), maxsplit=1)
    note = " ".join(part.strip() for part in (*dates, *notes) if part.strip())
    value = _BLANKS.sub(" ", value).strip(" ,:")
    if not value or value.casefold().startswith(_NO_VALUE):
        return None
    if kind not in _KINDS_OF_LETTERS and not any(map(str.isdigit, value)):
        return None
    if kind is IdentifierKind.REGISTRATION and _LEI.fullmatch(value):
        kind = IdentifierKind.LEI
    return Identifier(kind, value, country, label, note, f"{FIELD}: {label}")


def _read_unlabelled(remarks: Remarks, statement: str, whole: str) -> None:
    """Last resorts: an identifier by the look of its label, a position, else `other`."""
    match = _LABELLED_ID.fullmatch(statement)
    if match is not None:
        identifier = _make_identifier(IdentifierKind.OTHER, match[1].strip(": "), match[2])
        if identifier is not None:
            remarks.identifiers.append(identifier)
            return
    contact = _CONTACT.fullmatch(statement)
    kind = (contact.lastgroup or "other") if contact is not None else "other"
    if kind == "other" and remarks.schema is Schema.PERSON:
        words = re.split(r"[\s,./()]+", whole.casefold())
        if not labels.POSITION_WORDS.isdisjoint(words):
            kind = "position"
    remarks.notes.append(Note(kind, whole, FIELD))


_Reader = Callable[[Remarks, str, str, str], bool]


def _build_rules() -> dict[str, tuple[tuple[str, _Reader], ...]]:
    """First word of a statement to its (label, reader) pairs, longest label first."""
    readers: dict[str, _Reader] = {
        "DOB": _read_birth,
        "POB": _read_birth_place,
        "Gender": _read_gender,
        "Sex": _read_gender,
        "Linked To:": _read_linked,
        "(Linked To:": _read_linked,
        "Aircraft Operator": _read_operator,
        "Digital Currency Address": _read_wallet,
        "a.k.a.": _read_alias,
        "f.k.a.": _read_alias,
        "n.k.a.": _read_alias,
    }
    readers |= {label: _reader_of_country(kind) for label, kind in labels.COUNTRIES.items()}
    readers |= {label: _reader_of_identifier(kind) for label, kind in labels.IDENTIFIERS.items()}
    readers |= {label: _reader_of_note(kind) for label, kind in labels.NOTES.items()}
    rules: dict[str, list[tuple[str, _Reader]]] = {}
    for label in sorted(readers, key=len, reverse=True):
        rules.setdefault(label.split(" ", 1)[0].rstrip(":"), []).append((label, readers[label]))
    return {first: tuple(pairs) for first, pairs in rules.items()}


_RULES = _build_rules()
