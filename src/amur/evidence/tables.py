"""The hand-kept tables: CSV with `#` comment lines and a header row, part of each snapshot."""

from __future__ import annotations

import csv
import io
from importlib import resources

from amur import limits
from amur.errors import LimitError, MalformedError

TableRows = tuple[dict[str, str], ...]
"""Rows of a table: column name to trimmed text; every row has every column."""


def read_packaged_tables() -> dict[str, bytes]:
    """Return every table that ships with the package: name (without `.csv`) to bytes."""
    folder = resources.files("amur") / "data"
    if not folder.is_dir():
        return {}
    found = {
        each.name.removesuffix(".csv"): each.read_bytes()
        for each in folder.iterdir()
        if each.is_file() and each.name.endswith(".csv") and not each.name.startswith(".")
    }
    return dict(sorted(found.items()))


def parse_table(name: str, content: bytes) -> TableRows:
    """Return the rows of a table.

    Shape: lines that begin with `#` and blank lines do not count; the first line that counts
    names the columns; the encoding is UTF-8.

    Raises:
        MalformedError: not UTF-8, no header, a column twice, or a row with another number of cells.
        LimitError: a line is too long.
    """
    source = f"{name}.csv"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedError(
            f"byte {error.start} is not UTF-8", source=source, advice="Save the table as UTF-8."
        ) from error
    # Lines that do not count become blank instead of vanishing, so that line numbers stay true.
    kept = [
        "\n" if line.lstrip().startswith("#") else line for line in io.StringIO(text, newline="")
    ]
    for number, line in enumerate(kept, start=1):
        if len(line) > limits.CSV_FIELD_CHARS_MAX:
            raise LimitError(
                "the line is too long",
                limit=limits.CSV_FIELD_CHARS_MAX,
                got=len(line),
                unit="characters",
                source=source,
                line=number,
            )
    reader = csv.reader(kept, strict=True)
    header: list[str] = []
    rows: list[dict[str, str]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _read_header(source, reader.line_num, cells)
                continue
            rows.append(_read_row(source, reader.line_num, header, cells))
    except csv.Error as error:
        raise MalformedError(
            str(error),
            source=source,
            line=reader.line_num,
            advice="Correct the quoting of this row.",
        ) from error
    if not header:
        raise MalformedError(
            "the table has no header row",
            source=source,
            advice="Name the columns in the first row.",
        )
    return tuple(rows)


def _read_header(source: str, line: int, cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for name in header:
        if not name or header.count(name) > 1:
            raise MalformedError(
                "a column name is empty or stands twice",
                source=source,
                line=line,
                field=name,
                advice="Name each column once.",
            )
    return header


def _read_row(source: str, line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise MalformedError(
            f"the row has {len(cells)} cells, the header {len(header)}",
            source=source,
            line=line,
            advice="Quote cells that hold a comma.",
        )
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
