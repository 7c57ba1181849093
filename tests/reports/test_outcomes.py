"""Outcomes as rows: nothing is lost, the main reason is the strongest, cells are harmless."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace

from rich.console import Console

from amur.model import (
    Action,
    Basis,
    Decision,
    DecisionKey,
    Effect,
    Money,
    Payment,
    Reason,
    Unscreened,
    UnsupportedMessage,
    Verdict,
    decode,
)
from amur.reports import (
    CSV_COLUMNS,
    OutcomeTable,
    find_main_reason,
    make_console,
    make_csv_row,
    make_json_line,
    quote_cell,
)
from amur.reports.outcomes import ROWS_MAX, describe_main_reason, list_codes

KEY = DecisionKey("s", "n", "p", "e", "2024-05-16", "2024-05-16T23:59:59Z", "c")


PAYMENT = Payment("pacs.008.001.08", "M1", 0, amount=Money(123450, "CNY"))


@dataclass(frozen=True)
class Row:
    decision: Decision
    source: str = "dir/in.xml"
    message_sha256: str = "ab"
    payment: Payment = PAYMENT
    reused: bool = False


def reason(code: str, effect: Effect, text: str = "") -> Reason:
    return Reason(
        code,
        "US",
        Basis.PROHIBITION,
        effect,
        text or f"About {code}.",
        list_id="l",
        record_id="17",
        entity_name="Listed",
        score=987,
        milli=4000,
    )


def decide(*reasons: Reason, verdict: Verdict = Verdict.REVIEW) -> Decision:
    return Decision("0123456789abcdef", KEY, verdict, Action.HOLD, reasons)


BACKGROUND = reason("NOT_ASSESSED", Effect.INFO)
HIT = reason("NAME_HIT", Effect.REVIEW)
BROKEN = Unscreened("b.xml", "00", "not XML", 3, "Document", "MalformedError", "")
FOREIGN = UnsupportedMessage("z.zip!c.xml", "11", "camt.053.001.08")


def draw(table: OutcomeTable) -> str:
    out = io.StringIO()
    make_console(out).print(table.make())
    return out.getvalue()


def test_the_main_reason_is_the_strongest_and_the_rest_is_counted() -> None:
    decision = decide(HIT, reason("COUNTRY_HIT", Effect.REVIEW), BACKGROUND)
    assert find_main_reason(decision) is HIT
    assert describe_main_reason(decision) == "About NAME_HIT. (+1 more)"
    assert list_codes(decision) == "COUNTRY_HIT;NAME_HIT"


def test_a_clear_payment_shows_a_near_miss_but_no_background() -> None:
    near = reason("NOT_IN_FORCE", Effect.INFO)
    assert find_main_reason(decide(BACKGROUND, near, verdict=Verdict.CLEAR)) is near
    assert find_main_reason(decide(BACKGROUND, verdict=Verdict.CLEAR)) is None
    assert describe_main_reason(decide(BACKGROUND)) == "Nothing stands against release."


def test_csv_has_every_column_for_every_kind_of_row() -> None:
    for row in (Row(decide(HIT)), BROKEN, FOREIGN):
        assert len(make_csv_row(row)) == len(CSV_COLUMNS)
    cells = dict(zip(CSV_COLUMNS, make_csv_row(Row(decide(HIT))), strict=True))
    assert (cells["amount"], cells["currency"]) == ("1234.50", "CNY")
    assert (cells["verdict"], cells["codes"], cells["score"]) == ("REVIEW", "NAME_HIT", "987")
    held = dict(zip(CSV_COLUMNS, make_csv_row(BROKEN), strict=True))
    assert (held["verdict"], held["reason"]) == ("UNSCREENED", "not XML")
    assert dict(zip(CSV_COLUMNS, make_csv_row(FOREIGN), strict=True))["verdict"] == "UNSUPPORTED"


def test_amounts_of_currencies_without_minor_units() -> None:
    payment = Payment("MT103", "M1", 0, amount=Money(2450, "JPY", 0))
    cells = dict(zip(CSV_COLUMNS, make_csv_row(Row(decide(), payment=payment)), strict=True))
    assert cells["amount"] == "2450"


def test_a_cell_is_no_formula() -> None:
    row = make_csv_row(Row(decide(replace(HIT, text="=HYPERLINK(1)"))))
    assert "'=HYPERLINK(1)" in row
    assert quote_cell("plain") == "plain"


def test_json_lines_are_exact() -> None:
    decision = decide(replace(HIT, text="=1"))
    line = json.loads(make_json_line(Row(decision, reused=True)))
    assert (line["kind"], line["reused"]) == ("decision", True)
    assert decode(Decision, json.dumps(line["decision"]).encode()) == decision
    assert json.loads(make_json_line(BROKEN))["unscreened"]["line"] == 3
    assert json.loads(make_json_line(FOREIGN))["unsupported"]["source"] == "z.zip!c.xml"


def test_a_table_shows_first_what_must_be_looked_at() -> None:
    table = OutcomeTable()
    table.add(Row(decide(BACKGROUND, verdict=Verdict.CLEAR), source="clear.xml"))
    table.add(Row(decide(HIT), source="hit.xml"))
    table.add(BROKEN)
    table.add(FOREIGN)
    text = draw(table)
    assert text.index("hit.xml") < text.index("b.xml") < text.index("clear.xml")
    for word in ("UNSCREENED", "UNSUPPORTED", "z.zip!c.xml", "line 3", "CNY 1,234.50", "01234567"):
        assert word in text


def test_a_table_says_how_many_rows_it_left_out() -> None:
    table = OutcomeTable()
    for number in range(ROWS_MAX):
        table.add(Row(decide(BACKGROUND, verdict=Verdict.CLEAR), source=f"c{number}.xml"))
    for number in range(3):
        table.add(Row(decide(HIT), source=f"hit{number}.xml"))
    text = draw(table)
    assert table.left_out == 3
    assert all(f"hit{number}.xml" in text for number in range(3))


def test_names_cannot_write_to_the_terminal() -> None:
    table = OutcomeTable()
    table.add(Row(decide(replace(HIT, text="\x1b[2Jgone [bold]x[/bold]"))))
    text = draw(table)
    assert "\x1b" not in text
    assert "[bold]x[/bold]" in text
    assert isinstance(make_console(io.StringIO()), Console)
