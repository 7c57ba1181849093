"""Use case: payment files -> decisions, each durable before it is answered.

Batch by batch: read, look up what stands already, fetch the context, screen, store, answer. A run
that was killed and is started again decides what is missing and finds the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from amur.app.evidence import open_evidence
from amur.app.times import Times
from amur.casework.store import Arrival, DecisionStore, SqliteStore, Surroundings
from amur.limits import PRIORS_MAX
from amur.model import (
    Decision,
    Message,
    Payment,
    PriorPayment,
    Unscreened,
    UnsupportedMessage,
    Verdict,
    digest,
)
from amur.policy import Policy
from amur.screening import Evidence, Screener, name_engine

BATCH: Final = 200
"""Payments decided and stored together. One wait for the disk per batch (some milliseconds) is
then small beside the screening, and a kill loses at most this much work."""

Clock = Callable[[], datetime]
"""Returns the time, UTC: passed in, so that tests have their own."""

ReadItem = Message | Unscreened | UnsupportedMessage
"""What a reader of payment files yields."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One payment as read, with the decision that stands.

    Attributes:
        source: file that carried it.
        message_sha256: hash of the message's bytes.
        payment: the subject.
        decision: the decision, stored.
        reused: it stood already before this run read the payment.
    """

    source: str
    message_sha256: str
    payment: Payment
    decision: Decision
    reused: bool


Result = Outcome | Unscreened | UnsupportedMessage
"""What screening answers for each thing read, in reading order."""


@dataclass(slots=True)
class Tally:
    """What a run has done so far.

    Attributes:
        decided: payments with a decision.
        reused: of these, decided before this run.
        unscreened: messages that could not be read.
        unsupported: messages of types without a reader.
        verdicts: decided payments by verdict.
    """

    decided: int = 0
    reused: int = 0
    unscreened: int = 0
    unsupported: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Everything that was read."""
        return self.decided + self.unscreened + self.unsupported

    @property
    def held(self) -> int:
        """What nobody decided: it must be looked at by hand."""
        return self.unscreened + self.unsupported

    def add(self, result: Result) -> None:
        """Count one result."""
        if isinstance(result, Outcome):
            self.decided += 1
            self.reused += result.reused
            self.verdicts[result.decision.verdict] += 1
        elif isinstance(result, Unscreened):
            self.unscreened += 1
        else:
            self.unsupported += 1

    def counts(self) -> dict[str, int]:
        """Return the numbers by name, for the record of the run."""
        return {
            "read": self.read,
            "decided": self.decided,
            "reused": self.reused,
            "unscreened": self.unscreened,
            "unsupported": self.unsupported,
            **{verdict.value: self.verdicts[verdict] for verdict in Verdict},
        }


def read_clock() -> datetime:
    """Return the time of this machine, UTC."""
    return datetime.now(UTC)


