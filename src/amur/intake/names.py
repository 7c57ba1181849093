"""CSV of names to look up, and of pairs of names to compare -> subjects, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from amur.engine import Subject
from amur.errors import InputError, LimitError, MalformedError
from amur.limits import CSV_FIELD_CHARS_MAX, NAMES_FILE_BYTES_MAX
from amur.model import IdentifierKind, RejectedRecord, Schema

NAME_COLUMNS: Final = ("name", "schema", "birth_date", "country", "identifier", "id")
"""Columns of a CSV of names; only `name` must be there."""

PAIR_COLUMNS: Final = ("schema", "name1", "name2")
"""Columns of a CSV of pairs; others are kept as they are."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}")
_IMO = re.compile(r"(?:IMO\s*)?(\d{7})")
_WALLET_CHARS_MIN = 26

_PAPERS = (
    IdentifierKind.PASSPORT,
    IdentifierKind.NATIONAL_ID,
    IdentifierKind.TAX,
    IdentifierKind.REGISTRATION,
)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of a CSV of names.

    Attributes:
        line: 1-based line of the file; 0 for a name given directly.
        id: the caller's id of the row; empty where it has none.
        subject: who is asked about.
    """

    line: int
    id: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of a CSV of pairs.

    Attributes:
        line: 1-based line of the file.
        schema: what kind of thing both names are of.
        name1: one name.
        name2: the other.
        cells: every cell of the row, as read, in the order of the header.
        problem: why the row cannot be compared; empty where it can.
    """

    line: int
    schema: Schema
    name1: str
    name2: str
    cells: tuple[str, ...]
    problem: str = ""


def read_names(path: Path) -> Iterator[NameRow | RejectedRecord]:
    """Yield the rows of a CSV of names; a row that cannot be read is yielded as rejected.

    Shape: UTF-8, header row, comma, semicolon or tab. Several dates, countries or identifiers in
    a cell are separated by `;` or `|`. An identifier is `kind:value`, or a value alone, which is
    then looked up as every kind it may be.

    Raises:
        InputError: no such file, no header, or no column `name`.
        LimitError: the file or a cell is too large.
    """
    header: list[str] = []
    for line, row in _read_rows(path, required=("name",)):
        if not header:
            header = row
        elif len(row) != len(header):
            yield RejectedRecord(path.name, line, "", "", _count_cells(header, row))
        else:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
            try:
                yield _make_name_row(line, cells)
            except InputError as error:
                yield RejectedRecord(
                    path.name, line, cells.get("id", ""), error.field, error.problem
                )


def read_pair_header(path: Path) -> tuple[str, ...]:
    """Return the columns of a CSV of pairs. Raises as `read_pairs` does."""
    return tuple(next(_read_rows(path, required=("name1", "name2")))[1])


def read_pairs(path: Path) -> Iterator[PairRow]:
    """Yield the rows of a CSV of pairs, none left out: `problem` says which cannot be compared.

    Raises:
        InputError: no such file, no header, or no column `name1` or `name2`.
        LimitError: the file or a cell is too large.
    """
    header: list[str] = []
    for line, row in _read_rows(path, required=("name1", "name2")):
        if not header:
            header = row
        elif len(row) != len(header):
            yield PairRow(line, Schema.UNKNOWN, "", "", tuple(row), _count_cells(header, row))
        else:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
            schema, problem = Schema.UNKNOWN, ""
            try:
                schema = _read_schema(cells.get("schema", ""))
            except InputError as error:
                problem = f"schema: {error.problem}"
            if not cells["name1"] or not cells["name2"]:
                problem = "a name is empty"
            yield PairRow(line, schema, cells["name1"], cells["name2"], tuple(row), problem)


def _count_cells(header: list[str], row: list[str]) -> str:
    return (
        f"the row has {len(row)} cells, the header {len(header)}: quote cells that hold a separator"
    )


