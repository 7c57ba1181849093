"""The snapshot answers what screening asks: checked by the type checker and by name."""

from __future__ import annotations

import inspect

from amur.evidence.snapshot import Snapshot
from amur.screening import Evidence


def accept(snapshot: Snapshot) -> Evidence:
    """A snapshot is evidence: `mypy --strict` refuses this line once it is not."""
    return snapshot


def test_snapshot_has_every_question() -> None:
    questions = {name for name, _ in inspect.getmembers(Evidence) if not name.startswith("_")}
    assert questions == {"id", "lists", "index", "entity", "span", "table", "table_source"}
    own = {name for name, _ in inspect.getmembers(Snapshot)}
    assert questions - own == {"id", "index"}  # attributes of the instance
