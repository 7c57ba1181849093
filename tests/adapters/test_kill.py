"""kill -9 during `amur screen`, then run it again: exactly one decision per payment."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

from amur.app.demo import add_sample_lists
from amur.casework.store import SqliteStore

PAYMENTS = 1_000
KILLS = 20

_MESSAGE = """{{1:F01SMPBCNBHAXXX0000000000}}{{2:I103TNTHPTPLXXXXN}}{{4:\r
:20:KILL{number:05}\r
:23B:CRED\r
:32A:240516EUR{amount},\r
:50K:/80041\r
ODALYS BRANDVIK\r
14 LARCHMONT WALK\r
:59:/80042\r
{creditor}\r
9 QUARRY RISE\r
:70:INVOICE {number}\r
:71A:SHA\r
-}}"""


def write_archive(path: Path) -> None:
    """Write an archive of payments, one in ten to a listed party."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(PAYMENTS):
            creditor = "PERPETUA LINDQVARN" if number % 10 else "OLEG VLADIMIROVICH DERIPASKA"
            archive.writestr(
                f"{number:05}.fin",
                _MESSAGE.format(number=number, amount=100 + number, creditor=creditor),
            )


def start(home: Path, archive: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from amur.adapters.cli import main; main()",
            "screen",
            str(archive),
            "--home",
            str(home),
            "--law-at",
            "2024-05-16",
            "--format",
            "jsonl",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    home, archive = tmp_path / "home", tmp_path / "payments.zip"
    add_sample_lists(home)
    write_archive(archive)
    chance = random.Random(2024)
    reported: dict[str, str] = {}
    for _ in range(KILLS):
        process = start(home, archive)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(0, PAYMENTS // 4))]
        process.kill()
        rest, _ = process.communicate()
        for line in (*lines, *rest.splitlines(keepends=True)):
            if line.endswith("}\n"):  # a line cut short was not reported
                answer = json.loads(line)
                reported.setdefault(answer["source"], answer["decision"]["id"])
                assert reported[answer["source"]] == answer["decision"]["id"]
    assert reported, "no run lived long enough to answer anything"

    last = start(home, archive)
    answers = [json.loads(line) for line in last.communicate()[0].splitlines()]
    assert last.returncode == 0
    assert len(answers) == PAYMENTS
    assert Counter(a["decision"]["verdict"] for a in answers) == {"CLEAR": 900, "REVIEW": 100}
    with SqliteStore(home / "decisions.sqlite", must_exist=True) as store:
        stored = list(store.iterate())
    assert len(stored) == PAYMENTS
    assert len({s.payment.message_id for s in stored}) == PAYMENTS
    ids = {s.decision.id for s in stored}
    assert {a["decision"]["id"] for a in answers} == ids
    assert set(reported.values()) <= ids
