"""Speed, size and memory of the engine on corpora S, M and L, in one table at one threshold.

    python -m bench.speed S M L [--quick] [--at-least MILLI] [--write]

Every figure is from Python, through `amur.engine`; rates are the median of five runs with one
thread unless said otherwise; queries vary (no name twice in a batch). Unlisted `us` are the 50,000
persons of the negatives file, `strata` the unlisted persons of the lists' own cultures. Listed:
names of the corpus with one letter changed, answered with explanations. The process builds one
corpus after the other; peak memory is that of a process of its own that only builds.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from amur.app.policies import load_policy
from amur.engine import Index, IndexEntry, IndexSummary, Subject, build_index
from amur.evidence.index import make_entry
from bench.corpora import BUILD, ROOT, find_data, load_extra, open_small
from bench.large import NAMES, open_large, read_large
from bench.loaders import load_party_lists
from bench.matching import change_letter
from bench.reports import Report
from bench.strata import load_strata

CORPORA = ("S", "M", "L")
RUNS = 5


def load_entries(corpus: str, large: int) -> list[IndexEntry]:
    """Return the entries of a corpus."""
    if corpus == "S":
        snapshot = open_small()
        return [make_entry(snapshot.entity(i)) for i in range(len(snapshot))]
    if corpus == "M":
        return [party.entry for party in load_party_lists(find_data())]
    return list(read_large(open_large(large)))


def find_rate(run: Callable[[], object], count: int, runs: int) -> float:
    """Return the median rate per second of some runs over `count` things."""
    rates = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        rates.append(count / (time.perf_counter() - started))
    return statistics.median(rates)


def find_percentiles(run: Callable[[str], object], things: Sequence[str]) -> str:
    """Return p50 and p99 of one call per thing, in microseconds, as text."""
    times = []
    for thing in things:
        started = time.perf_counter_ns()
        run(thing)
        times.append((time.perf_counter_ns() - started) / 1_000)
    times.sort()
    return f"p50 {times[len(times) // 2]:8.1f} us, p99 {times[len(times) * 99 // 100]:8.1f} us"


def find_peak(corpus: str, large: int) -> float:
    """Return the peak memory in GiB of a process that only builds the corpus."""
    code = (
        "import resource, sys; from bench.speed import build_corpus; "
        f"build_corpus({corpus!r}, {large}); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return int(done.stdout.split()[-1]) / (1 << 20)


def build_corpus(corpus: str, large: int) -> tuple[Path, IndexSummary, float, list[IndexEntry]]:
    """Build the index of a corpus; return file, summary, seconds and the entries."""
    entries = load_entries(corpus, large)
    path = BUILD / f"{corpus}-speed.index"
    started = time.perf_counter()
    summary = build_index(entries, path)
    return path, summary, time.perf_counter() - started, entries


def write_texts(length: int, count: int, names: Sequence[str], seed: int) -> list[str]:
    """Return texts of about `length` characters: English words and unlisted names."""
    faker = load_extra("faker")
    faker.Faker.seed(seed)
    fake = faker.Faker("en_US")
    words = fake.words(4_000, unique=False)
    chance = random.Random(seed)
    texts = []
    for _ in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) + len(parts) < length:
            parts.append(chance.choice(names) if chance.random() < 0.04 else chance.choice(words))
        texts.append(" ".join(parts)[:length])
    return texts


def measure_start(report: Report, path: Path, probe: str, at_least: int) -> None:
    """Print the time to open and the first query, in a process of its own."""
    code = (
        "import time; from pathlib import Path; from amur.engine import Index, Subject; "
        f"t = time.perf_counter_ns(); i = Index(Path({str(path)!r})); "
        f"u = time.perf_counter_ns(); i.match([Subject({probe!r})], at_least={at_least}); "
        "v = time.perf_counter_ns(); print((u - t) / 1e3, (v - u) / 1e3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    opened, first = (float(x) for x in done.stdout.split())
    report.say(f"  open {opened:,.0f} us; first query {first:,.0f} us (file cached by the system)")


def measure_corpus(report: Report, corpus: str, options: argparse.Namespace) -> None:
    """Print the rows of one corpus."""
    path, summary, seconds, entries = build_corpus(corpus, options.large)
    per_name = summary.size_bytes / summary.distinct_names
    report.say(
        f"{corpus}: {summary.entities:,} entities, {summary.names:,} names, "
        f"{summary.distinct_names:,} distinct; built in {seconds:.2f} s; "
        f"{summary.size_bytes:,} bytes = {per_name:.0f} a distinct name"
    )
    if not options.quick:
        report.say(
            f"  peak memory of a building process {find_peak(corpus, options.large):.2f} GiB"
        )
    chance = random.Random(options.seed)
    strata = load_strata()
    persons = [t for s, ts in strata.items() if s not in ("us", "company", "vessel") for t in ts]
    size = min(2_000 if corpus == "L" else 50_000, 5_000 if options.quick else 50_000)
    us = chance.sample(strata["us"], min(size, len(strata["us"])))
    others = chance.sample(persons, min(size, len(persons)))
    rows = [text for e in entries for text, quality in e.names if quality != "weak"]
    listed = [change_letter(t, chance) for t in chance.sample(rows, min(len(rows), size, 10_000))]
    del entries, rows
    at_least, runs = options.at_least, 1 if options.quick or corpus == "L" else RUNS
    measure_start(report, path, us[0], at_least)
    index = Index(path)
    for label, names in (("us", us), ("strata", others)):
        count = find_rate(lambda n=names: index.count_matches(n, at_least=at_least), size, runs)  # type: ignore[misc]
        asked = [Subject(n, "person") for n in names]
        match = find_rate(lambda a=asked: index.match(a, at_least=at_least), len(asked), runs)  # type: ignore[misc]
        alerts = sum(n > 0 for n in index.count_matches(names, at_least=at_least)) / len(names)
        report.say(
            f"  unlisted {label:7} {count:10,.0f} names/s counted, {match:10,.0f} matched; "
            f"{alerts:.3%} alert"
        )
    hits = [Subject(n) for n in listed]
    explained = find_rate(lambda: index.match(hits, at_least=at_least), len(hits), runs)
    found = sum(map(bool, index.match(hits, at_least=at_least))) / len(hits)
    report.say(f"  listed, changed  {explained:10,.0f} names/s explained; {found:.1%} have a match")

    def ask(name: str) -> object:
        return index.match([Subject(name)], at_least=at_least)

    report.say(f"  one call, unlisted us     {find_percentiles(ask, us[:20_000])}")
    report.say(f"  one call, unlisted strata {find_percentiles(ask, others[:20_000])}")
    report.say(f"  one call, listed changed  {find_percentiles(ask, listed[:5_000])}")
    measure_threads(report, index, us, at_least, runs)
    scan_at = load_policy().names.scan_at
    for length, count in ((140, 2_000), (3_700, 200)):
        texts = write_texts(length, count // (10 if corpus == "L" else 1), persons, options.seed)
        shown = find_percentiles(lambda t: index.scan([t], at_least=scan_at), texts)
        report.say(f"  scan {length:5,} characters {shown}")


def measure_threads(
    report: Report, index: Index, names: Sequence[str], at_least: int, runs: int
) -> None:
    """Print how much faster two threads are than one, on the same names."""
    halves = [names[::2], names[1::2]]

    def count(some: Sequence[str]) -> object:
        return index.count_matches(some, at_least=at_least)

    one = find_rate(lambda: [count(half) for half in halves], len(names), runs)
    with ThreadPoolExecutor(2) as pool:
        two = find_rate(lambda: list(pool.map(count, halves)), len(names), runs)
    report.say(f"  two threads {two:,.0f} names/s = {two / one:.2f} x one")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpora", nargs="+", choices=CORPORA)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true", help="write bench/runs/")
    parser.add_argument("--at-least", type=int, default=load_policy().names.review_at)
    parser.add_argument("--large", type=int, default=NAMES, help="names of corpus L")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    report = Report(f"speed {''.join(options.corpora)}")
    report.say(f"# at {options.at_least} milli")
    for corpus in options.corpora:
        measure_corpus(report, corpus, options)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    report.say(f"# peak memory of this process {peak:.2f} GiB")
    if options.write:
        report.write()


if __name__ == "__main__":
    main()
