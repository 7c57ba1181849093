"""Payments and parties -> decisions and reasons: the one path that production uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from amur.engine import ENGINE_VERSION, Match, Mention, Subject
from amur.errors import InputError
from amur.limits import HITS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX
from amur.model import Decision, DecisionKey, LawTime, Payment, PriorPayment, Reason, digest
from amur.policy import Policy, ReasonCode
from amur.screening.checks import (
    MissingChecks,
    check_identification,
    check_lists,
    check_parties,
    check_unmapped,
)
from amur.screening.decide import make_decision, order_reasons
from amur.screening.frame import Frame
from amur.screening.hits import (
    Hit,
    explain_limit,
    explain_match,
    explain_mention,
    keep_best,
)
from amur.screening.inputs import Evidence
from amur.screening.nexus import NexusFinder
from amur.screening.parties import Field, Query, build_queries
from amur.screening.places import check_places
from amur.screening.text import TextQuery, build_text_queries

_NO_CONTEXT: Final = digest([])
"""Hash of an empty context: most payments have none."""


@cache
def name_engine() -> str:
    """Return what a decision's key says of the code: `amur 0.1.0 / engine 0.1.0`."""
    try:
        own = version("amur")
    except PackageNotFoundError:
        own = "source tree"
    return f"amur {own} / engine {ENGINE_VERSION}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A payment's questions, each with its number in the batch's calls."""

    queries: tuple[tuple[Query, int], ...]
    texts: tuple[tuple[TextQuery, int], ...]


