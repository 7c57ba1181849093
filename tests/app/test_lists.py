from __future__ import annotations

import fcntl
import gzip
import shutil
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from amur.app.list_journal import Event
from amur.app.lists import ListStore, Override
from amur.errors import ActivationError, InputError, SnapshotError
from amur.evidence import storage
from amur.evidence.snapshot import Snapshot
from amur.model import ForceStatus
from tests.app.text_lists import make_store, write_list

NOW = datetime(2024, 12, 1, 9, 30, tzinfo=UTC)
SPRING, AUTUMN = date(2024, 5, 16), date(2024, 11, 22)
TEN = [f"{number}|Organisation {number}" for number in range(10)]


def ids(snapshot: Snapshot) -> list[str]:
    return [snapshot.entity(each).source.record_id for each in range(len(snapshot))]


def test_a_first_list_comes_into_force(tmp_path: Path) -> None:
    store = make_store(tmp_path / "home")
    path = write_list(tmp_path / "a", "2024-05-13", "1|Alpha Bank", "2|Beta Works")
    made = store.add_list("un-sc", path, now=NOW)
    assert made.live
    assert not made.unchanged
    assert made.previous is None
    assert [(each.record_id, each.name) for each in made.added] == [
        ("1", "Alpha Bank"),
        ("2", "Beta Works"),
    ]
    assert (made.removed, made.changed, made.overridden, made.notes) == ((), (), (), ())
    snapshot = store.open_snapshot()
    assert snapshot.id == made.snapshot_id == (tmp_path / "home" / "current").read_text().strip()
    assert snapshot.known_at == NOW
    assert ids(snapshot) == ["1", "2"]
    (entry,) = store.journal()
    assert (entry.event, entry.added, entry.at, entry.override) == (Event.ACTIVATION, 2, NOW, None)
    assert "Alpha" not in (tmp_path / "home" / "journal.jsonl").read_text()


