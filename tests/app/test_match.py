"""Names against lists, and names against each other: streams that keep order and rejected rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amur.app.match import (
    Matched,
    compare_pairs,
    match_file,
    match_names,
    match_subjects,
    read_pair_header,
)
from amur.app.times import choose_times
from amur.engine import Subject
from amur.errors import InputError
from amur.model import RejectedRecord
from amur.policy import parse_policy
from tests.screening.fakes import FakeSnapshot, make_entity

TIMES = choose_times(now=datetime(2024, 5, 20, tzinfo=UTC), law_at=date(2024, 5, 16))
POLICY = parse_policy()


def lists() -> FakeSnapshot:
    return FakeSnapshot(
        [make_entity("1", "Grim Ledger Bank"), make_entity("2", "Sly Fox Shipping")]
    )


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_are_answered_in_order() -> None:
    names = ["Sly Fox Shipping", "Bright River", "Grim Ledger Bank", "Sly Fox Shipping"]
    found = list(match_names(names, lists(), POLICY, TIMES))
    assert [each.subject.name for each in found] == names
    assert [[r.record_id for r in each.reasons] for each in found] == [["2"], [], ["1"], ["2"]]


def test_a_file_streams_in_batches_and_keeps_rejected_rows_in_place(tmp_path: Path) -> None:
    rows = [f"n{n},{'Grim Ledger Bank' if n % 500 == 7 else f'Quiet {n}'},," for n in range(2_100)]
    rows[1_500] = "n1500,Quiet,,RUSSIA"
    evidence = lists()
    found = list(
        match_file(
            write(tmp_path, "id,name,schema,country\n" + "\n".join(rows)), evidence, POLICY, TIMES
        )
    )
    assert len(found) == 2_100
    rejected = found[1_500]
    assert isinstance(rejected, RejectedRecord)
    assert (rejected.line, rejected.record_id) == (1_502, "n1500")
    hit = [each.id for each in found if isinstance(each, Matched) and each.reasons]
    assert hit == ["n7", "n507", "n1007", "n1507", "n2007"]
    assert len(evidence.index.match_calls) == 3


def test_subjects_and_names_take_the_same_path() -> None:
    (reasons,) = match_subjects([Subject("Grim Ledger Bank")], lists(), POLICY, TIMES)
    (matched,) = match_names(["Grim Ledger Bank"], lists(), POLICY, TIMES)
    assert reasons == matched.reasons


def test_pairs_are_scored_in_place(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "name1,name2,schema\nGazprombank,Gazprombank,organization\n"
        "Gazprombank,Bright River Export,organization\nA,B,robot\n"
        "Иван Петров,Ivan Petrov,person\n",
    )
    same, other, odd, script = compare_pairs(path)
    assert same.score is not None
    assert other.score is not None
    assert script.score is not None
    assert 1000 >= same.score > 500 > other.score >= 0
    assert script.score > 500
    assert (odd.score, odd.row.line) == (None, 4)
    assert read_pair_header(path) == ("name1", "name2", "schema")


def test_a_file_without_the_columns_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name2"):
        list(compare_pairs(write(tmp_path, "name1,other\nA,B\n")))
