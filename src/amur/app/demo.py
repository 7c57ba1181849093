"""Use case: the packaged sample, screened as of two days half a year apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from amur.app.evidence import open_evidence
from amur.app.lists import ListStore
from amur.app.payments import read_files
from amur.app.policies import load_policy
from amur.app.screen import Clock, Outcome, Result, open_screening, read_clock
from amur.app.times import choose_times
from amur.evidence.manifest import ListState
from amur.model import Action, Decision, Effect, Verdict

SAMPLE_DAYS: Final = (date(2024, 5, 16), date(2024, 11, 22))
"""The days screened: both lists of a season are published some days before each."""

_SEASONS: Final = (
    ("2024-spring", date(2024, 5, 15), date(2024, 5, 14)),
    ("2024-autumn", date(2024, 11, 21), date(2024, 11, 21)),
)
"""Folder, day from which it was known, and the publication date of the OFAC files, which carry
none."""


@dataclass(frozen=True, slots=True)
class DemoDay:
    """One day of the demo.

    Attributes:
        day: what was in force and known.
        snapshot_id: the evidence.
        lists: the lists it holds.
        results: one per payment, in order of the files.
    """

    day: date
    snapshot_id: str
    lists: tuple[ListState, ...]
    results: tuple[Result, ...]


def find_sample() -> Path:
    """Return the folder of the packaged sample: lists, payments, policy."""
    return Path(str(resources.files("amur") / "data" / "sample"))


def add_sample_lists(home: Path, *, clock: Clock = read_clock) -> ListStore:
    """Bring the sample's publications into force in a home folder; twice does no harm."""
    lists = ListStore(home)
    for season, known_on, ofac_published_on in _SEASONS:
        folder = find_sample() / "lists" / season
        for each in sorted(path for path in folder.iterdir() if path.is_dir()):
            lists.add_list(
                each.name,
                each,
                now=clock(),
                known_at=known_on,
                published_on=ofac_published_on if each.name == "us-ofac-sdn" else None,
            )
    return lists


def run_demo(home: Path, *, clock: Clock = read_clock) -> tuple[DemoDay, ...]:
    """Screen the sample's payments as of each of `SAMPLE_DAYS`.

    Args:
        home: where lists, snapshots and decisions go; it stays for the user to look around.
        clock: the time.
    """
    add_sample_lists(home, clock=clock)
    own = home / "policy.toml"
    if not own.exists():
        # So that whatever is screened in this home folder next is decided in the same way.
        own.write_bytes((find_sample() / "policy.toml").read_bytes())
    policy = load_policy(find_sample() / "policy.toml")
    days = []
    for day in SAMPLE_DAYS:
        times = choose_times(now=clock(), law_at=day)
        evidence = open_evidence(home, times)
        with open_screening(home, policy, times, clock=clock) as run:
            items = read_files([str(find_sample() / "payments")])
            results = tuple(run.run(items, arguments=f"demo {day}"))
        days.append(DemoDay(day, evidence.id, evidence.lists, results))
    return tuple(days)


def find_changes(before: DemoDay, after: DemoDay) -> tuple[tuple[Outcome, Outcome], ...]:
    """Return the payments decided otherwise, or for other reasons, with both outcomes."""
    earlier = {
        (each.source, each.payment.sequence): each
        for each in before.results
        if isinstance(each, Outcome)
    }
    pairs = (
        (earlier.get((each.source, each.payment.sequence)), each)
        for each in after.results
        if isinstance(each, Outcome)
    )
    return tuple(
        (old, new)
        for old, new in pairs
        if old is not None and _sum_up(old.decision) != _sum_up(new.decision)
    )


def _sum_up(decision: Decision) -> tuple[Verdict, Action, frozenset[str]]:
    telling = frozenset(each.code for each in decision.reasons if each.effect is not Effect.INFO)
    return decision.verdict, decision.action, telling