def test_a_later_publication_adds_removes_and_changes(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", *TEN), now=NOW)
    later = [*TEN[1:9], "9|Organisation Nine", "10|Organisation 10"]
    made = store.add_list("un-sc", write_list(tmp_path / "b", "2024-11-20", *later), now=NOW)
    assert [each.record_id for each in made.added] == ["10"]
    assert [each.record_id for each in made.removed] == ["0"]
    assert [each.record_id for each in made.changed] == ["9"]
    assert made.previous is not None
    assert made.previous.published_on == date(2024, 5, 13)
    snapshot = store.open_snapshot()
    ordinal = snapshot.find("un-sc", "0")
    assert ordinal is not None
    assert snapshot.span(ordinal).status(date(2024, 11, 20)) is ForceStatus.ENDED
    assert (snapshot.lists[0].in_force, snapshot.lists[0].ended) == (10, 1)


def test_old_snapshots_stay_and_two_lists_stand_side_by_side(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    first = store.add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", "1|A"), now=NOW)
    store.add_list(
        "us-ofac-sdn", write_list(tmp_path / "b", "2024-05-14", "1|B"), now=NOW + timedelta(hours=1)
    )
    assert [each.list_id for each in store.open_snapshot().lists] == ["un-sc", "us-ofac-sdn"]
    Snapshot.open(tmp_path / "snapshots" / first.snapshot_id).verify()
    assert [each.list_id for each in store.open_snapshot(NOW).lists] == ["un-sc"]


def test_backfill_of_an_older_time(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    autumn = write_list(tmp_path / "autumn", "2024-11-20", "1|A", "2|B")
    spring = write_list(tmp_path / "spring", "2024-05-13", "1|A", "3|C")
    first = store.add_list("un-sc", autumn, now=NOW, known_at=AUTUMN)
    made = store.add_list("un-sc", spring, now=NOW, known_at=SPRING)
    assert not made.live
    assert made.previous is None
    assert ids(store.open_snapshot(SPRING)) == ["1", "3"]
    # The later snapshot is built anew: it knows now when 2 and 3 came and went.
    live = store.open_snapshot()
    assert live.id == store.open_snapshot(AUTUMN).id != first.snapshot_id
    assert ids(live) == ["1", "2", "3"]
    assert live.span(1).from_earliest == date(2024, 5, 14)
    assert live.span(2).until_latest == date(2024, 11, 20)
    assert live.known_at == datetime(2024, 11, 22, 23, 59, 59, tzinfo=UTC)
    assert (tmp_path / "snapshots" / first.snapshot_id).is_dir()
    # In the other order the result is the same, byte for byte: the id says so.
    other = make_store(tmp_path / "other")
    other.add_list("un-sc", spring, now=NOW, known_at=SPRING)
    other.add_list("un-sc", autumn, now=NOW, known_at=AUTUMN)
    assert other.open_snapshot().id == live.id
    assert other.open_snapshot(SPRING).id == store.open_snapshot(SPRING).id


def test_lookback_takes_the_newest_that_knows_nothing_later(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add_list(
        "un-sc", write_list(tmp_path / "a", "2024-05-13", "1|A"), now=NOW, known_at=SPRING
    )
    store.add_list(
        "un-sc",
        write_list(tmp_path / "b", "2024-11-20", "1|A", "2|B"),
        now=NOW,
        known_at=datetime(2024, 11, 22, 8, 0, tzinfo=UTC),
    )
    assert ids(store.open_snapshot(datetime(2024, 11, 22, 7, 59, 59, tzinfo=UTC))) == ["1"]
    assert ids(store.open_snapshot(datetime(2024, 11, 22, 8, 0, tzinfo=UTC))) == ["1", "2"]
    assert ids(store.open_snapshot(SPRING)) == ["1"]
    with pytest.raises(SnapshotError, match="the first is of 2024-05-16T23:59:59Z"):
        store.open_snapshot(SPRING - timedelta(days=1))


def test_the_same_content_again_changes_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = write_list(tmp_path / "a", "2024-05-13", "1|A")
    first = store.add_list("un-sc", path, now=NOW)
    again = store.add_list("un-sc", path, now=NOW + timedelta(days=1))
    assert again.unchanged
    assert again.snapshot_id == first.snapshot_id
    assert "same content" in again.notes[0]
    assert len(store.journal()) == 1
    # Known earlier than recorded is news.
    earlier = store.add_list("un-sc", path, now=NOW, known_at=SPRING)
    assert not earlier.unchanged
    assert ids(store.open_snapshot(SPRING)) == ["1"]
    assert store.open_snapshot().known_at == NOW
    assert store.open_snapshot().publications[0].known_at == earlier.publication.known_at


@pytest.mark.parametrize(
    ("records", "cause"),
    [
        ([*TEN, "!10"], "record 10"),
        (["!"], "holds no entity"),
        (TEN[:8], "2000 basis points"),
        ([*TEN, TEN[0]], "stand more than once"),
    ],
)
def test_a_refused_publication_leaves_the_last_good_one(
    tmp_path: Path, records: list[str], cause: str
) -> None:
    store = make_store(tmp_path)
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", *TEN), now=NOW)
    before = store.open_snapshot().id
    bad = write_list(tmp_path / "b", "2024-11-20", *records)
    with pytest.raises(ActivationError, match=cause) as caught:
        store.add_list("un-sc", bad, now=NOW + timedelta(days=1))
    assert caught.value.list_id == "un-sc"
    assert store.open_snapshot().id == before
    refusal = store.journal()[-1]
    assert (refusal.event, refusal.causes) == (Event.REFUSAL, caught.value.causes)
    assert refusal.path == str(bad)
    assert refusal.snapshots == ()
    # What was refused takes no part in what comes later.
    good = write_list(tmp_path / "c", "2024-11-21", *TEN, "77|Late")
    made = store.add_list("un-sc", good, now=NOW + timedelta(days=2))
    assert [each.record_id for each in made.added] == ["77"]
    assert len(store.open_snapshot().publications) == 2


def test_an_older_publication_is_refused_unless_it_was_known_then(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-11-20", "1|A"), now=NOW)
    spring = write_list(tmp_path / "b", "2024-05-13", "1|A")
    with pytest.raises(ActivationError, match="It is older"):
        store.add_list("un-sc", spring, now=NOW)
    assert store.add_list("un-sc", spring, now=NOW, known_at=SPRING).overridden == ()


def test_an_override_is_on_record(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", *TEN), now=NOW)
    path = write_list(tmp_path / "b", "2024-11-20", *TEN[:5], "!9")
    override = Override("W. Chen", "The publisher confirmed the removal of four names.")
    made = store.add_list("un-sc", path, now=NOW + timedelta(days=1), override=override)
    assert len(made.overridden) == 2
    assert [each.record_id for each in made.removed] == ["5", "6", "7", "8"]
    entry = store.journal()[-1]
    assert (entry.event, entry.override, entry.causes, entry.at) == (
        Event.OVERRIDE,
        override,
        made.overridden,
        NOW + timedelta(days=1),
    )
    # The record that could not be read did not go.
    snapshot = store.open_snapshot()
    ordinal = snapshot.find("un-sc", "9")
    assert ordinal is not None
    assert snapshot.span(ordinal).until_latest is None
    assert snapshot.publications[-1].rejected == 1


def test_an_override_that_is_not_needed_is_not_recorded_as_one(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    made = store.add_list(
        "un-sc",
        write_list(tmp_path / "a", "2024-05-13", "1|A"),
        now=NOW,
        override=Override("W. Chen", "To be safe."),
    )
    assert "not needed" in made.notes[0]
    assert (store.journal()[0].event, store.journal()[0].override) == (Event.ACTIVATION, None)


@pytest.mark.parametrize(("author", "reason"), [("", "why"), ("who", " ")])
def test_an_override_needs_an_author_and_a_reason(author: str, reason: str) -> None:
    with pytest.raises(InputError, match="author and a reason"):
        Override(author, reason)


def test_a_file_that_cannot_be_read_is_refused_even_with_an_override(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = write_list(tmp_path / "a", "broken")
    with pytest.raises(ActivationError, match="a, line 1: not a list"):
        store.add_list("un-sc", path, now=NOW, override=Override("W. Chen", "Whatever."))
    assert store.journal()[0].event is Event.REFUSAL
    with pytest.raises(SnapshotError, match="no list is in force"):
        store.open_snapshot()


def test_times_and_paths_that_make_no_sense(tmp_path: Path) -> None:
    store = make_store(tmp_path / "home")
    path = write_list(tmp_path / "a", "2024-05-13", "1|A")
    with pytest.raises(InputError, match="future"):
        store.add_list("un-sc", path, now=NOW, known_at=NOW + timedelta(days=1))
    with pytest.raises(InputError, match="no zone"):
        store.add_list("un-sc", path, now=datetime(2024, 12, 1))
    with pytest.raises(InputError, match="no such list"):
        store.add_list("../un-sc", path, now=NOW)
    with pytest.raises(InputError, match="no such file"):
        store.add_list("un-sc", tmp_path / "none", now=NOW)
    assert not (tmp_path / "home").exists()
    assert store.add_list("un-sc", path, now=NOW, known_at=NOW.date()).live


def test_status_names_what_is_missing_or_stale(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    ages = {"un-sc": 7}
    status = {each.list_id: each for each in store.list_status(on=AUTUMN, max_age_days=ages)}
    assert status["un-sc"].state is None
    assert status["un-sc"].stale
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-11-20", "1|A"), now=NOW)
    (un,) = (
        each
        for each in store.list_status(on=date(2024, 11, 27), max_age_days=ages)
        if each.list_id == "un-sc"
    )
    assert (un.age_days, un.stale) == (7, False)
    (un,) = (
        each
        for each in store.list_status(on=date(2024, 11, 28), max_age_days=ages)
        if each.list_id == "un-sc"
    )
    assert (un.age_days, un.stale) == (8, True)


def test_rebuild_makes_the_same_snapshots_from_what_is_kept(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with pytest.raises(SnapshotError, match="no list is in force"):
        store.rebuild(now=NOW)
    for name, day, known_at in (("a", "2024-05-13", SPRING), ("b", "2024-11-20", AUTUMN)):
        store.add_list(
            "un-sc",
            write_list(tmp_path / name, day, "1|A", f"{name}|B"),
            now=NOW,
            known_at=known_at,
            override=Override("W. Chen", "Small test lists."),
        )
    before = [store.open_snapshot(each).id for each in (SPRING, AUTUMN)]
    shutil.rmtree(tmp_path / "snapshots")
    marks = store.rebuild(now=NOW)
    assert [each.id for each in marks] == before
    assert store.open_snapshot().id == before[-1]
    assert store.journal()[-1].event is Event.REBUILD


def test_new_tables_give_new_snapshots(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", "1|A"), now=NOW)
    before = store.open_snapshot().id
    marks = ListStore(tmp_path, tables={"t": b"a\n1\n"}).rebuild(now=NOW)
    live = store.open_snapshot()
    assert live.id == marks[0].id != before
    assert live.table("t") == ({"a": "1"},)


def test_a_journal_with_a_bad_line_is_not_guessed_at(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = write_list(tmp_path / "a", "2024-05-13", "1|A")
    store.add_list("un-sc", path, now=NOW)
    with (tmp_path / "journal.jsonl").open("ab") as journal:
        journal.write(b"not json\n")
    with pytest.raises(SnapshotError, match=r"journal.jsonl, line 2"):
        store.add_list("un-sc", path, now=NOW)
    with pytest.raises(SnapshotError, match="Restore the journal"):
        store.open_snapshot(SPRING)


def test_a_change_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append = storage.append_line
    tried = []

    def append_and_try(path: Path, line: bytes) -> None:
        with (tmp_path / "lists.lock").open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tried.append(path)
        append(path, line)

    monkeypatch.setattr(storage, "append_line", append_and_try)
    make_store(tmp_path).add_list("un-sc", write_list(tmp_path / "a", "2024-05-13", "1|A"), now=NOW)
    assert len(tried) == 1
    with (tmp_path / "lists.lock").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- real lists ----------------------------------------------------------------------------------


def test_the_real_lists_open_in_milliseconds(tmp_path: Path, corpora: Path) -> None:
    store = ListStore(tmp_path / "home")
    sdn = corpora / "us-ofac-legacy-csv" / "commit-2021-07-07-full"
    store.add_list("us-ofac-sdn", sdn, now=NOW, published_on=date(2021, 7, 7))
    un = corpora / "un-sc-consolidated"
    for name in ("UN_consolidated_2025-04-19.xml", "UN_consolidated_2025-11-20.xml"):
        store.add_list(
            "un-sc", unpack(un / f"{name}.gz", tmp_path), now=datetime(2025, 12, 1, tzinfo=UTC)
        )
    live = store.open_snapshot()
    counts = {each.list_id: (each.in_force, each.ended) for each in live.lists}
    assert counts == {"un-sc": (1000, 9), "us-ofac-sdn": (8976, 0)}
    live.verify()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        store.open_snapshot()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


def test_the_broken_un_file_leaves_the_earlier_one(tmp_path: Path, corpora: Path) -> None:
    store = ListStore(tmp_path / "home")
    un = corpora / "un-sc-consolidated"
    good = unpack(un / "UN_consolidated_2025-04-19.xml.gz", tmp_path)
    made = store.add_list("un-sc", good, now=datetime(2025, 4, 20, tzinfo=UTC))
    broken = unpack(un / "UN_consolidated_2025-08-16.xml.gz", tmp_path)
    with pytest.raises(ActivationError, match="line 53"):
        store.add_list("un-sc", broken, now=datetime(2025, 8, 17, tzinfo=UTC))
    live = store.open_snapshot()
    assert live.id == made.snapshot_id
    assert len(live) == 877
    assert store.journal()[-1].event is Event.REFUSAL


def unpack(path: Path, folder: Path) -> Path:
    plain = folder / path.stem
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain
