from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from amur.evidence.activation import REJECTED_NAMED_MAX, find_causes, find_notes
from amur.evidence.publications import summarise
from tests.evidence.makers import make_publication

SPRING, AUTUMN = date(2024, 5, 14), date(2024, 11, 21)
TEN = [str(number) for number in range(10)]


def test_complete_publication_has_no_cause() -> None:
    previous = summarise(make_publication(SPRING, TEN))
    assert find_causes(make_publication(AUTUMN, [*TEN, "10"]), previous, shrink_bp_max=0) == ()
    assert find_causes(make_publication(SPRING, TEN), None, shrink_bp_max=0) == ()


def test_one_rejected_record_is_enough() -> None:
    causes = find_causes(make_publication(SPRING, TEN, rejected=["11"]), None, shrink_bp_max=1000)
    assert causes == ("list.txt, line 7, record 11, field name: the name is empty",)


def test_many_rejected_records_are_counted_not_dropped() -> None:
    bad = [str(number) for number in range(REJECTED_NAMED_MAX + 5)]
    causes = find_causes(make_publication(SPRING, ["x"], rejected=bad), None, shrink_bp_max=1000)
    assert len(causes) == REJECTED_NAMED_MAX + 1
    assert causes[-1] == "5 further records cannot be read."


def test_empty_publication() -> None:
    previous = summarise(make_publication(SPRING, TEN))
    causes = find_causes(make_publication(AUTUMN, []), previous, shrink_bp_max=10_000)
    assert causes == ("It holds no entity.",)


@pytest.mark.parametrize(("held", "refused"), [(9, False), (8, True)])
def test_shrinking_beyond_what_is_permitted(held: int, refused: bool) -> None:
    previous = summarise(make_publication(SPRING, TEN))
    causes = find_causes(make_publication(AUTUMN, TEN[:held]), previous, shrink_bp_max=1000)
    assert bool(causes) is refused
    if refused:
        assert "2000 basis points, the policy permits 1000" in causes[0]


def test_older_publication() -> None:
    previous = summarise(make_publication(AUTUMN, TEN))
    causes = find_causes(make_publication(SPRING, TEN), previous, shrink_bp_max=1000)
    assert causes == ("It is older (2024-05-14) than the one in force (2024-11-21).",)
    same_day = make_publication(AUTUMN, [*TEN, "10"])
    assert find_causes(same_day, previous, shrink_bp_max=1000) == ()


def test_record_id_that_stands_twice() -> None:
    causes = find_causes(make_publication(SPRING, ["7", "7", "8"]), None, shrink_bp_max=1000)
    assert causes == ("1 record ids stand more than once, the first is 7.",)


@pytest.mark.parametrize(("day", "refused"), [(13, True), (14, False), (15, False)])
def test_known_before_it_was_published(day: int, refused: bool) -> None:
    known = datetime(2024, 5, day, 1, tzinfo=UTC)
    publication = make_publication(date(2024, 5, 15), TEN, known_at=known)
    assert bool(find_causes(publication, None, shrink_bp_max=1000)) is refused


def test_same_content_is_a_note_and_no_cause() -> None:
    publication = make_publication(SPRING, TEN)
    previous = summarise(publication)
    assert find_causes(publication, previous, shrink_bp_max=1000) == ()
    assert "2024-05-14" in find_notes(publication, previous)[0]
    assert find_notes(make_publication(AUTUMN, TEN), previous) == ()
    assert find_notes(publication, None) == ()
