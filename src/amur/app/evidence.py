"""Use case: the snapshot that fits the two times of a question."""

from __future__ import annotations

from pathlib import Path

from amur.app.lists import ListStore
from amur.app.times import Times
from amur.casework.store import Mode
from amur.evidence.snapshot import Snapshot


def open_evidence(home: Path, times: Times) -> Snapshot:
    """Return the live snapshot, or for a lookback the newest that was known at that time.

    Raises:
        SnapshotError: there is none.
    """
    lists = ListStore(home)
    return lists.open_snapshot(None if times.mode is Mode.LIVE else times.known_at)
