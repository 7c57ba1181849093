"""Recall and false alerts of the engine, peers beside it.

    python -m bench.accuracy P [--quick] [--peers all]
    python -m bench.accuracy Q [--quick] [--peers tfidf,token_sort] [--held-out]
    python -m bench.accuracy F [--quick]      false alerts of every stratum on corpus M, evidence
    python -m bench.accuracy M [--quick]      recall per manipulation on corpus S or M

`bench.protocols` says what P and Q ask. A threshold is the lowest that lets at most the stated
share of the unlisted persons (of the development part) alert. The held-out part is only shown when
asked for. Everything printed is also written under bench/runs/ with --write.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from amur.app.policies import load_policy
from bench import alerts
from bench.corpora import find_data, open_medium
from bench.loaders import FOUR, load_party_lists
from bench.manipulations import make_manipulated, must_hold
from bench.matchers import Outcome, run_engine, run_peer
from bench.peers import MATCHERS
from bench.protocols import (
    DEVELOPMENT,
    HELD_OUT,
    ListedName,
    Query,
    Task,
    make_p,
    make_q,
    make_unlisted,
    sample,
    sample_groups,
)
from bench.reports import Report
from bench.strata import COMPANIES, PERSONS, SEED, VESSELS, load_strata

RATES = (0.0003, 0.001, 0.01)
SHOWN = ("recognisable", "unlike", "arabic", "cyrillic", "han", "other script")
NOT_PERSONS = ("company", "vessel")


def find_threshold(best: Sequence[float], rate: float, floor: float) -> float:
    """Return the score above which at most `rate` of the names are: alert means strictly above."""
    if not best:
        return math.nan
    ranked = sorted(best, reverse=True)
    at = ranked[min(math.floor(rate * len(ranked)), len(ranked) - 1)]
    return at if at > floor else math.nextafter(floor, -math.inf)


def show_share(hits: int, count: int) -> str:
    """Return a share for a table cell."""
    return f"{hits / count:7.1%}" if count else "      -"


def tabulate(
    report: Report, task: Task, outcome: Outcome, rates: Iterable[float], parts: Iterable[str]
) -> None:
    """Print recall per group and part at each rate; thresholds come from the development part."""
    persons = [
        outcome.best[i]
        for i, q in enumerate(task.queries)
        if not q.wanted and q.group not in NOT_PERSONS and q.part == DEVELOPMENT
    ]
    marks = {f"{r:.2%}": find_threshold(persons, r, outcome.floor) for r in rates}
    if outcome.matcher == "amur":
        marks["policy"] = load_policy().names.review_at - 1
    for part in parts:
        for label, mark in marks.items():
            hits: Counter[str] = Counter()
            counts: Counter[str] = Counter()
            for i, q in enumerate(task.queries):
                if q.part == part and q.wanted:
                    counts[q.group] += 1
                    hits[q.group] += outcome.right[i] > mark
            both = ("recognisable", "unlike")
            hits["all aliases"] = sum(hits[g] for g in both)
            counts["all aliases"] = sum(counts[g] for g in both)
            alerts = sum(b > mark for b in persons) / max(len(persons), 1)
            cells = "".join(show_share(hits[g], counts[g]) for g in ("all aliases", *SHOWN))
            low = " (at its floor)" if mark < outcome.floor else ""
            shown = f"{outcome.matcher:10} {part[:4]} {label:>6} {mark:9.3f}"
            report.say(f"{shown} {alerts:8.3%}{cells}{low}")


def say_header(report: Report) -> None:
    """Print the column heads."""
    heads = "".join(
        f"{h:>7}" for h in ("all", "recogn", "unlike", "arabic", "cyril", "han", "other")
    )
    report.say(f"{'matcher':10} part {'at':>6} {'score >':>9} {'alerts':>8}{heads}")


def say_strata(report: Report, task: Task, outcome: Outcome, rates: Iterable[float]) -> None:
    """Print false alerts per stratum at each rate."""
    rows = [(i, q) for i, q in enumerate(task.queries) if not q.wanted]
    persons = [
        outcome.best[i] for i, q in rows if q.group not in NOT_PERSONS and q.part == DEVELOPMENT
    ]
    groups = list(dict.fromkeys(q.group for _, q in rows))
    counts = Counter(q.group for _, q in rows)
    report.say(f"{'alerts':10} {'at':>6} " + "".join(f"{g[:9]:>10}" for g in groups))
    report.say(f"{'':10} {'of':>6} " + "".join(f"{counts[g]:10,}" for g in groups))
    for rate in rates:
        mark = find_threshold(persons, rate, outcome.floor)
        alerts = Counter(q.group for i, q in rows if outcome.best[i] > mark)
        cells = "".join(f"{alerts[g] / counts[g]:10.3%}" for g in groups)
        report.say(f"{outcome.matcher:10} {rate:6.2%} {cells}")


def say_speed(report: Report, task: Task, outcomes: Iterable[Outcome]) -> None:
    """Print CPU time per query."""
    unlisted = sum(not q.wanted for q in task.queries)
    listed = len(task.queries) - unlisted
    for o in outcomes:
        each = o.cpu_unlisted_s / max(unlisted, 1), o.cpu_listed_s / max(listed, 1)
        rates = [f"{1 / s:12,.0f}" if s else f"{'-':>12}" for s in each]
        report.say(f"{o.matcher:10} queries/s of CPU: unlisted {rates[0]}, listed {rates[1]}")


def choose_peers(text: str) -> list[str]:
    """Return the peers named by an option."""
    if text == "all":
        return list(MATCHERS)
    chosen = [name for name in text.split(",") if name]
    if unknown := set(chosen) - set(MATCHERS):
        sys.exit(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(MATCHERS)}")
    return chosen


def run_p(options: argparse.Namespace) -> Report:
    """Run protocol P."""
    report = Report(f"protocol P {options.population}")
    un = load_party_lists(find_data(), ("un-sc",))
    strata = load_strata()
    persons = [t for s, ts in strata.items() if s not in (*NOT_PERSONS, "us") for t in ts]
    unlisted = strata["us"] if options.population == "us" else persons
    task = make_p(un, unlisted, seed=options.seed)
    report.say(f"# {len(task.names)} primary names; {options.population}; queries {task.notes}")
    outcomes = [run_engine(task)]
    outcomes += [run_peer(peer, task) for peer in options.peers]
    say_header(report)
    for outcome in outcomes:
        tabulate(report, task, outcome, RATES[1:], (DEVELOPMENT,))
    say_speed(report, task, outcomes)
    return report


def load_unlisted(options: argparse.Namespace, listed: Iterable[str], count: int) -> list[Query]:
    """Return the unlisted subjects of every stratum, at most `count` of each."""
    strata = load_strata(PERSONS, COMPANIES, VESSELS, SEED)
    return make_unlisted(strata, listed, count=count, seed=options.seed)


def run_q(options: argparse.Namespace) -> Report:
    """Run protocol Q."""
    report = Report("protocol Q")
    parties = load_party_lists(find_data(), FOUR)
    listed = [n.text for p in parties for n in p.names]
    unlisted = load_unlisted(options, listed, options.unlisted)
    task = make_q(parties, unlisted, count=options.queries, seed=options.seed)
    if not options.held_out:
        task.queries = [q for q in task.queries if not q.wanted or q.part == DEVELOPMENT]
    report.say(f"# {task.notes}")
    report.say(f"# asked {sum(bool(q.wanted) for q in task.queries)}, unlisted {len(unlisted)}")
    parts = (DEVELOPMENT, HELD_OUT) if options.held_out else (DEVELOPMENT,)
    small = task
    if options.peers:
        small = Task("Q-peers", task.names, sample_task(task.queries, options))
        report.say(f"# peers: {sum(bool(q.wanted) for q in small.queries)} listed queries sampled")
    say_header(report)
    outcomes = [run_engine(task)]
    tabulate(report, task, outcomes[0], RATES, parts)
    say_strata(report, task, outcomes[0], RATES)
    if options.peers:
        report.say("# the same sample for all:")
        same = [run_engine(small), *(run_peer(peer, small) for peer in options.peers)]
        for outcome in same:
            tabulate(report, small, outcome, RATES, parts)
            say_strata(report, small, outcome, RATES)
        say_speed(report, small, same)
    else:
        say_speed(report, task, outcomes)
    return report


def run_m(options: argparse.Namespace) -> Report:
    """Run the manipulations on corpus M, names one by one, at the default policy and at rates."""
    report = Report("manipulations on M")
    parties = load_party_lists(find_data())
    made = make_manipulated(parties, count=options.per_manipulation, seed=options.seed)
    listed = [n.text for p in parties for n in p.names]
    unlisted = load_unlisted(options, listed, options.unlisted)
    persons = [q for q in unlisted if q.group not in NOT_PERSONS]
    names = [
        ListedName(i, n.text, p.schema, n.quality) for i, p in enumerate(parties) for n in p.names
    ]
    task = Task("manipulated", names, [m.query for m in made], leave_out_equal=False)
    task.queries += sample(persons, options.peer_unlisted, options.seed)
    outcomes = [run_engine(task), *(run_peer(peer, task) for peer in options.peers)]
    groups = list(dict.fromkeys(m.query.group for m in made))
    columns: list[tuple[str, Outcome, float]] = []
    for o in outcomes:
        best = [b for b, q in zip(o.best, task.queries, strict=True) if not q.wanted]
        if o.matcher == "amur":
            columns.append(("policy", o, load_policy().names.review_at - 1))
        columns += [
            (f"{o.matcher[:6]} {r:.2%}", o, find_threshold(best, r, o.floor)) for r in RATES
        ]
    report.say(
        f"{'manipulation':18}{'floor':>6}{'names':>6}" + "".join(f"{c[0]:>14}" for c in columns)
    )
    for group in groups:
        rows = [i for i, q in enumerate(task.queries) if q.group == group and q.wanted]
        floor = "99%" if must_hold(group) else "-"
        cells = "".join(
            f"{sum(o.right[i] > m for i in rows) / len(rows):14.2%}" for _, o, m in columns
        )
        report.say(f"{group:18}{floor:>6}{len(rows):6}{cells}")
    if options.missed:
        for i, m in enumerate(made):
            if must_hold(m.query.group) and not outcomes[0].right[i] > columns[0][2]:
                report.say(f"missed {m.query.group}: {m.query.text!r} was {m.was!r}")
    return report


def run_f(options: argparse.Namespace) -> Report:
    """Run the false alerts of every stratum on corpus M, whole entities, and the evidence rows."""
    report = Report("false alerts on M")
    parties, index = open_medium()
    listed = [n.text for p in parties for n in p.names]
    unlisted = load_unlisted(options, listed, options.unlisted)
    marks = alerts.say_alerts(report, index, unlisted)
    persons = 10_000 if options.quick else 50_000
    alerts.say_evidence(report, index, parties, marks, seed=options.seed, persons=persons)
    return report


def sample_task(queries: Sequence[Query], options: argparse.Namespace) -> list[Query]:
    """Return the queries that slow peers are asked."""
    listed = [q for q in queries if q.wanted]
    persons = [q for q in queries if not q.wanted and q.group not in NOT_PERSONS]
    chosen = sample_groups(listed, options.peer_queries, options.seed)
    return chosen + sample(persons, options.peer_unlisted, options.seed)


def main() -> None:
    """Run one protocol."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("protocol", choices=("P", "Q", "F", "M"))
    parser.add_argument("--quick", action="store_true", help="small samples, no peers")
    parser.add_argument("--peers", default="", help="`all` or names by comma")
    parser.add_argument("--held-out", action="store_true", help="show the held-out part too")
    parser.add_argument("--write", action="store_true", help="write bench/runs/")
    parser.add_argument("--queries", type=int, default=100_000, help="of each group of Q")
    parser.add_argument("--unlisted", type=int, default=20_000, help="unlisted of each stratum")
    parser.add_argument("--peer-queries", type=int, default=1_500)
    parser.add_argument("--peer-unlisted", type=int, default=20_000)
    parser.add_argument("--population", choices=("us", "strata"), default="us", help="of P")
    parser.add_argument("--per-manipulation", type=int, default=500)
    parser.add_argument("--missed", action="store_true", help="show what M missed")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    options.peers = choose_peers(options.peers)
    if options.quick:
        options.queries, options.unlisted = min(options.queries, 2_500), 2_000
    started = time.perf_counter()
    runs = {"P": run_p, "Q": run_q, "F": run_f, "M": run_m}

    report: Report = runs[options.protocol](options)
    report.say(f"# {time.perf_counter() - started:.0f} s")
    if options.write:
        report.write()


if __name__ == "__main__":
    main()
