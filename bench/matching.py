"""Matching on corpus S: speed, size, recall and false alerts in one table, at the default policy.

    python -m bench.matching [--seed 2024]

Unlisted: the 50,000 synthetic persons who are on no list, by name alone. Listed: primary and strong
names taken at random, as given and with one letter changed, answered with explanations. Speed is
that of one thread, with the work of Python counted in; `count` builds no explanations.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from amur.app.policies import load_policy
from amur.engine import Index, Subject
from amur.evidence.snapshot import Snapshot
from amur.model import NameQuality
from bench.corpora import BUILD, describe_machine, open_small, read_negatives

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(run: Callable[[], object], count: int) -> float:
    """Return the median rate of five runs over `count` things, per second."""
    rates = []
    for _ in range(5):
        started = time.perf_counter()
        run()
        rates.append(count / (time.perf_counter() - started))
    return statistics.median(rates)


def change_letter(name: str, chance: random.Random) -> str:
    """Return a name with one letter of a word of five or more replaced."""
    words = name.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return name
    at = chance.choice(long)
    word = words[at]
    letter = chance.randrange(len(word))
    other = chance.choice([c for c in LETTERS if c != word[letter].lower()])
    words[at] = word[:letter] + other + word[letter + 1 :]
    return " ".join(words)


def choose_listed(snapshot: Snapshot, count: int, chance: random.Random) -> list[tuple[int, str]]:
    """Return (entity, name) of primary and strong names taken at random."""
    rows = [
        (ordinal, name.text)
        for ordinal in range(len(snapshot))
        for name in snapshot.entity(ordinal).names
        if name.quality is not NameQuality.WEAK
    ]
    return chance.sample(rows, count)


def find_recall(index: Index, rows: Sequence[tuple[int, str]], at_least: int) -> float:
    """Return the share of names whose own entity is found."""
    found = index.match([Subject(name) for _, name in rows], at_least=at_least)
    hit = sum(
        any(m.entity == entity for m in matches)
        for (entity, _), matches in zip(rows, found, strict=True)
    )
    return hit / len(rows)


def find_latencies(index: Index, names: Sequence[str], at_least: int) -> tuple[float, float]:
    """Return p50 and p99 of one call for one name, in microseconds."""
    times = []
    for name in names:
        subject = [Subject(name)]
        started = time.perf_counter_ns()
        index.match(subject, at_least=at_least)
        times.append((time.perf_counter_ns() - started) / 1_000)
    times.sort()
    return times[len(times) // 2], times[len(times) * 99 // 100]


def run_command(names: Sequence[str]) -> float:
    """Return the names per second of the whole command `amur match`, start to end."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "names.csv"
        with rows.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(["name"])
            writer.writerows([name] for name in names)
        command = [
            sys.executable,
            "-c",
            "from amur.adapters.cli import main; main()",
            "match",
            str(rows),
            "--format",
            "csv",
            "--out",
            str(Path(folder) / "out.csv"),
            "--home",
            str(BUILD / "S"),
        ]
        return measure(lambda: subprocess.run(command, check=True, capture_output=True), len(names))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=2024)
    chance = random.Random(parser.parse_args().seed)
    snapshot = open_small()
    index, names = snapshot.index, load_policy().names
    unlisted = [row["full_name"] for row in read_negatives()]
    listed = choose_listed(snapshot, 5_000, chance)
    changed = [(entity, change_letter(name, chance)) for entity, name in listed]
    size = (snapshot.path / "names.index").stat().st_size
    started = time.perf_counter()
    Index(snapshot.path / "names.index")
    opened = time.perf_counter() - started

    print(f"# matching on corpus S, {describe_machine()}")
    print(f"entities {len(snapshot):,}; index {size:,} bytes; opened in {opened * 1e6:,.0f} us")
    for at_least in (names.review_at, 1_000, 2_000):
        alerts = sum(n > 0 for n in index.count_matches(unlisted, at_least=at_least))
        print(
            f"unlisted, at {at_least:5} milli{' (default)' if at_least == names.review_at else ''}:"
            f" {alerts} of {len(unlisted):,} alert = {alerts / len(unlisted):.3%}"
        )
    print(
        f"listed as given: {find_recall(index, listed, names.review_at):.2%} found; one letter "
        f"changed: {find_recall(index, changed, names.review_at):.2%}"
    )
    count = measure(lambda: index.count_matches(unlisted, at_least=names.review_at), len(unlisted))
    subjects = [Subject(name) for name in unlisted]
    match = measure(lambda: index.match(subjects, at_least=names.review_at), len(subjects))
    hits = [Subject(name) for _, name in changed]
    explain = measure(lambda: index.match(hits, at_least=names.review_at), len(hits))
    print(
        f"names/s, one thread: unlisted {count:,.0f} (count), {match:,.0f} (match); listed, "
        f"changed and explained {explain:,.0f}; whole command {run_command(unlisted):,.0f}"
    )
    middle, slow = find_latencies(index, unlisted[:20_000], names.review_at)
    print(f"one call, unlisted: p50 {middle:.1f} us, p99 {slow:.1f} us")
    texts = [
        f"INVOICE 7731 FOR GOODS DELIVERED TO {name} UNDER CONTRACT 44 OF 3 MAY"
        for _, name in listed[:2_000]
    ]
    scan = measure(lambda: index.scan(texts, at_least=names.scan_at), len(texts))
    print(
        f"free text of {statistics.median(map(len, texts)):.0f} characters: {1e6 / scan:.0f} us; "
        f"{len(index.below_scan_floor()):,} names below the information floor"
    )


if __name__ == "__main__":
    main()
