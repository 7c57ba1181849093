from __future__ import annotations

import pytest

from amur import limits
from amur.errors import LimitError, MalformedError
from amur.evidence.tables import parse_table, read_packaged_tables


def test_rows_by_column_with_comments_and_blanks_left_out() -> None:
    content = b'# kept by hand\n\na,b\n# more\n 1 ,"x, y"\n\n2,\n'
    assert parse_table("t", content) == ({"a": "1", "b": "x, y"}, {"a": "2", "b": ""})


def test_header_alone_is_an_empty_table() -> None:
    assert parse_table("t", b"\xef\xbb\xbfa,b\n") == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"# nothing\n", "no header row"),
        (b"a,b\n# c\n1\n", "t.csv, line 3: the row has 1 cells, the header 2"),
        (b"a,a\n1,2\n", "stands twice"),
        (b"a,\n1,2\n", "column name is empty"),
        (b"a,b\n\xff,2\n", "not UTF-8"),
        (b'a,b\n"1,2\n', "t.csv, line 2"),
    ],
)
def test_a_table_that_cannot_be_read(content: bytes, message: str) -> None:
    with pytest.raises(MalformedError, match=message):
        parse_table("t", content)


def test_a_line_that_is_too_long() -> None:
    line = b"x" * (limits.CSV_FIELD_CHARS_MAX - 1) + b"\n"
    assert parse_table("t", b"a\n" + line)
    with pytest.raises(LimitError, match=r"t.csv, line 2"):
        parse_table("t", b"a\nx" + line)


def test_every_packaged_table_can_be_read() -> None:
    for name, content in read_packaged_tables().items():
        parse_table(name, content)
