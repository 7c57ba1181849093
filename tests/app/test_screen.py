"""Screening runs: batches, reuse, context, what is held, and starting again after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amur.app.screen import BATCH, Outcome, ReadItem, Result, ScreeningRun, Tally
from amur.app.times import Times, choose_times
from amur.casework.store import SqliteStore
from amur.limits import PRIORS_MAX
from amur.model import Message, Payment, Unscreened, UnsupportedMessage, Verdict, digest
from amur.policy import parse_policy
from tests.screening.fakes import HARBIN, FakeSnapshot, make_entity, make_party, make_payment

NOW = datetime(2024, 5, 20, 8, 15, tzinfo=UTC)
SPRING = choose_times(now=NOW, law_at=date(2024, 5, 16))


class StoppedError(Exception):
    """Stands for a kill."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "decisions.sqlite") as opened:
        yield opened


def start(
    store: SqliteStore, *, times: Times = SPRING, snapshot_id: str = "snapshot-1"
) -> ScreeningRun:
    evidence = FakeSnapshot([make_entity("1", "Grim Ledger Bank")], id=snapshot_id)
    return ScreeningRun(evidence, parse_policy(HARBIN), times, store, clock=lambda: NOW)


def message(payment: Payment, source: str = "in.xml") -> Message:
    return Message(source, "ab" * 32, payment)


def numbered(number: int, **more: object) -> Payment:
    return replace(make_payment(), message_id=f"M{number}", **more)  # type: ignore[arg-type]


def decide(
    store: SqliteStore, *payments: Payment, snapshot_id: str = "snapshot-1"
) -> list[Outcome]:
    run = start(store, snapshot_id=snapshot_id)
    results = list(run.run(map(message, payments), arguments="test"))
    return [each for each in results if isinstance(each, Outcome)]


def codes(outcome: Outcome) -> set[str]:
    return {reason.code for reason in outcome.decision.reasons}


def test_results_come_in_reading_order_with_what_is_held(store: SqliteStore) -> None:
    broken = Unscreened("b.xml", "00", "not XML", 3, "Document", "MalformedError")
    foreign = UnsupportedMessage("c.xml", "11", "camt.053.001.08")
    items: list[ReadItem] = [
        message(numbered(1), "a.xml"),
        broken,
        foreign,
        message(numbered(2), "d.xml"),
    ]
    run = start(store)
    results = list(run.run(items, arguments="test"))
    assert [each.source for each in results] == ["a.xml", "b.xml", "c.xml", "d.xml"]
    assert results[1:3] == [broken, foreign]
    assert (run.tally.read, run.tally.decided, run.tally.held) == (4, 2, 2)
    assert run.tally.verdicts == {Verdict.CLEAR: 2}
    counts = store.counts()
    assert (counts.decisions, counts.unscreened, counts.unsupported) == (2, 1, 1)
    assert (counts.runs, counts.runs_unfinished) == (1, 0)


def test_a_result_is_durable_before_it_is_answered(store: SqliteStore) -> None:
    run = start(store)
    for result in run.run([message(numbered(n)) for n in range(BATCH + 3)], arguments="test"):
        assert isinstance(result, Outcome)
        assert store.get(result.decision.id).decision == result.decision


def test_a_killed_run_that_is_started_again_decides_only_the_rest(store: SqliteStore) -> None:
    payments = [numbered(n) for n in range(2 * BATCH + 10)]

    def read_until_killed() -> Iterator[ReadItem]:
        yield from map(message, payments[: BATCH + 5])
        raise StoppedError

    first: list[Result] = []
    run = start(store).run(read_until_killed(), arguments="killed")
    with pytest.raises(StoppedError):
        first.extend(run)
    assert len(first) == BATCH
    assert store.counts().runs_unfinished == 1
    again = decide(store, *payments)
    assert [each.reused for each in again] == [True] * BATCH + [False] * (BATCH + 10)
    assert [each.decision for each in again[:BATCH]] == [
        each.decision for each in first if isinstance(each, Outcome)
    ]
    assert [s.payment for s in store.iterate()] == payments
    fresh = decide(store, *payments)
    assert all(each.reused for each in fresh)


