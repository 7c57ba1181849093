"""The SQLite store: what goes in comes out, once, in order, and errors say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.casework.store import DecisionStore, Mode, SqliteStore, Surroundings
from amur.casework.store.migrations import MIGRATIONS
from amur.errors import StoreError
from amur.limits import PRIORS_MAX
from amur.model import (
    Decision,
    PriorPayment,
    Unscreened,
    UnsupportedMessage,
    Verdict,
    canonical,
    digest,
)
from tests.casework.samples import HERE, make_arrival, make_decision, make_payment

NOW = datetime(2024, 5, 16, 10, 30, 5, 250, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "home" / "decisions.sqlite") as opened:
        yield opened


def put(
    store: SqliteStore, *numbers: int, where: Surroundings = HERE, verdict: Verdict = Verdict.CLEAR
) -> tuple[Decision, ...]:
    run = store.start_run(arguments="test", at=NOW)
    payments = [make_payment(number) for number in numbers]
    return store.append(
        run,
        [make_arrival(p, make_decision(p, where=where, verdict=verdict)) for p in payments],
        mode=Mode.LIVE,
        at=NOW,
    )


def test_is_a_decision_store(store: SqliteStore) -> None:
    as_protocol: DecisionStore = store
    assert as_protocol.counts().decisions == 0


def test_a_stored_decision_comes_back_whole(store: SqliteStore) -> None:
    payment = make_payment(1)
    decision = make_decision(payment, verdict=Verdict.STOP)
    run = store.start_run(arguments="screen in.xml", at=NOW)
    assert store.append(run, [make_arrival(payment, decision)], mode=Mode.LOOKBACK, at=NOW) == (
        decision,
    )
    stored = store.get(decision.id)
    assert (stored.decision, stored.payment) == (decision, payment)
    assert canonical(stored.decision) == canonical(decision)
    assert (stored.seq, stored.mode, stored.decided_at) == (1, Mode.LOOKBACK, NOW)
    assert (stored.source, stored.message_sha256) == ("in.xml", "ab" * 32)


def test_the_file_is_a_write_ahead_log_with_full_sync(store: SqliteStore) -> None:
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_what_stands_is_found_and_nothing_else(store: SqliteStore) -> None:
    first, second = put(store, 1, 2)
    wanted = [first.key.subject_sha256, second.key.subject_sha256, digest(make_payment(3))]
    assert store.find_decided(wanted, surroundings=HERE) == {wanted[0]: first, wanted[1]: second}
    assert store.find_decided([], surroundings=HERE) == {}


@pytest.mark.parametrize("part", Surroundings.__dataclass_fields__)
def test_other_surroundings_are_another_question(store: SqliteStore, part: str) -> None:
    (decision,) = put(store, 1)
    values = {name: getattr(HERE, name) for name in Surroundings.__dataclass_fields__}
    other = Surroundings(**{**values, part: values[part] + "x"})
    subject = decision.key.subject_sha256
    assert store.find_decided([subject], surroundings=HERE) == {subject: decision}
    assert store.find_decided([subject], surroundings=other) == {}
    put(store, 1, where=other)
    assert store.counts().decisions == 2


def test_more_subjects_than_one_statement_takes(store: SqliteStore) -> None:
    decisions = put(store, *range(1203))
    found = store.find_decided([d.key.subject_sha256 for d in decisions], surroundings=HERE)
    assert found == {d.key.subject_sha256: d for d in decisions}


def test_the_same_question_with_another_context_keeps_the_first_answer(store: SqliteStore) -> None:
    (first,) = put(store, 1)
    payment = make_payment(1)
    later = make_decision(payment, context=(PriorPayment("same_identification", "s", "d"),))
    assert later.id != first.id
    run = store.start_run(arguments="again", at=NOW)
    again = store.append(
        run, [make_arrival(payment, later, source="copy.xml")], mode=Mode.LIVE, at=NOW
    )
    assert again == (first,)
    assert [r.source for r in store.receipts(first.id)] == ["in.xml", "copy.xml"]
    assert store.counts().decisions == 1
    with pytest.raises(StoreError, match="no decision begins"):
        store.get(later.id)


def test_the_same_payment_twice_in_a_batch_is_one_decision_and_two_receipts(
    store: SqliteStore,
) -> None:
    first, second = put(store, 1, 1)
    assert first == second
    assert store.counts().decisions == 1
    assert len(store.receipts(first.id)) == 2


def test_priors_are_the_other_subjects_with_the_same_identification(store: SqliteStore) -> None:
    run = store.start_run(arguments="test", at=NOW)
    payments = [make_payment(1, amount=a, message="SAME") for a in (100, 200, 300)]
    other = make_payment(1, message="OTHER")
    for payment in (*payments, other):
        store.append(run, [make_arrival(payment)], mode=Mode.LIVE, at=NOW)
    put(store, 1, where=Surroundings("snap-2", "p", "e", "2024-06-01", "2024-06-01"))
    found = store.find_priors([payments[0].identification, "nothing|has|this"])
    assert list(found) == [payments[0].identification]
    held = found[payments[0].identification]
    assert [e.subject_sha256 for e in held] == [digest(p) for p in payments]
    assert [e.decision_id for e in held] == [make_decision(p).id for p in payments]
    assert [e.seq for e in held] == [1, 2, 3]


def test_a_subject_decided_twice_is_one_prior_with_its_first_decision(store: SqliteStore) -> None:
    (first,) = put(store, 1)
    put(store, 1, where=Surroundings("snap-2", "p", "e", "2024-06-01", "2024-06-01"))
    (held,) = store.find_priors([make_payment(1).identification]).values()
    assert [(e.decision_id, e.seq) for e in held] == [(first.id, 1)]


def test_priors_are_limited(store: SqliteStore) -> None:
    run = store.start_run(arguments="test", at=NOW)
    payments = [make_payment(1, amount=a, message="SAME") for a in range(PRIORS_MAX + 5)]
    store.append(run, [make_arrival(p) for p in payments], mode=Mode.LIVE, at=NOW)
    (held,) = store.find_priors([payments[0].identification]).values()
    assert [e.seq for e in held] == list(range(1, PRIORS_MAX + 1))


def test_an_id_is_found_by_its_unique_beginning(store: SqliteStore) -> None:
    (decision,) = put(store, 1)
    assert store.get(decision.id[:8].upper()).decision == decision


def test_a_beginning_that_two_share_is_refused(store: SqliteStore) -> None:
    run = store.start_run(arguments="test", at=NOW)
    for number, decision_id in enumerate(("abcd1" + "0" * 59, "abcd2" + "0" * 59)):
        payment = make_payment(number)
        plain = make_decision(payment)
        forced = Decision(decision_id, plain.key, plain.verdict, plain.action, plain.reasons)
        store.append(run, [make_arrival(payment, forced)], mode=Mode.LIVE, at=NOW)
    with pytest.raises(StoreError, match=r"several decisions.*Give more digits"):
        store.get("abcd")
    assert store.get("abcd2").seq == 2


@pytest.mark.parametrize("wrong", ["", "abc", "ab%d", "abcg", "____"])
def test_what_is_no_id_is_refused(store: SqliteStore, wrong: str) -> None:
    with pytest.raises(StoreError, match="hexadecimal"):
        store.get(wrong)


def test_iterating_crosses_pages_and_filters(store: SqliteStore) -> None:
    put(store, *range(450))
    put(store, 1000, verdict=Verdict.STOP)
    assert [s.seq for s in store.iterate()] == list(range(1, 452))
    assert [s.seq for s in store.iterate(verdict=Verdict.STOP)] == [451]
    assert list(store.iterate(verdict=Verdict.REVIEW)) == []


def test_counts(store: SqliteStore) -> None:
    put(store, 1, 2)
    put(store, 2, 3, verdict=Verdict.STOP)
    run = store.start_run(arguments="test", at=NOW)
    store.append(
        run,
        [],
        mode=Mode.LIVE,
        at=NOW,
        unscreened=[Unscreened("x.xml", "00", "not XML", 3, "Document", "MalformedError", "")],
        unsupported=[UnsupportedMessage("y.xml", "11", "camt.053.001.08")],
    )
    store.finish_run(run, counts={"read": 2}, at=NOW + timedelta(seconds=1))
    counts = store.counts()
    assert (counts.decisions, counts.receipts) == (3, 4)
    assert counts.verdicts == {Verdict.CLEAR: 2, Verdict.REVIEW: 0, Verdict.STOP: 1}
    assert (counts.unscreened, counts.unsupported) == (1, 1)
    assert (counts.runs, counts.runs_unfinished) == (3, 2)
    row = store._db.execute("SELECT source, line, field, error, run_id FROM unscreened").fetchone()
    assert row == ("x.xml", 3, "Document", "MalformedError", run)


def test_a_run_ends_once(store: SqliteStore) -> None:
    run = store.start_run(arguments="test", at=NOW)
    store.finish_run(run, counts={}, at=NOW)
    for wrong in (run, "no such run"):
        with pytest.raises(StoreError, match="no unfinished run"):
            store.finish_run(wrong, counts={}, at=NOW)


def test_a_batch_of_an_unknown_run_leaves_nothing(store: SqliteStore) -> None:
    with pytest.raises(StoreError, match="no run"):
        store.append("nobody", [make_arrival(make_payment(1))], mode=Mode.LIVE, at=NOW)
    assert store.counts().decisions == 0


def test_a_batch_that_fails_in_the_middle_leaves_nothing(store: SqliteStore) -> None:
    run = store.start_run(arguments="test", at=NOW)
    nothing: Any = None
    broken = Unscreened("x", "00", nothing)
    with pytest.raises(StoreError):
        store.append(
            run, [make_arrival(make_payment(1))], mode=Mode.LIVE, at=NOW, unscreened=[broken]
        )
    assert store.counts().decisions == 0
    put(store, 2)
    assert [s.seq for s in store.iterate()] == [1]


def test_an_instant_without_zone_is_refused(store: SqliteStore) -> None:
    with pytest.raises(StoreError, match="time zone"):
        store.start_run(arguments="test", at=NOW.replace(tzinfo=None))


def test_what_was_stored_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    with SqliteStore(path) as store:
        (first,) = put(store, 1)
    with SqliteStore(path, must_exist=True) as store:
        assert store.get(first.id).seq == 1
        put(store, 2)
        assert [s.seq for s in store.iterate()] == [1, 2]


def test_two_processes_worth_of_writers_share_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    with SqliteStore(path) as one, SqliteStore(path) as two:
        for number in range(10):
            put(one if number % 2 else two, number)
        assert [s.seq for s in one.iterate()] == list(range(1, 11))


def test_a_missing_store_is_not_created_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "none" / "d.sqlite"
    with pytest.raises(StoreError, match="Screen something first"):
        SqliteStore(path, must_exist=True)
    assert not path.parent.exists()


def test_other_files_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_bytes(b"this is no database at all, but long enough to look at" * 40)
    with pytest.raises(StoreError, match=r"damaged or no store"):
        SqliteStore(text)
    foreign = tmp_path / "foreign.sqlite"
    other = sqlite3.connect(foreign)
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreError, match="not a store of decisions"):
        SqliteStore(foreign)


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    SqliteStore(path).close()
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    with pytest.raises(StoreError, match="newer build"):
        SqliteStore(path)


@given(batches=st.lists(st.lists(st.integers(0, 6), max_size=5), max_size=6))
def test_every_payment_is_decided_once_whatever_the_batches(batches: list[list[int]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "d.sqlite") as store:
        for batch in batches:
            put(store, *batch)
        distinct = list(dict.fromkeys(number for batch in batches for number in batch))
        stored = list(store.iterate())
        assert [s.payment for s in stored] == [make_payment(n) for n in distinct]
        assert [s.seq for s in stored] == list(range(1, len(distinct) + 1))
        assert store.counts().receipts == sum(map(len, batches))
