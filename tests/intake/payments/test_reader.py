"""Hostile and broken input: always an item, never an exception; deterministic."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.intake.payments import read_payments
from amur.limits import PAYMENT_FILE_BYTES_MAX
from amur.model import Message, Unscreened, UnsupportedMessage
from tests.intake.payments.samples import HEADER, MT103, document

_LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a '1'>"
    + "".join(f"<!ENTITY b{n} '{'&a;' * 10}'>" for n in range(10))
    + "]>"
)

_HOSTILE = {
    "external entity": (
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "MalformedError",
    ),
    "billion laughs": (f"{_LAUGHS}{document()}".encode(), "MalformedError"),
    "nesting": (b"<a>" * 1_000_000, "LimitError"),
    "100 MB": (b"<a>" + b" " * 100_000_000, "LimitError"),
    "wrong encoding": (b'<?xml version="1.0" encoding="UTF-8"?><a>\xff\xfe</a>', "MalformedError"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "MalformedError"),
    "cut off": (document().encode()[:-30], "MalformedError"),
    "cut off UTF-16": (b"\xff\xfe<\x00a\x00>", "MalformedError"),
    "stray text": (document().encode() + b"hello", "MalformedError"),
    "document type inside siblings": (
        f"{HEADER}<!DOCTYPE a [<!ENTITY x 'y'>]>{document()}".encode(),
        "MalformedError",
    ),
    "empty": (b"", "MalformedError"),
    "blank": (b" \r\n", "MalformedError"),
    "JSON": (b'{"a": 1}', "MalformedError"),
    "no document": (b"<a><b/></a>", "MalformedError"),
    "nothing but separators": (b"$\x01\x03{1:F01", "MalformedError"),
}


@pytest.mark.parametrize(("data", "error"), _HOSTILE.values(), ids=_HOSTILE.keys())
def test_hostile_input_is_held_fast_and_in_little_memory(data: bytes, error: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    items = list(read_payments(data, source="a"))
    spent = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.error for item in items if isinstance(item, Unscreened)] == [error]
    assert len(items) == 1
    assert spent < 1
    assert peak < 20_000_000


def test_the_size_cap_has_a_twin() -> None:
    assert PAYMENT_FILE_BYTES_MAX < 100_000_000
    padded = document().encode() + b" " * 1_000_000
    assert [type(item) for item in read_payments(padded, source="a")] == [Message]


@pytest.mark.parametrize("unit", [b"{1:", b"{4:x{1:F", b"{1:}{4:x", b"-}", b"{1:}{4::20:x-}"])
def test_many_broken_fin_messages_cost_linear_time(unit: bytes) -> None:
    def measure(count: int) -> float:
        started = time.process_time()
        for _ in read_payments(b"{1:F01" + unit * count, source="a"):
            pass
        return time.process_time() - started

    measure(100)
    assert measure(40_000) < 40 * max(measure(4_000), 0.005)


def _mutate(base: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    data = bytearray(base)
    for position, length, new in edits:
        start = position % (len(data) + 1)
        data[start : start + length] = new
    return bytes(data)


_EDITS = st.lists(
    st.tuples(
        st.integers(0, 5_000),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(
                [
                    b"<Nm>",
                    b"</Nm>",
                    b"<",
                    b"&",
                    b"]]>",
                    b"<![CDATA[",
                    b"\n:59:",
                    b"-}",
                    b"{4:",
                    b"{1:F01",
                    b"\n",
                    b"/",
                    b"\x00",
                    b"<!DOCTYPE a>",
                    b"<?xml version='1.0'?>",
                    b"</Document>",
                    b":50F:",
                    b"4/19700101",
                    b"{4:}",
                    b"{4:",
                    b"{2:I103",
                    b"{3:",
                ]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=500, deadline=None)
@given(base=st.sampled_from([document(), HEADER + document(), MT103, MT103 + MT103]), edits=_EDITS)
def test_mutations_never_raise_and_are_deterministic(
    base: str, edits: list[tuple[int, int, bytes]]
) -> None:
    data = _mutate(base.encode(), edits)
    items = list(read_payments(data, source="a"))
    assert items
    assert all(isinstance(item, Message | Unscreened | UnsupportedMessage) for item in items)
    assert items == list(read_payments(data, source="a"))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_yield_an_item(data: bytes) -> None:
    assert list(read_payments(data, source="a"))


@given(name=st.text(st.characters(codec="ascii", categories=["Lu", "Nd"]), min_size=4, max_size=30))
def test_problems_hold_no_personal_data(name: str) -> None:
    text = MT103.replace("AMBER REED LTD", name).replace("2450,50", "2450.50")
    item = next(iter(read_payments(text.encode(), source="s")))
    assert isinstance(item, Unscreened)
    assert name == "EUR" or name not in item.problem
