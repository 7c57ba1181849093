"""What Amur answers: a decision, which is the fold of its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amur.model.sources import Source


class Verdict(StrEnum):
    """CLEAR: nothing stands against release. REVIEW: a person must look. STOP: do not release."""

    CLEAR = "CLEAR"
    REVIEW = "REVIEW"
    STOP = "STOP"


class Action(StrEnum):
    """What the policy proposes. FREEZE and REJECT are proposals that a person confirms."""

    RELEASE = "RELEASE"
    HOLD = "HOLD"
    REJECT = "REJECT"
    FREEZE = "FREEZE"
    DECLINE = "DECLINE"


class Effect(StrEnum):
    """What one reason asks for. The verdict is the strongest effect; INFO asks for nothing."""

    INFO = "INFO"
    REVIEW = "REVIEW"
    STOP = "STOP"


class Basis(StrEnum):
    """On what a reason rests (design rule 1)."""

    PROHIBITION = "prohibition"
    TERRITORY = "territory"
    SECTORAL = "sectoral"
    SECONDARY_RISK = "secondary_risk"
    OWNERSHIP = "ownership"
    POLICY = "policy"
    CANNOT_ASSESS = "cannot_assess"


@dataclass(frozen=True, slots=True)
class TokenPair:
    """One row of an alignment: a token of the subject against a token of the listed name.

    Attributes:
        subject: token(s) of the subject as romanised; empty where a listed token is unmatched.
        listed: token(s) of the listed name; empty where a subject token is unmatched.
        relation: `equal`, `edit`, `initial`, `joined`, `split`, `missing` (in the subject) or
            `extra` (in the subject).
        milli: what it adds to the score, in thousandths of a natural log-odds unit.
    """

    subject: str
    listed: str
    relation: str
    milli: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """One addend of a score. The score is exactly the sum of its contributions.

    Attributes:
        feature: `name`, `birth_date`, `country`, `identifier`, `schema`, `prior`, ...
        milli: thousandths of a natural log-odds unit; negative speaks against.
        text: one sentence for a reader.
    """

    feature: str
    milli: int
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a decision.

    Attributes:
        code: member of `amur.policy.ReasonCode`, e.g. `NAME_HIT`.
        regime: whose law: `US`, `UN`, `EU`, `UK` ...; empty for institution policy.
        basis: on what it rests.
        effect: what it asks for.
        text: one sentence for a compliance officer.
        path: field of the subject, e.g. `CdtTrfTxInf/Cdtr/Nm`.
        value: what stood there (the touched words).
        list_id: list of the entry; empty where no entry is involved.
        record_id: publisher's id of the entry.
        entity_name: primary name of the entry.
        matched_name: the name of the entry that matched.
        score: shown score, thousandths of a probability (0-1000); None where nothing is scored.
        milli: log-odds sum behind `score`; None where nothing is scored.
        contributions: addends of `milli`.
        alignment: how the tokens met.
        sources: where the facts come from.
        nexus: why that law applies, or why it may not; empty where the question does not arise.
    """

    code: str
    regime: str
    basis: Basis
    effect: Effect
    text: str
    path: str = ""
    value: str = ""
    list_id: str = ""
    record_id: str = ""
    entity_name: str = ""
    matched_name: str = ""
    score: int | None = None
    milli: int | None = None
    contributions: tuple[Contribution, ...] = ()
    alignment: tuple[TokenPair, ...] = ()
    sources: tuple[Source, ...] = ()
    nexus: str = ""


@dataclass(frozen=True, slots=True)
class PriorPayment:
    """An earlier payment that `app` fetched as context (design rule 7).

    Attributes:
        relation: `same_identification`.
        subject_sha256: hash of the earlier subject.
        decision_id: the earlier decision.
    """

    relation: str
    subject_sha256: str
    decision_id: str


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """Everything a decision follows from (design rule 7), each part a hash or an exact value.

    Attributes:
        subject_sha256: hash of the canonical subject.
        snapshot_id: the evidence.
        policy_sha256: the policy.
        engine: version of the screening code and the compiled engine.
        law_at: what was in force.
        known_at: what had been learnt.
        context_sha256: hash of the canonical context; of `[]` where there is none.
    """

    subject_sha256: str
    snapshot_id: str
    policy_sha256: str
    engine: str
    law_at: str
    known_at: str
    context_sha256: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one subject: the fold of its reasons under a policy.

    Attributes:
        id: hash of `key`, lower-case hex.
        key: what it follows from.
        verdict: strongest effect of the reasons.
        action: what the policy proposes.
        reasons: strongest first, then in message order.
        context: what `app` fetched for it.
    """

    id: str
    key: DecisionKey
    verdict: Verdict
    action: Action
    reasons: tuple[Reason, ...]
    context: tuple[PriorPayment, ...] = ()
