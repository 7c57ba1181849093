"""The four tables of OFAC's delimited SDN list, read line by line.

Each record is one line; a quotation mark that does not close on its line is an error of that
line, so one broken line costs one record and line numbers stay exact.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from amur import limits
from amur.errors import LimitError, MalformedError
from amur.intake.lists.files import ListStream
from amur.model import ListFile, RejectedRecord

_MARK = b"\x1a"
_NULLS = frozenset({"-0-", "-0"})  # "-0": a copy that lost its last bytes cuts the last null so
_NUMBER = re.compile(r"[0-9]{1,10}")
_LEADING_NUMBER = re.compile(rb'"?([0-9]{1,10})"?,')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HEADERS = frozenset({"entnum", "id", "uid", "sdnid", "entityid", "recordid", "number"})


@dataclass(frozen=True, slots=True)
class TableFormat:
    """One of the tables.

    Attributes:
        name: the publisher's file name.
        names: file names it goes by, that of the publisher first.
        columns: in order; the first is always `ent_num`.
        mandatory: whether a set without it is refused.
        verbatim: column whose blanks at either end count, because a text goes on from
            sdn.csv to sdn_comments.csv in the middle; None where there is none.
    """

    name: str
    names: tuple[str, ...]
    columns: tuple[str, ...]
    mandatory: bool = True
    verbatim: int | None = None


SDN = TableFormat(
    "sdn.csv",
    ("sdn.csv",),
    (
        "ent_num",
        "SDN_Name",
        "SDN_Type",
        "Program",
        "Title",
        "Call_Sign",
        "Vess_type",
        "Tonnage",
        "GRT",
        "Vess_flag",
        "Vess_owner",
        "Remarks",
    ),
    verbatim=11,
)
ADD = TableFormat(
    "add.csv",
    ("add.csv", "sdn_address.csv"),
    ("ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"),
)
ALT = TableFormat(
    "alt.csv",
    ("alt.csv", "sdn_alt.csv"),
    ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
)
COMMENTS = TableFormat(
    "sdn_comments.csv",
    ("sdn_comments.csv",),
    ("ent_num", "remarks_extended"),
    mandatory=False,
    verbatim=1,
)
TABLES = (SDN, ADD, ALT, COMMENTS)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its line, its `ent_num`, and its trimmed cells (null is an empty string)."""

    line: int
    ent_num: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """One table as read.

    Attributes:
        form: which table.
        source: the path as errors name it.
        rows: records that could be read.
        rejected: records that could not.
        file: name, hash, size and record count; set when the file is read to its end.
        marked: whether it ends with the end-of-file mark 0x1A of native files.
    """

    form: TableFormat
    source: str
    rows: list[Row] = field(default_factory=list)
    rejected: list[RejectedRecord] = field(default_factory=list)
    file: ListFile = field(default_factory=lambda: ListFile("", "", 0, 0))
    marked: bool = False

    def reject(self, line: int, ent_num: str, column: str, problem: str) -> None:
        """Record that a line could not be read."""
        self.rejected.append(RejectedRecord(self.form.name, line, ent_num, column, problem))

    def drop(self, row: Row, column: str, problem: str) -> None:
        """Reject a record that was read before it was found wrong."""
        self.reject(row.line, row.ent_num, column, problem)

    def ent_nums(self) -> set[str]:
        """Return the parties that any record names, rejected ones included."""
        return {row.ent_num for row in self.rows} | {
            each.record_id for each in self.rejected if each.record_id
        }

    def unreadable(self) -> int:
        """Return the number of rejected records whose party could not be told."""
        return sum(not each.record_id for each in self.rejected)


