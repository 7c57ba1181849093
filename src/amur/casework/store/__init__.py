"""The store of decisions: what was decided, on what, when, and in which files it arrived.

`DecisionStore` says what a store must do; `SqliteStore` does it in one file. Import from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from amur.casework.store.records import (
    Arrival,
    Earlier,
    Mode,
    Receipt,
    StoreCounts,
    StoredDecision,
    Surroundings,
)
from amur.casework.store.sqlite import SqliteStore
from amur.model import Decision, Unscreened, UnsupportedMessage, Verdict


class DecisionStore(Protocol):
    """Keeps decisions durably: what `append` returned survives a kill and a power cut."""

    def find_decided(
        self, subjects: Sequence[str], *, surroundings: Surroundings
    ) -> dict[str, Decision]:
        """Return the decisions that already stand, by hash of the subject."""

    def find_priors(self, identifications: Sequence[str]) -> dict[str, tuple[Earlier, ...]]:
        """Return, by identification, the subjects that the store holds under it, earliest first."""

    def start_run(self, *, arguments: str, at: datetime) -> str:
        """Record that a run begins and return its id."""

    def finish_run(self, run_id: str, *, counts: Mapping[str, int], at: datetime) -> None:
        """Record that a run ended, with its counts."""

    def append(
        self,
        run_id: str,
        arrivals: Sequence[Arrival],
        *,
        mode: Mode,
        at: datetime,
        unscreened: Sequence[Unscreened] = (),
        unsupported: Sequence[UnsupportedMessage] = (),
    ) -> tuple[Decision, ...]:
        """Store a batch as a whole, durably, and return the decisions that stand."""

    def get(self, decision_id: str) -> StoredDecision:
        """Return a decision by its id or a unique beginning of it."""

    def receipts(self, decision_id: str) -> tuple[Receipt, ...]:
        """Return every arrival of the decided payment, in order."""

    def iterate(self, *, verdict: Verdict | None = None) -> Iterator[StoredDecision]:
        """Yield the stored decisions in the order of storing."""

    def counts(self) -> StoreCounts:
        """Return how much the store holds."""

    def close(self) -> None:
        """Let go of the store."""


__all__ = [
    "Arrival",
    "DecisionStore",
    "Earlier",
    "Mode",
    "Receipt",
    "SqliteStore",
    "StoreCounts",
    "StoredDecision",
    "Surroundings",
]
