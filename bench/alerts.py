"""False alerts over whole entities, stratum by stratum, with and without further evidence."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from amur.app.policies import load_policy
from amur.engine import Index, Subject
from amur.intake.countries import find_country
from bench.corpora import read_negatives
from bench.loaders import Party
from bench.protocols import Query
from bench.reports import Report

RATES = (0.0003, 0.001, 0.01)
GOAL = RATES[0]
NOTHING = -(10**9)
CHUNK = 2_000
NOT_PERSONS = ("company", "vessel")


def find_best(index: Index, subjects: Sequence[Subject]) -> list[int]:
    """Return the best score of each subject, milli."""
    floor = max(index.lowest_threshold, min(load_policy().names.review_at, 0))
    best: list[int] = []
    for start in range(0, len(subjects), CHUNK):
        found = index.match(subjects[start : start + CHUNK], at_least=floor)
        best += [matches[0].milli if matches else NOTHING for matches in found]
    return best


def find_mark(best: Iterable[int], rate: float) -> int:
    """Return the lowest threshold at which at most `rate` of the scores alert (at or above)."""
    ranked = sorted(best, reverse=True)
    return ranked[int(rate * len(ranked))] + 1


def say_alerts(report: Report, index: Index, unlisted: Sequence[Query]) -> dict[str, int]:
    """Print alerts per stratum, asked as an unknown kind (as payments are); return thresholds."""
    best = find_best(index, [Subject(q.text) for q in unlisted])
    groups = list(dict.fromkeys(q.group for q in unlisted))
    persons = [b for b, q in zip(best, unlisted, strict=True) if q.group not in NOT_PERSONS]
    marks = {f"{r:.2%}": max(find_mark(persons, r), index.lowest_threshold) for r in RATES}
    marks["policy"] = load_policy().names.review_at
    counts = Counter(q.group for q in unlisted)
    report.say(f"{'at':>7} {'milli':>6} {'persons':>9}" + "".join(f"{g[:9]:>10}" for g in groups))
    report.say(f"{'of':>7} {'':6} {len(persons):9,}" + "".join(f"{counts[g]:10,}" for g in groups))
    for label, mark in marks.items():
        hits = Counter(q.group for b, q in zip(best, unlisted, strict=True) if b >= mark)
        cells = "".join(f"{hits[g] / counts[g]:10.3%}" for g in groups)
        share = sum(b >= mark for b in persons) / len(persons)
        report.say(f"{label:>7} {mark:6} {share:9.3%}{cells}")
    worst = max(
        (sum(b >= marks["policy"] for b, q in zip(best, unlisted, strict=True) if q.group == g))
        / counts[g]
        for g in groups
    )
    report.say(f"worst stratum at the policy: {worst:.3%} = {worst / GOAL:.1f} times the goal")
    return marks


def shift_year(day: date, years: int) -> date:
    """Return the day `years` later; 28 February for a day that the year lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


Change = Callable[[date], date | None]


def say_evidence(
    report: Report,
    index: Index,
    parties: Sequence[Party],
    marks: dict[str, int],
    *,
    seed: int,
    persons: int,
) -> None:
    """Print alerts of unlisted persons with date and nationality, and what evidence loses."""
    rows = [
        (Subject(r["full_name"], "person"), r["date_of_birth"], find_country(r["nationality"]))
        for r in read_negatives()[:persons]
    ]
    plain = find_best(index, [s for s, _, _ in rows])
    told = find_best(
        index,
        [
            replace(s, births=((date.fromisoformat(b), date.fromisoformat(b)),), countries=(c,))
            if b and c
            else s
            for s, b, c in rows
        ],
    )
    for label, mark in marks.items():
        share = [sum(b >= mark for b in best) / len(best) for best in (plain, told)]
        report.say(
            f"us, at {label:>6}: name alone {share[0]:.4%}, with date, nation {share[1]:.4%}"
        )
    chance = random.Random(seed)
    listed = [
        (i, p)
        for i, p in enumerate(parties)
        if p.schema == "person" and any(a and a == b for a, b in p.births)
    ]
    listed = chance.sample(listed, min(2_000, len(listed)))
    days = {i: next(a for a, b in p.births if a and a == b) for i, p in listed}
    kinds: dict[str, Change] = {
        "no date": lambda _: None,
        "exact": lambda d: d,
        "year off by one": lambda d: shift_year(d, chance.choice((-1, 1))),
        "day, month swapped": lambda d: d.replace(day=d.month, month=d.day) if d.day < 13 else d,
        "decade off": lambda d: shift_year(d, chance.choice((-10, 10))),
        "30 years off": lambda d: shift_year(d, -30),
    }
    for kind, change in kinds.items():
        subjects = []
        for i, party in listed:
            day = change(days[i])
            births = ((day, day),) if day else ()
            subjects.append(Subject(party.names[0].text, "person", births))
        cells = []
        for label, mark in marks.items():
            found = index.match(subjects, at_least=mark)
            hits = sum(
                any(m.entity == i for m in ms) for (i, _), ms in zip(listed, found, strict=True)
            )
            cells.append(f"{label} {hits / len(listed):7.2%}")
        report.say(f"listed, own name, date {kind:18} found at {', '.join(cells)}")
