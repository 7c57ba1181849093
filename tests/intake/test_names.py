"""CSV of names and of pairs: every row is a question or a rejected row with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amur.errors import InputError, LimitError, MalformedError
from amur.intake import names
from amur.intake.names import NameRow, read_names, read_pairs
from amur.model import RejectedRecord


def write(tmp_path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode(encoding))
    return path


def one(tmp_path: Path, text: str) -> NameRow:
    (row,) = read_names(write(tmp_path, text))
    assert isinstance(row, NameRow)
    return row


def test_every_column(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        "id,name,schema,birth_date,country,identifier\n"
        "c1, Ivan Petrov ,Person,1970-05,ru;CY,passport:4501 123;BIC:ABCDRUMM\n",
    )
    assert (row.id, row.line) == ("c1", 2)
    assert (row.subject.name, row.subject.schema) == ("Ivan Petrov", "person")
    assert row.subject.births == ((date(1970, 5, 1), date(1970, 5, 31)),)
    assert row.subject.countries == ("RU", "CY")
    assert row.subject.identifiers == (("passport", "4501 123"), ("bic", "ABCDRUMM"))


def test_the_name_alone_is_enough(tmp_path: Path) -> None:
    row = one(tmp_path, "name\nАО «Заря»\n")
    assert row.subject.name == "АО «Заря»"
    assert (row.subject.schema, row.subject.births, row.id) == ("unknown", (), "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1970", date(1970, 1, 1), date(1970, 12, 31)),
        ("1972-02", date(1972, 2, 1), date(1972, 2, 29)),
        ("1970-12", date(1970, 12, 1), date(1970, 12, 31)),
        ("1970-05-16", date(1970, 5, 16), date(1970, 5, 16)),
    ],
)
def test_dates_may_be_parts(tmp_path: Path, text: str, first: date, last: date) -> None:
    assert one(tmp_path, f"name,birth_date\nX,{text}\n").subject.births == ((first, last),)


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ("9000003", {"passport", "national_id", "tax", "registration", "imo"}),
        ("IMO 9000003", {"passport", "national_id", "tax", "registration", "imo"}),
        ("ABCDRUMM", {"passport", "national_id", "tax", "registration", "bic"}),
        ("5493001KJTIIGC8Y1R12", {"passport", "national_id", "tax", "registration", "lei"}),
        ("77-1", {"passport", "national_id", "tax", "registration"}),
    ],
)
def test_an_identifier_without_kind_is_every_kind_it_may_be(
    tmp_path: Path, value: str, kinds: set[str]
) -> None:
    row = one(tmp_path, f"name,identifier\nX,{value}\n")
    assert {kind for kind, _ in row.subject.identifiers} == kinds


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("X,robot,,,", "schema"),
        ("X,,1970-13,,", "birth_date"),
        ("X,,16.5.1970,,", "birth_date"),
        ("X,,,RUS,", "country"),
        (",,,RU,", "name"),
        ("X,,,", ""),
        ("X,,1970-02-30,,", "birth_date"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_line(
    tmp_path: Path, cells: str, field: str
) -> None:
    path = write(
        tmp_path,
        f"name,schema,birth_date,country,identifier\nGood One,,,,\n{cells}\nGood Two,,,,\n",
    )
    first, bad, last = read_names(path)
    assert isinstance(bad, RejectedRecord)
    assert (bad.file, bad.line, bad.field) == ("in.csv", 3, field)
    assert "Good" not in bad.problem
    assert isinstance(first, NameRow)
    assert isinstance(last, NameRow)
    assert last.line == 4


def test_lines_stay_true_over_quoted_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    rows = list(read_names(write(tmp_path, 'name\n"A\nB"\n\nC\n"D\n\nE"\nF\n')))
    assert [row.line for row in rows] == [2, 5, 6, 9]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_byte_order_mark(tmp_path: Path, separator: str) -> None:
    text = separator.join(("name", "country", "id")) + "\r\n" + separator.join(("X", "RU", "7"))
    (row,) = read_names(write(tmp_path, text, encoding="utf-8-sig"))
    assert isinstance(row, NameRow)
    assert (row.subject.name, row.subject.countries, row.id) == ("X", ("RU",), "7")


@pytest.mark.parametrize(
    ("text", "error", "field"),
    [
        ("", MalformedError, "name"),
        ("nom\nX\n", MalformedError, "name"),
        ("name,name\nX,Y\n", MalformedError, "name"),
        ('name\n"X\n', MalformedError, ""),
    ],
)
def test_a_file_that_is_no_csv_of_names_is_an_error(
    tmp_path: Path, text: str, error: type[InputError], field: str
) -> None:
    with pytest.raises(error) as caught:
        list(read_names(write(tmp_path, text)))
    assert caught.value.field == field
    assert caught.value.source == "in.csv"


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="UTF-8"):
        list(read_names(write(tmp_path, "name\nМир\n", encoding="cp1251")))


def test_a_missing_file_and_one_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_names(tmp_path / "none.csv"))
    monkeypatch.setattr(names, "NAMES_FILE_BYTES_MAX", 5)
    with pytest.raises(LimitError, match="too large"):
        list(read_names(write(tmp_path, "name\nX\n")))


def test_pairs_keep_every_row(tmp_path: Path) -> None:
    path = write(
        tmp_path, "schema,name1,name2,note\nperson,A,B, kept \nrobot,A,B,\nperson,A\nvessel,,B,\n"
    )
    good, odd, short, empty = read_pairs(path)
    assert (good.schema, good.name1, good.name2, good.problem) == ("person", "A", "B", "")
    assert good.cells == ("person", "A", "B", " kept ")
    assert "schema" in odd.problem
    assert odd.cells == ("robot", "A", "B", "")
    assert "2 cells" in short.problem
    assert "empty" in empty.problem
    assert [row.line for row in (good, odd, short, empty)] == [2, 3, 4, 5]
