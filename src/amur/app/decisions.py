"""Use case: look at what was decided."""

from __future__ import annotations

from pathlib import Path

from amur.casework.store import Receipt, SqliteStore, StoreCounts, StoredDecision

__all__ = ["Receipt", "StoreCounts", "StoredDecision", "count_decisions", "get_decision"]


def get_decision(path: Path, decision_id: str) -> tuple[StoredDecision, tuple[Receipt, ...]]:
    """Return a stored decision by its id or a unique beginning of it, and its arrivals.

    Args:
        path: the store.
        decision_id: the id, or at least its first four digits.

    Raises:
        StoreError: no such store, no such decision, or several.
    """
    with SqliteStore(path, must_exist=True) as store:
        found = store.get(decision_id)
        return found, store.receipts(found.decision.id)


def count_decisions(path: Path) -> StoreCounts | None:
    """Return how much a store holds; None where there is no store yet."""
    if not path.is_file():
        return None
    with SqliteStore(path, must_exist=True) as store:
        return store.counts()
