"""kill -9 at seeded random moments: what was reported is there, whole batches, nothing twice."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from amur.casework.store import SqliteStore
from tests.casework.crashing_writer import BATCH
from tests.casework.samples import make_payment

_ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = int(os.environ.get("AMUR_SOAK_ROUNDS", "4"))


def write_until_killed(path: Path, first: int, chance: random.Random) -> list[int]:
    """Return the payments that the writer reported before it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.casework.crashing_writer", str(path), str(first)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    reported: list[int] = []
    for _ in range(chance.randint(1, 12)):
        reported += map(int, writer.stdout.readline().split())
    # Spin for a random while, so that the kill falls anywhere in the next batches.
    for _ in range(chance.randint(0, 200_000)):
        pass
    writer.kill()
    rest, _ = writer.communicate()
    # A last line without its end may be cut short: only whole lines are reports.
    for line in rest.splitlines(keepends=True):
        if line.endswith("\n"):
            reported += map(int, line.split())
    return reported


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_what_was_reported_survives(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "decisions.sqlite"
    reported: list[int] = []
    first = 0
    for _ in range(3):
        reported += write_until_killed(path, first, chance)
        with SqliteStore(path, must_exist=True) as store:
            stored = list(store.iterate())
            counts = store.counts()
        payments = Counter(s.payment for s in stored)
        assert max(payments.values()) == 1
        assert {make_payment(n) for n in reported} <= set(payments)
        assert len(stored) % BATCH == 0
        assert [s.seq for s in stored] == list(range(1, len(stored) + 1))
        # Every writer starts one batch back, as a run that is started again reads again what was
        # decided: those payments are received twice and decided once.
        assert counts.receipts >= counts.decisions
        first = max(reported) + 1 - BATCH
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert raw.execute(
        "SELECT COUNT(*) FROM receipts WHERE decision_id NOT IN (SELECT id FROM decisions)"
    ).fetchone() == (0,)
    raw.close()
    assert reported