class Screener:
    """Screens batches under one snapshot, policy and pair of times.

    Cost: building reads the tables once; keep it for as long as these four stay the same. A batch
    costs one call of the matcher and one of the scanner, each over distinct questions; reasons
    are built for hits only.
    """

    __slots__ = ("_frame", "_known_at", "_law_at", "_lists", "_missing", "_policy_sha256")

    def __init__(
        self, evidence: Evidence, policy: Policy, *, law_at: LawTime, known_at: datetime
    ) -> None:
        """Prepare.

        Args:
            evidence: the snapshot.
            policy: what decides.
            law_at: what was in force.
            known_at: what had been learnt; an instant with a time zone.

        Raises:
            InputError: `known_at` has no time zone.
            PolicyError: the snapshot holds a list or regime that the policy does not know.
            SnapshotError: a hand-kept table is missing or not usable.
        """
        if known_at.tzinfo is None:
            raise InputError("known_at has no time zone", field="known_at", advice="Give UTC.")
        self._frame = Frame(evidence, policy, law_at=law_at, known_at=known_at)
        self._law_at = str(law_at)
        self._known_at = self._frame.known_at.isoformat().replace("+00:00", "Z")
        self._policy_sha256 = policy.sha256
        self._lists = tuple(check_lists(self._frame))
        self._missing = MissingChecks(self._frame)

    def screen(
        self, payments: Sequence[Payment], contexts: Sequence[Sequence[PriorPayment]] = ()
    ) -> tuple[Decision, ...]:
        """Return one decision per payment, in order.

        Args:
            payments: the batch.
            contexts: for each payment, what was fetched for it; empty where there is none.

        Raises:
            InputError: `contexts` is neither empty nor as long as `payments`.
        """
        if contexts and len(contexts) != len(payments):
            raise InputError(
                f"{len(contexts)} contexts for {len(payments)} payments",
                field="contexts",
                advice="Give one per payment, or none at all.",
            )
        subjects: dict[Subject, int] = {}
        texts: dict[str, int] = {}
        plans = [self._plan(payment, subjects, texts) for payment in payments]
        matches, mentions = self._ask(subjects, texts)
        return tuple(
            self._decide(payment, plan, matches, mentions, contexts[number] if contexts else ())
            for number, (payment, plan) in enumerate(zip(payments, plans, strict=True))
        )

    def match(self, subjects: Sequence[Subject]) -> tuple[tuple[Reason, ...], ...]:
        """Return the reasons of each subject, strongest first; the path that payments take."""
        nexus = NexusFinder(self._frame.policy, None)
        distinct = {subject: number for number, subject in enumerate(dict.fromkeys(subjects))}
        matches, _ = self._ask(distinct, {})
        answers = []
        for subject in subjects:
            query = Query(Field(0, "Subject", "", subject.name), subject)
            hits = self._explain_matches(nexus, query, matches[distinct[subject]])
            answers.append(order_reasons(keep_best(hits)))
        return tuple(answers)

    def _plan(self, payment: Payment, subjects: dict[Subject, int], texts: dict[str, int]) -> _Plan:
        frame = self._frame
        queries = tuple(
            (query, subjects.setdefault(query.subject, len(subjects)))
            for query in build_queries(payment, frame.separator)
        )
        text_queries = tuple(
            (query, texts.setdefault(query.text, len(texts)))
            for query in build_text_queries(payment, frame.policy.texts.kinds)
        )
        return _Plan(queries, text_queries)

    def _ask(
        self, subjects: dict[Subject, int], texts: dict[str, int]
    ) -> tuple[Sequence[tuple[Match, ...]], Sequence[tuple[Mention, ...]]]:
        index, names = self._frame.evidence.index, self._frame.policy.names
        matches = index.match(list(subjects), at_least=names.review_at) if subjects else ()
        mentions = index.scan(list(texts), at_least=names.scan_at) if texts else ()
        return matches, mentions

    def _decide(
        self,
        payment: Payment,
        plan: _Plan,
        matches: Sequence[tuple[Match, ...]],
        mentions: Sequence[tuple[Mention, ...]],
        context: Sequence[PriorPayment],
    ) -> Decision:
        frame = self._frame
        nexus = NexusFinder(frame.policy, payment)
        subject_sha256 = digest(payment)
        on_entities: list[Hit] = []
        hits: list[Hit] = []
        for query, number in plan.queries:
            on_entities.extend(self._explain_matches(nexus, query, matches[number]))
        for text, number in plan.texts:
            on_entities.extend(
                explain_mention(frame, nexus, text, mention)
                for mention in mentions[number]
                if mention.end > text.after
            )
            hits.extend(self._find_text_limits(text, mentions[number]))
        hits.extend(keep_best(on_entities))
        hits.extend(check_places(frame, nexus, payment))
        hits.extend(check_parties(frame, payment))
        hits.extend(check_identification(frame, subject_sha256, context))
        hits.extend(check_unmapped(frame, payment))
        hits.extend(self._lists)
        hits.extend(self._missing.check(payment))
        context_sha256 = digest(list(context)) if context else _NO_CONTEXT
        key = DecisionKey(
            subject_sha256=subject_sha256,
            snapshot_id=frame.evidence.id,
            policy_sha256=self._policy_sha256,
            engine=name_engine(),
            law_at=self._law_at,
            known_at=self._known_at,
            context_sha256=context_sha256,
        )
        return make_decision(frame.policy, key, hits, context)

    def _explain_matches(
        self, nexus: NexusFinder, query: Query, matches: tuple[Match, ...]
    ) -> list[Hit]:
        hits = [explain_match(self._frame, nexus, query, match) for match in matches]
        what = f"{query.field.role} name"
        if len(matches) >= HITS_MAX:
            hits.append(self._limit(query.field, what, HITS_MAX, "hits"))
        if len(query.field.value) > NAME_CHARS_MAX:
            hits.append(self._limit(query.field, what, NAME_CHARS_MAX, "characters"))
        return hits

    def _find_text_limits(self, query: TextQuery, mentions: tuple[Mention, ...]) -> list[Hit]:
        what = query.field.role.capitalize()
        hits = []
        if len(mentions) >= HITS_MAX:
            hits.append(self._limit(query.field, what, HITS_MAX, "hits"))
        if query.cut:
            hits.append(self._limit(query.field, what, TEXT_CHARS_MAX, "characters"))
        return hits

    def _limit(self, field: Field, what: str, limit: int, unit: str) -> Hit:
        effect = self._frame.effect_of(ReasonCode.LIMIT_REACHED)
        return explain_limit(field, what, limit, unit, effect)


def screen_payments(
    batch: Sequence[Payment],
    evidence: Evidence,
    policy: Policy,
    *,
    law_at: LawTime,
    known_at: datetime,
    contexts: Sequence[Sequence[PriorPayment]] = (),
) -> tuple[Decision, ...]:
    """Return one decision per payment. For many batches, keep a `Screener` instead."""
    return Screener(evidence, policy, law_at=law_at, known_at=known_at).screen(batch, contexts)


def screen_payment(
    payment: Payment,
    evidence: Evidence,
    policy: Policy,
    *,
    law_at: LawTime,
    known_at: datetime,
    context: Sequence[PriorPayment] = (),
) -> Decision:
    """Return the decision on one payment: a batch of one."""
    return screen_payments(
        (payment,), evidence, policy, law_at=law_at, known_at=known_at, contexts=(context,)
    )[0]


def match_parties(
    subjects: Sequence[Subject],
    evidence: Evidence,
    policy: Policy,
    *,
    law_at: LawTime,
    known_at: datetime,
) -> tuple[tuple[Reason, ...], ...]:
    """Return the reasons of each subject: the same search, score and thresholds as in payments."""
    return Screener(evidence, policy, law_at=law_at, known_at=known_at).match(subjects)