class ScreeningRun:
    """Screens what a reader yields under one snapshot, policy and pair of times.

    Attributes:
        tally: what has been done so far.
    """

    __slots__ = ("_clock", "_screener", "_store", "_surroundings", "_times", "tally")

    def __init__(
        self,
        evidence: Evidence,
        policy: Policy,
        times: Times,
        store: DecisionStore,
        *,
        clock: Clock = read_clock,
    ) -> None:
        """Prepare.

        Raises:
            PolicyError: the snapshot holds a list or regime that the policy does not know.
        """
        self._screener = Screener(evidence, policy, law_at=times.law_at, known_at=times.known_at)
        self._surroundings = Surroundings(
            snapshot_id=evidence.id,
            policy_sha256=policy.sha256,
            engine=name_engine(),
            law_at=str(times.law_at),
            known_at=times.known_at.isoformat().replace("+00:00", "Z"),
        )
        self._times = times
        self._store = store
        self._clock = clock
        self.tally = Tally()

    def run(self, items: Iterable[ReadItem], *, arguments: str) -> Iterator[Result]:
        """Yield one result per item, in order, once it is durable.

        Args:
            items: what a reader yields.
            arguments: what was asked for, kept with the run; no personal data.

        Cost: holds one batch in memory.

        Raises:
            StoreError: the store failed; what was yielded before stays stored.
        """
        run_id = self._store.start_run(arguments=arguments, at=self._clock())
        batch: list[ReadItem] = []
        for item in items:
            batch.append(item)
            if len(batch) >= BATCH:
                yield from self._settle(run_id, batch)
                batch = []
        if batch:
            yield from self._settle(run_id, batch)
        self._store.finish_run(run_id, counts=self.tally.counts(), at=self._clock())

    def _settle(self, run_id: str, batch: Sequence[ReadItem]) -> Iterator[Result]:
        messages = [item for item in batch if isinstance(item, Message)]
        subjects = [digest(message.payment) for message in messages]
        standing = self._store.find_decided(subjects, surroundings=self._surroundings)
        fresh = {
            subject: message.payment
            for subject, message in zip(subjects, messages, strict=True)
            if subject not in standing
        }
        decided = standing | self._decide(fresh)
        stored = iter(
            self._store.append(
                run_id,
                [
                    Arrival(message.source, message.sha256, message.payment, decided[subject])
                    for subject, message in zip(subjects, messages, strict=True)
                ],
                mode=self._times.mode,
                at=self._clock(),
                unscreened=[item for item in batch if isinstance(item, Unscreened)],
                unsupported=[item for item in batch if isinstance(item, UnsupportedMessage)],
            )
        )
        for item in batch:
            result: Result
            if isinstance(item, Message):
                decision = next(stored)
                reused = decision.key.subject_sha256 in standing
                result = Outcome(item.source, item.sha256, item.payment, decision, reused)
            else:
                result = item
            self.tally.add(result)
            yield result

    def _decide(self, fresh: dict[str, Payment]) -> dict[str, Decision]:
        priors = self._store.find_priors(
            [payment.identification for payment in fresh.values() if is_identified(payment)]
        )
        known = {
            identification: [(each.subject_sha256, each.decision_id) for each in held]
            for identification, held in priors.items()
        }
        decided: dict[str, Decision] = {}
        waiting = fresh
        while waiting:
            wave, waiting = _split_wave(waiting)
            contexts = [
                _make_context(subject, known.get(payment.identification, ()))
                for subject, payment in wave.items()
            ]
            answers = self._screener.screen(tuple(wave.values()), contexts)
            for (subject, payment), decision in zip(wave.items(), answers, strict=True):
                decided[subject] = decision
                if is_identified(payment):
                    held = known.setdefault(payment.identification, [])
                    if subject not in {other for other, _ in held}:
                        held.append((subject, decision.id))
        return decided


@contextmanager
def open_screening(
    home: Path, policy: Policy, times: Times, *, clock: Clock = read_clock
) -> Iterator[ScreeningRun]:
    """Open the snapshot and the store of a home folder, and let go of the store in the end.

    Raises:
        SnapshotError: no snapshot fits the times.
        StoreError: the store cannot be opened.
    """
    evidence = open_evidence(home, times)
    with SqliteStore(home / "decisions.sqlite") as store:
        yield ScreeningRun(evidence, policy, times, store, clock=clock)


def is_identified(payment: Payment) -> bool:
    """Return whether a payment has any identification that could be used twice."""
    return any(
        (payment.message_id, payment.instruction_id, payment.end_to_end_id, payment.transaction_id)
    )


def _split_wave(waiting: dict[str, Payment]) -> tuple[dict[str, Payment], dict[str, Payment]]:
    """Split off the payments whose identification occurs first, so that later ones can cite them.

    Why: the context of the second holds the id of the first one's decision.
    """
    wave: dict[str, Payment] = {}
    later: dict[str, Payment] = {}
    seen: set[str] = set()
    for subject, payment in waiting.items():
        if is_identified(payment) and payment.identification in seen:
            later[subject] = payment
        else:
            seen.add(payment.identification)
            wave[subject] = payment
    return wave, later


def _make_context(subject: str, held: Sequence[tuple[str, str]]) -> tuple[PriorPayment, ...]:
    """Return the earlier subjects with the same identification.

    Shape: only those that came before this one first came, so that the first of them never turns
    into a reuse when it is screened again.
    """
    earlier = []
    for other, decision_id in held[:PRIORS_MAX]:
        if other == subject:
            break
        earlier.append(PriorPayment("same_identification", other, decision_id))
    return tuple(earlier)
