"""A crash anywhere in a change leaves a complete snapshot live, and the next change goes through.

Every step is tried in this process (an error raised before and after it, with no clean-up), and
some steps with a process that really dies by SIGKILL.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import amur.evidence.snapshot as snapshot_module
from amur.app.list_journal import Event
from amur.engine import build_index
from amur.evidence import storage
from tests.app.text_lists import make_store, write_list

BEFORE = datetime(2024, 6, 1, tzinfo=UTC)
NOW = datetime(2024, 12, 1, tzinfo=UTC)
_STEPS = [
    "make_folder",
    "make_temporary",
    "write_file",
    "sync_file",
    "sync_folder",
    "put_in_place",
    "replace_file",
    "append_line",
]


class Crash(BaseException):
    """Stands for the power going off: nothing that runs in the product catches it."""


class Saboteur:
    """Counts the steps, and crashes around the one it is told."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.done = 0
        self.crash_at = -1
        self._patch = patch
        for name in _STEPS:
            patch.setattr(storage, name, self._wrap(getattr(storage, name)))
        patch.setattr(snapshot_module, "build_index", self._wrap(build_index))

    def _wrap(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            self._count()
            found = step(*arguments, **named)
            self._count()
            return found

        return run

    def _count(self) -> None:
        if self.done == self.crash_at:
            self.crash_at = -1
            # A dead process does not clean up after itself.
            self._patch.setattr(shutil, "rmtree", lambda *_, **__: None)
            raise Crash
        self.done += 1


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with one list in force."""
    store = make_store(tmp_path / "home")
    spring = write_list(tmp_path / "spring.txt", "2024-05-13", "1|Alpha Bank", "2|Beta Works")
    store.add_list("un-sc", spring, now=BEFORE)
    write_list(tmp_path / "autumn.txt", "2024-11-20", "1|Alpha Bank", "2|Beta Works", "3|Gamma")
    return tmp_path / "home"


def check_after_crash(home: Path, old: str) -> str:
    """Check what a reader finds after a crash, and that the same change goes through then."""
    store = make_store(home)
    live = store.open_snapshot()
    live.verify()
    assert len(live) == (2 if live.id == old else 3)
    early = store.open_snapshot(BEFORE)
    early.verify()
    assert early.id == old
    store.add_list("un-sc", home.parent / "autumn.txt", now=NOW)
    after = store.open_snapshot()
    after.verify()
    assert len(after) == 3
    assert [each.event for each in store.journal()] == [Event.ACTIVATION, Event.ACTIVATION]
    names = [*(home / "snapshots").iterdir(), *(home / "lists" / "un-sc").iterdir()]
    assert not [each for each in names if each.name.startswith(".")]
    assert len(names) == 4
    return live.id


def test_a_crash_at_every_step(home: Path, tmp_path: Path) -> None:
    old = make_store(home).open_snapshot().id
    with pytest.MonkeyPatch.context() as patch:
        counter = Saboteur(patch)
        trial = shutil.copytree(home, tmp_path / "count" / "home")
        make_store(trial).add_list("un-sc", tmp_path / "autumn.txt", now=NOW)
        steps = counter.done
    assert steps > 40
    seen = set()
    for step in range(steps):
        trial = shutil.copytree(home, tmp_path / f"trial{step}" / "home")
        shutil.copy(tmp_path / "autumn.txt", trial.parent)
        with pytest.MonkeyPatch.context() as patch:
            Saboteur(patch).crash_at = step
            with pytest.raises(Crash):
                make_store(trial).add_list("un-sc", trial.parent / "autumn.txt", now=NOW)
        seen.add(check_after_crash(trial, old))
    assert len(seen) == 2
    assert old in seen


def test_a_torn_line_of_the_journal_never_happened(home: Path) -> None:
    old = make_store(home).open_snapshot().id
    journal = home / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 2])
    check_after_crash(home, old)


def run_until_killed(home: Path, touches: int) -> int:
    command = [
        sys.executable,
        "-m",
        "tests.app.killed_add",
        str(home),
        str(home.parent / "autumn.txt"),
        str(touches),
    ]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, cwd=root, check=False).returncode


def test_kill_9_in_the_middle(home: Path, tmp_path: Path) -> None:
    old = make_store(home).open_snapshot().id
    # From 43 on the journal is written and `current` swapped; the 50th does not come.
    for touches in (*random.Random(20240516).sample(range(1, 43), 4), 43, 46, 49):
        trial = shutil.copytree(home, tmp_path / f"killed{touches}" / "home")
        shutil.copy(tmp_path / "autumn.txt", trial.parent)
        assert run_until_killed(trial, touches) == -signal.SIGKILL
        check_after_crash(trial, old)


def test_the_process_that_is_not_killed_gets_through(home: Path) -> None:
    old = make_store(home).open_snapshot().id
    assert run_until_killed(home, 1_000_000) == 0
    assert check_after_crash(home, old) != old
