"""What the store takes and gives back: arrivals, stored decisions, runs, counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from amur.model import Decision, Payment, Verdict


class Mode(StrEnum):
    """LIVE: decided with what was known at that time. LOOKBACK: for times that somebody chose."""

    LIVE = "live"
    LOOKBACK = "lookback"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all decisions of a batch share: a decision's key without subject and context.

    Attributes:
        snapshot_id: the evidence.
        policy_sha256: the policy.
        engine: version of the screening code and the compiled engine.
        law_at: what was in force, as in the key.
        known_at: what had been learnt, as in the key.
    """

    snapshot_id: str
    policy_sha256: str
    engine: str
    law_at: str
    known_at: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One payment as it came in, with the decision on it.

    Attributes:
        source: file that carried it (`zip!member`, `-`).
        message_sha256: hash of the message's bytes.
        payment: the subject.
        decision: new, or one that `find_decided` gave back.
    """

    source: str
    message_sha256: str
    payment: Payment
    decision: Decision


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision with what the store knows of it.

    Attributes:
        seq: 1, 2, 3 ... in the order of storing, without gaps.
        decision: the decision.
        payment: the subject.
        mode: live or lookback.
        decided_at: UTC instant of storing.
        source: file that first carried the payment.
        message_sha256: hash of that message's bytes.
    """

    seq: int
    decision: Decision
    payment: Payment
    mode: Mode
    decided_at: datetime
    source: str
    message_sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One arrival of a payment: the same payment may come in many files and runs.

    Attributes:
        source: file that carried it.
        message_sha256: hash of the message's bytes.
        run_id: the run that read it.
        received_at: UTC instant.
    """

    source: str
    message_sha256: str
    run_id: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """A subject that the store holds under some identification.

    Attributes:
        subject_sha256: its hash.
        decision_id: the first decision on it.
        seq: place of that decision.
    """

    subject_sha256: str
    decision_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much the store holds.

    Attributes:
        decisions: number of decisions.
        verdicts: decisions by verdict; every verdict is there, be it with 0.
        receipts: arrivals of decided payments.
        unscreened: messages that could not be read, counted at each arrival.
        unsupported: messages of types without a reader, counted at each arrival.
        runs: runs begun.
        runs_unfinished: runs that did not end: still going, or killed.
    """

    decisions: int
    verdicts: dict[Verdict, int] = field(default_factory=dict)
    receipts: int = 0
    unscreened: int = 0
    unsupported: int = 0
    runs: int = 0
    runs_unfinished: int = 0