def _read_rows(path: Path, *, required: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row that is not blank, the header first."""
    try:
        size = path.stat().st_size
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}",
            source=str(path),
            advice="Name an existing CSV file.",
        ) from error
    with file:
        if size > NAMES_FILE_BYTES_MAX:
            raise LimitError(
                "the file is too large",
                limit=NAMES_FILE_BYTES_MAX,
                got=size,
                unit="bytes",
                source=path.name,
                advice="Split it.",
            )
        csv.field_size_limit(CSV_FIELD_CHARS_MAX)
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        line = 1
        try:
            first = text.readline()
            delimiter = max(",;\t", key=first.count)
            header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
            _check_header(path.name, header, required)
            yield line, header
            rows = csv.reader(text, delimiter=delimiter, strict=True)
            line = 2
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = rows.line_num + 2
        except UnicodeDecodeError as error:
            raise MalformedError(
                "the file is not UTF-8", source=path.name, line=line, advice="Save it as UTF-8."
            ) from error
        except csv.Error as error:
            raise MalformedError(
                str(error), source=path.name, line=line, advice="Correct the quoting of this row."
            ) from error


def _check_header(source: str, header: list[str], required: tuple[str, ...]) -> None:
    for name in required:
        if name not in header:
            raise MalformedError(
                "the column is missing",
                source=source,
                line=1,
                field=name,
                advice="Name the columns in the first row.",
            )
    for name in header:
        if header.count(name) > 1:
            raise MalformedError(
                "the column stands twice",
                source=source,
                line=1,
                field=name,
                advice="Name each column once.",
            )


def _make_name_row(line: int, cells: dict[str, str]) -> NameRow:
    name = cells["name"]
    identifiers = tuple(
        pair for text in _split(cells.get("identifier", "")) for pair in _read_identifier(text)
    )
    if not name and not identifiers:
        raise InputError("neither a name nor an identifier", field="name")
    subject = Subject(
        name=name,
        schema=_read_schema(cells.get("schema", "")).value,
        births=tuple(_read_date(text) for text in _split(cells.get("birth_date", ""))),
        countries=tuple(_read_country(text) for text in _split(cells.get("country", ""))),
        identifiers=identifiers,
    )
    return NameRow(line, cells.get("id", ""), subject)


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]


def _read_schema(text: str) -> Schema:
    spelled = text.strip().lower().replace("organisation", "organization")
    # Other tools' words for the same four kinds.
    spelled = {
        "": "unknown",
        "company": "organization",
        "legalentity": "organization",
        "individual": "person",
        "entity": "organization",
        "airplane": "aircraft",
    }.get(spelled, spelled)
    try:
        return Schema(spelled)
    except ValueError as error:
        raise InputError(f"not one of {', '.join(Schema)}", field="schema") from error


def _read_date(text: str) -> tuple[date, date]:
    """Return the first and last day that `2024`, `2024-05` or `2024-05-16` can mean."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise InputError("not a date like 1970, 1970-05 or 1970-05-16", field="birth_date")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise InputError("no such day in the calendar", field="birth_date") from error


def _read_country(text: str) -> str:
    code = text.upper()
    if not _COUNTRY.fullmatch(code):
        raise InputError("not a country code of two letters (ISO 3166-1)", field="country")
    return code


def _read_identifier(text: str) -> list[tuple[str, str]]:
    kind, mark, value = text.partition(":")
    if mark and kind.strip().lower() in set(IdentifierKind):
        return [(kind.strip().lower(), value.strip())]
    compact = text.upper().replace(" ", "")
    found = [(each.value, text) for each in _PAPERS]
    if _BIC.fullmatch(compact):
        found.append((IdentifierKind.BIC.value, compact))
    if _LEI.fullmatch(compact):
        found.append((IdentifierKind.LEI.value, compact))
    if (imo := _IMO.fullmatch(compact)) is not None:
        found.append((IdentifierKind.IMO.value, imo.group(1)))
    if len(text) >= _WALLET_CHARS_MIN:
        found.append((IdentifierKind.WALLET.value, text))
    return found
