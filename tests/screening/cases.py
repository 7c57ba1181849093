"""A snapshot with one entity of each kind, and the questions that tests put to decisions."""

from __future__ import annotations

from datetime import date, datetime

from amur.model import (
    DateRange,
    Decision,
    IdentifierKind,
    LawTime,
    Payment,
    PriorPayment,
    Reason,
    Schema,
)
from amur.policy import Policy, parse_policy
from amur.screening import screen_payment
from tests.screening.fakes import (
    KNOWN_AT,
    LAW_AT,
    FakeSnapshot,
    make_entity,
)

POLICY = parse_policy()
BANK = make_entity("17016", "Example Petrol Bank", identifiers=[(IdentifierKind.BIC, "EXPBRUMM")])
BORN = DateRange(date(1960, 5, 1), date(1960, 5, 1), field="Remarks/DOB")
PERSON = make_entity(
    "9001",
    "Ivan Exampleov",
    schema=Schema.PERSON,
    weak=["The Sailor Man"],
    births=[BORN],
    identifiers=[(IdentifierKind.PASSPORT, "EX1234567")],
)
LONG_PERSON = make_entity("9004", "Ivan Petrovich Exampleov Senior", schema=Schema.PERSON)
VESSEL = make_entity(
    "9002",
    "Grey Heron Star Two",
    schema=Schema.VESSEL,
    identifiers=[(IdentifierKind.IMO, "9074729")],
)
ON_UN = make_entity(
    "6908555",
    "Example Mining Trust",
    list_id="un-sc",
    identifiers=[(IdentifierKind.CALL_SIGN, "XQZ9")],
)
SNAPSHOT = FakeSnapshot((BANK, PERSON, VESSEL, ON_UN, LONG_PERSON))


def decide(
    payment: Payment,
    *,
    snapshot: FakeSnapshot = SNAPSHOT,
    policy: Policy = POLICY,
    law_at: LawTime = LAW_AT,
    known_at: datetime = KNOWN_AT,
    context: tuple[PriorPayment, ...] = (),
) -> Decision:
    return screen_payment(
        payment, snapshot, policy, law_at=law_at, known_at=known_at, context=context
    )


def find_all(decision: Decision, code: str) -> list[Reason]:
    return [reason for reason in decision.reasons if reason.code == code]


def get_one(decision: Decision, code: str) -> Reason:
    found = find_all(decision, code)
    assert len(found) == 1, [reason.code for reason in decision.reasons]
    return found[0]
