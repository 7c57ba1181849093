"""Made-up payments and decisions for tests of the store: no screening involved."""

from __future__ import annotations

from amur.casework.store import Arrival, Surroundings
from amur.model import (
    Action,
    Basis,
    Decision,
    DecisionKey,
    Effect,
    Money,
    Party,
    Payment,
    PriorPayment,
    Reason,
    Role,
    Verdict,
    digest,
)

HERE = Surroundings(
    "snap-1", "policy-1", "amur test / engine test", "2024-05-16", "2024-05-16T23:59:59Z"
)


def make_payment(number: int, *, amount: int = 100, message: str | None = None) -> Payment:
    return Payment(
        message_type="pacs.008.001.08",
        message_id=message or f"M{number}",
        sequence=0,
        amount=Money(amount, "EUR"),
        parties=(Party(Role.CREDITOR, f"Made-up Trading {number}", "CdtTrfTxInf/Cdtr/Nm"),),
    )


def make_decision(
    payment: Payment,
    *,
    where: Surroundings = HERE,
    verdict: Verdict = Verdict.CLEAR,
    context: tuple[PriorPayment, ...] = (),
) -> Decision:
    key = DecisionKey(
        digest(payment),
        where.snapshot_id,
        where.policy_sha256,
        where.engine,
        where.law_at,
        where.known_at,
        digest(list(context)),
    )
    reason = Reason("NOT_ASSESSED", "", Basis.CANNOT_ASSESS, Effect.INFO, "Nothing was assessed.")
    action = Action.RELEASE if verdict is Verdict.CLEAR else Action.HOLD
    return Decision(digest(key), key, verdict, action, (reason,), context)


def make_arrival(
    payment: Payment, decision: Decision | None = None, *, source: str = "in.xml"
) -> Arrival:
    return Arrival(source, "ab" * 32, payment, decision or make_decision(payment))