def test_live_times_of_one_hour_are_one_question(store: SqliteStore) -> None:
    early, late = (choose_times(now=NOW.replace(minute=m)) for m in (1, 59))
    list(start(store, times=early).run([message(numbered(1))], arguments="test"))
    (again,) = start(store, times=late).run([message(numbered(1))], arguments="test")
    assert isinstance(again, Outcome)
    assert again.reused
    next_hour = choose_times(now=NOW.replace(hour=9))
    (other,) = start(store, times=next_hour).run([message(numbered(1))], arguments="test")
    assert isinstance(other, Outcome)
    assert not other.reused


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "in two runs"])
def test_a_reused_identification_is_seen(store: SqliteStore, together: bool) -> None:
    one, two, three = (
        replace(make_payment(), texts=(), value_date=date(2024, 5, day)) for day in (1, 2, 3)
    )
    if together:
        first, second, third = decide(store, one, two, three)
    else:
        ((first,), (second,), (third,)) = (decide(store, each) for each in (one, two, three))
    assert "ID_REUSED" not in codes(first)
    assert first.decision.verdict is Verdict.CLEAR
    assert second.decision.verdict is Verdict.REVIEW
    assert [prior.decision_id for prior in second.decision.context] == [first.decision.id]
    assert [prior.decision_id for prior in third.decision.context] == [
        first.decision.id,
        second.decision.id,
    ]


def test_both_ways_of_arriving_give_the_same_decisions(tmp_path: Path) -> None:
    payments = [replace(make_payment(), value_date=date(2024, 5, day)) for day in (1, 2, 3)]
    with SqliteStore(tmp_path / "a.sqlite") as store:
        together = [each.decision for each in decide(store, *payments)]
    with SqliteStore(tmp_path / "b.sqlite") as store:
        apart = [decide(store, each)[0].decision for each in payments]
    assert together == apart


def test_the_first_payment_never_turns_into_a_reuse(store: SqliteStore) -> None:
    one = replace(make_payment(), value_date=date(2024, 5, 1))
    two = replace(make_payment(), value_date=date(2024, 5, 2))
    decide(store, one, two)
    again = decide(store, two, one, snapshot_id="snapshot-2")
    assert [("ID_REUSED" in codes(each)) for each in again] == [True, False]


def test_the_same_payment_again_is_no_reuse(store: SqliteStore) -> None:
    first, second = decide(store, numbered(1), numbered(1))
    assert first.decision == second.decision
    assert "ID_REUSED" not in codes(second)
    assert store.counts().decisions == 1
    assert len(store.receipts(first.decision.id)) == 2


def test_payments_without_any_identification_do_not_meet(store: SqliteStore) -> None:
    plain = replace(make_payment(), message_id="")
    first, second = decide(store, plain, replace(plain, value_date=date(2024, 5, 2)))
    assert "ID_REUSED" not in codes(first) | codes(second)


def test_an_identification_used_for_ever_cites_a_limited_number(store: SqliteStore) -> None:
    payments = [replace(make_payment(), instruction_id="", uetr=str(n)) for n in range(15)]
    outcomes = decide(store, *payments)
    assert len({digest(payment) for payment in payments}) == 15
    assert [len(each.decision.context) for each in outcomes] == [
        min(n, PRIORS_MAX) for n in range(15)
    ]


def test_a_listed_party_is_stopped(store: SqliteStore) -> None:
    (outcome,) = decide(
        store, make_payment(creditor=make_party(make_payment().parties[1].role, "Grim Ledger Bank"))
    )
    assert outcome.decision.verdict is not Verdict.CLEAR
    assert "NAME_HIT" in codes(outcome)


def test_a_tally_counts_by_name() -> None:
    tally = Tally()
    tally.add(UnsupportedMessage("x", "00", "MT999"))
    assert tally.counts() == {
        "read": 1,
        "decided": 0,
        "reused": 0,
        "unscreened": 0,
        "unsupported": 1,
        "CLEAR": 0,
        "REVIEW": 0,
        "STOP": 0,
    }
