"""The page of a decision: what it must hold, and that its numbers add up."""

from __future__ import annotations

import re
from datetime import date

from amur.model import (
    Action,
    Address,
    Agent,
    Basis,
    Contribution,
    Decision,
    DecisionKey,
    Effect,
    Money,
    Party,
    Payment,
    PriorPayment,
    Reason,
    Role,
    Source,
    Text,
    TextKind,
    TokenPair,
    Verdict,
)
from amur.reports import explain

REASON = Reason(
    "NAME_HIT",
    "US",
    Basis.SECONDARY_RISK,
    Effect.REVIEW,
    "Creditor name 'A B' matches 'A C'.",
    path="CdtTrfTxInf/Cdtr/Nm",
    value="A B",
    list_id="us-ofac-sdn",
    record_id="17016",
    entity_name="A C",
    matched_name="A C",
    score=940,
    milli=2750,
    contributions=(
        Contribution("name", 3000, "the names agree"),
        Contribution("country", -250, "another country"),
    ),
    alignment=(TokenPair("a", "a", "equal", 3500), TokenPair("", "c", "missing", -500)),
    sources=(Source("us-ofac-sdn", "sdn.csv", "ab" * 32, "17016", "SDN_Name", date(2024, 5, 14)),),
    nexus="No tie to the United States was found.",
)
NOTE = Reason("NOT_ASSESSED", "", Basis.CANNOT_ASSESS, Effect.INFO, "Goods were not assessed.")
DECISION = Decision(
    "4f" * 32,
    DecisionKey("subj", "snap", "pol", "amur 1", "2024-05-16", "2024-05-16T23:59:59Z", "ctx"),
    Verdict.REVIEW,
    Action.HOLD,
    (REASON, NOTE),
    (PriorPayment("same_identification", "s", "dd"),),
)
PAYMENT = Payment(
    "pacs.008.001.08",
    "MSG-1",
    1,
    amount=Money(123450, "CNY"),
    value_date=date(2024, 5, 16),
    parties=(
        Party(
            Role.CREDITOR,
            "A B",
            "CdtTrfTxInf/Cdtr/Nm",
            address=Address(("1 Quay",), "Harbin", country="CN"),
        ),
    ),
    agents=(Agent(Role.CREDITOR_AGENT, "CdtTrfTxInf/CdtrAgt", "OTHRCNBJ"),),
    texts=(Text(TextKind.REMITTANCE, ("line one", "line two"), "RmtInf/Ustrd"),),
)


def test_the_page_holds_what_an_officer_needs() -> None:
    page = explain(DECISION, PAYMENT, facts=[("arrived in", "in.xml")])
    for words in (
        "DECISION " + "4f" * 32,
        "REVIEW, proposed action HOLD",
        "2024-05-16",
        "snap",
        "pol",
        "arrived in   in.xml",
        "MSG-1",
        "transaction 2",
        "CNY 1,234.50",
        "1 Quay, Harbin, CN",
        "OTHRCNBJ",
        "line one / line two",
        "1. NAME_HIT  ->  REVIEW   [US secondary risk]",
        "CdtTrfTxInf/Cdtr/Nm: A B",
        "No tie to the United States",
        "us-ofac-sdn 17016: A C",
        "sdn.csv, record 17016, SDN_Name, published 2024-05-14, sha256 abababababab",
        "NOT_ASSESSED: Goods were not assessed.",
        "same_identification: decision dd",
    ):
        assert words in page, words


def test_the_addends_are_shown_and_add_up() -> None:
    page = explain(DECISION)
    addends, tokens = page.split("tokens of the name")
    numbers = [float(found) for found in re.findall(r"^ +([+-]\d+\.\d{3}) ", addends, re.M)]
    assert numbers == [3.0, -0.25, 2.75]
    assert sum(numbers[:-1]) == numbers[-1]
    shown = [float(found) for found in re.findall(r"^ +([+-]\d+\.\d{3}) ", tokens, re.M)]
    assert sum(shown) == 3.0
    assert "- | c" in re.sub(r" +", " ", tokens)


def test_a_clear_decision_says_so() -> None:
    page = explain(Decision("ab" * 32, DECISION.key, Verdict.CLEAR, Action.RELEASE, (NOTE,)))
    assert "Nothing stands against release." in page
    assert "REASONS (0)" in page


def test_the_page_is_plain_text() -> None:
    nasty = Payment("MT103", "M\x1b[2J", 0)
    page = explain(DECISION, nasty)
    assert "\x1b" not in page
    assert page == explain(DECISION, nasty)
