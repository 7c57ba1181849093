"""Runs one matcher over a task and answers with two scores per query: best of all, best right one.

Peers run in a process of their own (`bench.peers`), one thread, on the same names and queries.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from amur.engine import Index, IndexEntry, Subject, build_index
from bench.corpora import BUILD, ROOT
from bench.protocols import ListedName, Query, Task
from bench.scripts import find_key

NOTHING = float("-inf")
CHUNK = 2_000


@dataclass(slots=True)
class Outcome:
    """What a matcher answered.

    Attributes:
        matcher: its name.
        best: best score of any name, per query; minus infinity where there is none.
        right: best score of a wanted party's name, per query.
        floor: lowest threshold that the matcher can serve.
        cpu_unlisted_s: CPU seconds for the unlisted queries.
        cpu_listed_s: CPU seconds for the others.
    """

    matcher: str
    best: list[float]
    right: list[float]
    floor: float
    cpu_unlisted_s: float
    cpu_listed_s: float


def run_engine(task: Task, *, at_least: int | None = None, told: bool = True) -> Outcome:
    """Run Amur's engine: one index entry per name, so that single names can be left out.

    Args:
        task: names and queries.
        at_least: lowest score of interest, milli; None for the index's lowest threshold.
        told: whether the engine is told the query's schema.
    """
    path = BUILD / f"{task.title}.index"
    path.parent.mkdir(parents=True, exist_ok=True)
    build_index((IndexEntry(n.schema, ((n.text, n.quality),)) for n in task.names), path)
    index = Index(path)
    floor = index.lowest_threshold if at_least is None else max(at_least, index.lowest_threshold)
    keys = [find_key(n.text) for n in task.names]
    best, right = [NOTHING] * len(task.queries), [NOTHING] * len(task.queries)
    cpu = {True: 0.0, False: 0.0}
    for unlisted in (True, False):
        rows = [i for i, q in enumerate(task.queries) if (not q.wanted) is unlisted]
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            subjects = [
                Subject(q.text, q.schema if told else "unknown")
                for q in (task.queries[i] for i in chunk)
            ]
            started = time.process_time()
            found = index.match(subjects, at_least=floor)
            cpu[unlisted] += time.process_time() - started
            for i, matches in zip(chunk, found, strict=True):
                key, wanted = find_key(task.queries[i].text), task.queries[i].wanted
                for match in matches:
                    if task.leave_out_equal and keys[match.entity] == key:
                        continue
                    best[i] = max(best[i], match.milli)
                    if task.names[match.entity].party in wanted:
                        right[i] = max(right[i], match.milli)
    return Outcome("amur", best, right, floor, cpu[True], cpu[False])


def run_peer(matcher: str, task: Task) -> Outcome:
    """Run a peer in its own process with one thread."""
    BUILD.mkdir(parents=True, exist_ok=True)
    given, made = BUILD / f"{task.title}.{matcher}.in", BUILD / f"{task.title}.{matcher}.out"
    write_task(task, given)
    one = {f"{n}_NUM_THREADS": "1" for n in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    subprocess.run(
        [sys.executable, "-m", "bench.peers", matcher, str(given), str(made)],
        check=True,
        cwd=ROOT,
        env={**os.environ, **one, "PYTHONPATH": path},
    )
    return Outcome(**json.loads(made.read_text(encoding="utf-8")))


def write_task(task: Task, path: Path) -> None:
    """Write a task as JSON."""
    path.write_text(json.dumps(asdict(task)), encoding="utf-8")


def read_task(path: Path) -> Task:
    """Read what `write_task` wrote."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    names = [ListedName(**n) for n in raw["names"]]
    queries = [Query(**{**q, "wanted": tuple(q["wanted"])}) for q in raw["queries"]]
    return Task(raw["title"], names, queries, raw["notes"], raw["leave_out_equal"])


def write_outcome(outcome: Outcome, path: Path) -> None:
    """Write an outcome as JSON (minus infinity as Python writes it)."""
    path.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
