"""Safe XML: what it reads, and that hostile documents cost little and end in a named error."""

from __future__ import annotations

import contextlib
import encodings.aliases
import io
import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur import limits
from amur.errors import AmurError, LimitError, MalformedError
from amur.intake.xml import Element, Records, read_tree

RECORD = frozenset({"r"})


def read_all(data: bytes) -> list[Element]:
    return list(Records(io.BytesIO(data), source="x.xml", tags=RECORD))


def tree(data: bytes) -> Element:
    return read_tree(data, source="x.xml")


READERS: list[Callable[[bytes], object]] = [read_all, tree]
both = pytest.mark.parametrize("read", READERS, ids=["records", "tree"])


def test_tree() -> None:
    root = tree(
        b'<?xml version="1.0"?>\n<n:a xmlns:n="urn:x" n:k="v">\n <n:b> one </n:b>\n<b>two</b></n:a>'
    )
    assert (root.tag, root.namespace, root.line, root.attributes) == ("a", "urn:x", 2, {"k": "v"})
    assert root.value("b") == "one"
    assert [(each.text, each.line) for each in root.all("b")] == [(" one ", 3), ("two", 4)]
    assert root.find("b/c") is None
    assert root.value("c") == ""


def test_records_are_detached_and_the_root_is_known() -> None:
    records = Records(
        io.BytesIO(b'<a k="v"><s><r>1</r><r><r>in</r>2</r></s><t/></a>'),
        source="x.xml",
        tags=RECORD,
    )
    assert records.root is None
    seen = [(each.text, len(each.children)) for each in records]
    assert seen == [("1", 0), ("in", 0), ("2", 0)]
    assert records.root is not None
    assert records.root.attributes == {"k": "v"}
    assert [(each.tag, len(each.children)) for each in records.root.children] == [
        ("s", 0),
        ("t", 0),
    ]


def test_indentation_costs_nothing_but_text_is_kept() -> None:
    indent = b"\n" + b" " * 50
    data = b"<a>" + (indent + b"<r>x</r>") * 20_000 + indent + b"</a>"
    assert len(data) > 5 * limits.XML_TEXT_BYTES_MAX
    root = tree(data)
    assert len(root.children) == 20_000
    assert root.text == ""
    assert len(read_all(data)) == 20_000
    assert tree(b"<a>one <b/> two</a>").text == "one  two"
    assert tree(b"<a>  </a>").text == "  "


@both
@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "DOCTYPE"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "DOCTYPE"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]><a/>', "DOCTYPE"),
        (
            b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
            b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>',
            "DOCTYPE",
        ),
        (b"<a>&undefined;</a>", "undefined entity"),
        (b"<a>\x19</a>", "byte 0x19"),
        (b"<a>\x00</a>", "byte 0x00"),
        (b"\x00" * 100, "not well-formed"),
        (b"<a>\xff</a>", "byte 0xFF"),
        (b"<a>&#0;</a>", "invalid character number"),
        (b"<a><b></a>", "mismatched tag, column"),
        (b"<a/><b/>", "junk after document element"),
        (b"", "no element found"),
        (b"   \n", "no element found"),
        (b"<a>", "no element found"),
        (b'<a k="1" k="2"/>', "duplicate attribute"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "encoding"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding"),
        (b"not xml", "not well-formed"),
    ],
)
def test_refused(read: Callable[[bytes], object], data: bytes, match: str) -> None:
    with pytest.raises(MalformedError, match=match) as caught:
        read(data)
    assert caught.value.source == "x.xml"


def test_error_names_line_and_element() -> None:
    with pytest.raises(MalformedError, match="byte 0x19") as caught:
        tree(b"<a>\n<b>x\x19</b></a>")
    assert (caught.value.line, caught.value.field) == (2, "b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1251"])
def test_encodings_that_read(encoding: str) -> None:
    letter = "ж" if encoding != "iso-8859-1" else "é"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    data = f'<?xml version="1.0" encoding="{declared}"?><a>{letter}</a>'.encode(encoding)
    assert tree(data).text == letter


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            *encodings.aliases.aliases.values(),
            "idna",
            "punycode",
            "undefined",
            "unicode_escape",
            "raw_unicode_escape",
            "rot13",
            "hex",
            "zlib",
            "palmos",
            "x" * 10_000,
        }
    ),
)
def test_every_declared_encoding_reads_or_is_refused(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name.replace("_", "-")}"?><a>x</a>'.encode()
    with contextlib.suppress(MalformedError):
        assert tree(data).tag == "a"


def spend(read: Callable[[bytes], object], data: bytes, match: str) -> None:
    """Check that a hostile document ends in a limit error, soon and in little memory."""
    started = time.perf_counter()
    with pytest.raises(LimitError, match=match):
        read(data)
    # Each takes well under a second; the bound leaves room for a busy machine and still fails
    # for anything that grows with the square of the input.
    assert time.perf_counter() - started < 3
    tracemalloc.start()
    try:
        with pytest.raises(LimitError, match=match):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


@both
def test_deep_nesting(read: Callable[[bytes], object]) -> None:
    spend(read, b"<a>" * 1_000_000, "nested too deep")
    tree(b"<a>" * limits.XML_DEPTH_MAX + b"</a>" * limits.XML_DEPTH_MAX)


@both
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (b"<a>", b"x"),
        (b"<a><![CDATA[", b"x"),
        (b"<a>", b"x<b/>"),
        (b"<a>", b" x <b/> "),
        (b"<a>", b"&amp;"),
        (b"<a>", b" "),
    ],
)
def test_endless_text(read: Callable[[bytes], object], head: bytes, unit: bytes) -> None:
    data = head + unit * (100_000_000 // len(unit) if unit == b"x" else 3_000_000)
    spend(read, data, "text of one element too long|too many elements")


@both
@pytest.mark.parametrize("head", [b'<a k="', b"<a><!--", b"<a><", b"<a><?pi ", b"<a k", b"<!--"])
def test_endless_markup(read: Callable[[bytes], object], head: bytes) -> None:
    spend(read, head + b"x" * 50_000_000, "one tag, comment or processing instruction too long")


def test_endless_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XML_ELEMENTS_MAX", 5_000)
    monkeypatch.setattr(limits, "XML_RECORD_ELEMENTS_MAX", 1_000)
    spend(tree, b"<a>" + b"<b/>" * 6_000, "too many elements")
    spend(read_all, b"<a>" + b"<b/>" * 2_000, "too many elements")
    spend(read_all, b"<a><r>" + b"<b/>" * 2_000, "too many elements")
    # The cap is on one record, not on the list.
    assert len(read_all(b"<a>" + b"<r><b/></r>" * 2_000 + b"</a>")) == 2_000


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(
                [
                    b"<a>",
                    b"</a>",
                    b"<r>",
                    b"</r>",
                    b"<b k='1'/>",
                    b"&amp;",
                    b"<![CDATA[",
                    b"]]>",
                    b"<!--",
                    b"-->",
                    b"<!DOCTYPE a>",
                    b"<?p ?>",
                    b"text",
                ]
            ),
        ),
        max_size=12,
    )
)
def test_any_bytes_read_or_are_a_named_error(parts: list[bytes]) -> None:
    data = b"".join(parts)
    for read in READERS:
        with contextlib.suppress(AmurError):
            read(data)