def read_table(path: Path, form: TableFormat) -> Table:
    """Return one table.

    Accepts what third parties do to copies: gzip, a header row, a byte-order mark, LF line ends,
    empty rows, no 0x1A at the end, empty cells in place of `-0-`. Text is UTF-8 (the publisher
    writes ASCII).

    *Cost*: linear; the rows stay in memory.

    Raises:
        MalformedError: empty, of another kind or encoding, or without one readable record.
        LimitError: a cap of `amur.limits`.
        InputError: it cannot be read.
    """
    table = Table(form, str(path))
    with ListStream(path) as stream:
        for number, line in stream.lines():
            _read_line(table, number, line)
            if len(table.rows) + len(table.rejected) > limits.LIST_RECORDS_MAX:
                raise LimitError(
                    "too many records",
                    limit=limits.LIST_RECORDS_MAX,
                    got=len(table.rows) + len(table.rejected),
                    unit="records",
                    source=table.source,
                    line=number,
                )
        table.file = ListFile(
            form.name, stream.sha256(), stream.size_bytes, len(table.rows) + len(table.rejected)
        )
    if table.file.size_bytes == 0:
        raise MalformedError("the file is empty", source=table.source, advice="Fetch it again.")
    if table.rejected and not table.rows:
        first = table.rejected[0]
        raise MalformedError(
            f"no record is in the format of {form.name}; the first one {first.problem}",
            source=table.source,
            line=first.line,
            field=first.field,
            advice="Check that it is this file in the publisher's delimited format.",
        )
    return table


def _read_line(table: Table, number: int, line: bytes) -> None:
    if number == 1:
        if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in line:
            raise MalformedError(
                "the file is not ASCII or UTF-8 text",
                source=table.source,
                line=1,
                advice="Save it as UTF-8, or fetch it from the publisher again.",
            )
        line = line.removeprefix(b"\xef\xbb\xbf")
    line = line.rstrip(b"\r")
    if table.marked and line.strip(b', "\t\x1a'):
        table.reject(number, "", "", "stands after the end-of-file mark 0x1A")
        return
    if _MARK in line:
        head, _, tail = line.partition(_MARK)
        if not tail.strip(b', "\t\x1a'):
            table.marked = True
            line = head
    if not line.strip(b', "\t'):
        return
    cells = _split_line(table, number, line)
    if cells is None:
        return
    ent_num = cells[0]
    if _NUMBER.fullmatch(ent_num) is None:
        if _is_header(ent_num) and not table.rows and not table.rejected:
            return
        table.reject(number, "", "ent_num", "is not a whole number")
        return
    table.rows.append(Row(number, ent_num, cells))


def _split_line(table: Table, number: int, line: bytes) -> tuple[str, ...] | None:
    """The trimmed cells of a line, or None where the line was rejected."""
    leading = _LEADING_NUMBER.match(line)
    ent_num = leading[1].decode() if leading else ""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        table.reject(
            number, ent_num, "", f"byte 0x{line[error.start]:02X} at {error.start + 1} is not UTF-8"
        )
        return None
    control = _CONTROL.search(text)
    if control is not None:
        table.reject(number, ent_num, "", f"holds the control character 0x{ord(control[0]):02X}")
        return None
    try:
        cells = next(csv.reader((text,), strict=True))
    except csv.Error as error:
        table.reject(number, ent_num, "", f"is not comma-separated text ({error})")
        return None
    columns = table.form.columns
    if len(cells) != len(columns):
        table.reject(number, ent_num, "", f"has {len(cells)} columns where {len(columns)} belong")
        return None
    trimmed = tuple("" if cell in _NULLS else cell for cell in map(str.strip, cells))
    verbatim = table.form.verbatim
    if verbatim is not None and trimmed[verbatim]:
        trimmed = (*trimmed[:verbatim], cells[verbatim], *trimmed[verbatim + 1 :])
    for column, cell in zip(columns, trimmed, strict=True):
        if len(cell) > limits.CSV_FIELD_CHARS_MAX:
            table.reject(
                number,
                ent_num,
                column,
                f"has {len(cell)} characters, limit {limits.CSV_FIELD_CHARS_MAX}",
            )
            return None
    return trimmed


def _is_header(cell: str) -> bool:
    return "".join(filter(str.isalnum, cell)).casefold() in _HEADERS
