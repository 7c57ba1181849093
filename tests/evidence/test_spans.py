from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import MalformedError, SnapshotError
from amur.evidence.spans import (
    Designations,
    ListChain,
    Listing,
    make_record_key,
    merge_publications,
    read_designations,
)
from amur.model import ForceStatus, LawTime, Publication
from tests.evidence.makers import make_entity, make_publication

SPRING, SUMMER, AUTUMN = date(2024, 5, 14), date(2024, 8, 1), date(2024, 11, 21)


def merge(
    publications: Sequence[Publication], designations: Designations | None = None
) -> dict[str, list[Listing]]:
    chain = ListChain("un-sc")
    for each in publications:
        chain.add(each)
    found: dict[str, list[Listing]] = {}
    for listing in chain.listings(designations or {}):
        found.setdefault(listing.entity.source.record_id, []).append(listing)
    return found


def row(record_id: str, on: str, off: str = "", confidence: str = "A") -> dict[str, str]:
    return {
        "list_id": "un-sc",
        "record_id": record_id,
        "designated_on": on,
        "delisted_on": off,
        "source": "https://example.org/notice",
        "confidence": confidence,
    }


def test_first_publication_leaves_the_beginning_open() -> None:
    span = merge([make_publication(SPRING, ["1"])])["1"][0].span
    assert (span.from_earliest, span.from_latest) == (None, SPRING)
    assert (span.until_earliest, span.until_latest) == (None, None)
    assert span.status(date(2024, 5, 13)) is ForceStatus.UNDECIDED
    assert span.status(SPRING) is ForceStatus.IN_FORCE


def test_later_record_begins_between_two_publications() -> None:
    found = merge([make_publication(SPRING, ["1"]), make_publication(AUTUMN, ["1", "2"])])
    span = found["2"][0].span
    assert (span.from_earliest, span.from_latest) == (date(2024, 5, 15), AUTUMN)
    assert span.status(SPRING) is ForceStatus.NOT_YET
    assert span.status(SUMMER) is ForceStatus.UNDECIDED
    assert found["1"][0].span.from_latest == SPRING


def test_removed_record_stays_with_an_interval_for_its_end() -> None:
    found = merge([make_publication(SPRING, ["1", "2"]), make_publication(AUTUMN, ["1"])])
    span = found["2"][0].span
    assert (span.until_earliest, span.until_latest) == (date(2024, 5, 15), AUTUMN)
    assert span.until_basis == "publications"
    assert span.status(SPRING) is ForceStatus.IN_FORCE
    assert span.status(SUMMER) is ForceStatus.UNDECIDED
    assert span.status(AUTUMN) is ForceStatus.ENDED
    assert found["1"][0].span.until_latest is None


def test_latest_content_wins() -> None:
    found = merge(
        [
            make_publication(SPRING, [make_entity("1", "Old name")]),
            make_publication(AUTUMN, [make_entity("1", "New name")]),
        ]
    )
    assert [each.entity.primary_name for each in found["1"]] == ["New name"]


def test_publisher_date_goes_before_table_and_publications() -> None:
    listed = make_entity("1", listed_on=date(2001, 1, 25))
    table = read_designations((row("1", "2003-03-03"),))
    span = merge([make_publication(SPRING, [listed])], table)["1"][0].span
    assert (span.from_earliest, span.from_latest) == (date(2001, 1, 25), date(2001, 1, 25))
    assert span.from_basis == "publisher"


def test_table_dates_what_the_publisher_does_not() -> None:
    table = read_designations((row("2", "2024-06-12"),))
    span = merge([make_publication(SPRING, ["1"]), make_publication(AUTUMN, ["1", "2"])], table)[
        "2"
    ][0].span
    assert span.from_earliest == span.from_latest == date(2024, 6, 12)
    assert span.from_basis == "table"
    assert span.from_source == "https://example.org/notice"


@pytest.mark.parametrize(
    "made",
    [row("2", "2024-11-22"), row("2", "2024-06-12", confidence="C"), row("3", "2024-06-12")],
    ids=["after-first-publication", "recalled", "another-record"],
)
def test_table_date_that_does_not_count(made: dict[str, str]) -> None:
    span = merge(
        [make_publication(SPRING, ["1"]), make_publication(AUTUMN, ["1", "2"])],
        read_designations((made,)),
    )["2"][0].span
    assert (span.from_earliest, span.from_latest) == (date(2024, 5, 15), AUTUMN)
    assert span.from_basis == "publications"


@pytest.mark.parametrize(
    ("off", "basis"),
    [("2024-07-01", "table"), ("2024-05-14", "publications"), ("2024-11-22", "publications")],
)
def test_table_end_counts_only_inside_the_interval(off: str, basis: str) -> None:
    span = merge(
        [make_publication(SPRING, ["1", "2"]), make_publication(AUTUMN, ["1"])],
        read_designations((row("2", "2020-01-01", off),)),
    )["2"][0].span
    assert span.until_basis == basis
    if basis == "table":
        assert span.until_earliest == span.until_latest == date(2024, 7, 1)


def test_table_does_not_end_what_is_still_published() -> None:
    span = merge(
        [make_publication(SPRING, ["1"])],
        read_designations((row("1", "2020-01-01", "2024-05-01"),)),
    )["1"][0].span
    assert span.until_latest is None


def test_record_that_came_back_has_two_listings() -> None:
    first, second = merge(
        [
            make_publication(SPRING, ["1", "2"]),
            make_publication(SUMMER, ["1"]),
            make_publication(AUTUMN, ["1", "2"]),
        ]
    )["2"]
    assert first.span.until_latest == SUMMER
    assert second.span.until_latest is None
    assert (second.span.from_earliest, second.span.from_latest) == (date(2024, 8, 2), AUTUMN)


def test_record_that_the_publisher_dates_before_its_absence_never_went() -> None:
    listed = make_entity("2", listed_on=date(2010, 1, 1))
    found = merge(
        [
            make_publication(SPRING, ["1", listed]),
            make_publication(SUMMER, ["1"]),
            make_publication(AUTUMN, ["1", listed]),
        ]
    )["2"]
    assert len(found) == 1
    assert found[0].span.status(date(2024, 9, 1)) is ForceStatus.IN_FORCE


def test_earlier_designation_does_not_date_the_second_listing() -> None:
    table = read_designations((row("2", "2014-01-01"),))
    first, second = merge(
        [
            make_publication(SPRING, ["1", "2"]),
            make_publication(SUMMER, ["1"]),
            make_publication(AUTUMN, ["1", "2"]),
        ],
        table,
    )["2"]
    assert first.span.from_latest == date(2014, 1, 1)
    assert second.span.from_basis == "publications"


def test_unreadable_record_did_not_go() -> None:
    found = merge(
        [make_publication(SPRING, ["1", "2", "3"]), make_publication(AUTUMN, ["1"], rejected=["2"])]
    )
    assert found["2"][0].span.until_latest is None
    assert found["3"][0].span.until_latest == AUTUMN


def test_unreadable_record_without_id_ends_nothing() -> None:
    found = merge(
        [make_publication(SPRING, ["1", "2"]), make_publication(AUTUMN, ["1"], rejected=[""])]
    )
    assert found["2"][0].span.until_latest is None


def test_record_id_that_stands_twice_loses_nothing() -> None:
    found = merge([make_publication(SPRING, [make_entity("1", "Alpha"), make_entity("1", "Beta")])])
    assert [each.entity.primary_name for each in found["1"]] == ["Alpha", "Beta"]


def test_two_publications_of_one_day() -> None:
    found = merge([make_publication(SPRING, ["1", "2"]), make_publication(SPRING, ["1", "3"])])
    assert found["2"][0].span.status(SPRING) is ForceStatus.UNDECIDED
    assert found["3"][0].span.status(SPRING) is ForceStatus.IN_FORCE


def test_out_of_order_publications_are_refused() -> None:
    with pytest.raises(SnapshotError, match="oldest first"):
        merge([make_publication(AUTUMN, ["1"]), make_publication(SPRING, ["1"])])


def test_chains_are_per_list() -> None:
    chains = merge_publications(
        [
            make_publication(AUTUMN, ["1"], list_id="us-ofac-sdn"),
            make_publication(SPRING, ["1"], list_id="un-sc"),
        ]
    )
    assert list(chains) == ["un-sc", "us-ofac-sdn"]


def test_law_time_is_that_of_the_publishers_zone() -> None:
    listed = make_entity("1", listed_on=date(2024, 3, 12))
    span = merge([make_publication(SPRING, [listed])])["1"][0].span
    # 10:00 in Beijing on 12 March.
    at = LawTime(instant=datetime(2024, 3, 12, 2, 0, tzinfo=UTC))
    assert span.status(at.day_in("America/New_York")) is ForceStatus.NOT_YET
    assert span.status(at.day_in("Asia/Shanghai")) is ForceStatus.IN_FORCE


@pytest.mark.parametrize("made", [row("1", "12.06.2024"), row("1", "2024-06")])
def test_table_with_a_partial_date_is_refused(made: dict[str, str]) -> None:
    with pytest.raises(MalformedError, match=r"designated_on.*YYYY-MM-DD"):
        read_designations((made,))


def test_table_without_a_column_is_refused() -> None:
    with pytest.raises(MalformedError, match="confidence"):
        read_designations(
            (
                {
                    "list_id": "un-sc",
                    "record_id": "1",
                    "designated_on": "",
                    "delisted_on": "",
                    "source": "",
                },
            )
        )


def test_record_ids_sort_by_number() -> None:
    ids = ["a10", "10", "9", "a9", "09", "b", ""]
    assert sorted(ids, key=make_record_key) == ["", "09", "9", "10", "a9", "a10", "b"]


@given(st.lists(st.text(max_size=8), unique=True, max_size=8))
def test_record_keys_are_a_total_order(ids: list[str]) -> None:
    assert len({make_record_key(each) for each in ids}) == len(ids)
    turned = ids[::-1]
    assert sorted(ids, key=make_record_key) == sorted(turned, key=make_record_key)


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=6))
def test_a_span_is_true_on_the_day_of_every_publication(contents: list[set[str]]) -> None:
    days = [date(2024, month, 10) for month in range(1, len(contents) + 1)]
    found = merge(
        [make_publication(day, sorted(held)) for day, held in zip(days, contents, strict=True)]
    )
    for record_id in "abcd":
        spans = [each.span for each in found.get(record_id, ())]
        for day, held in zip(days, contents, strict=True):
            in_force = [span.status(day) is ForceStatus.IN_FORCE for span in spans]
            assert any(in_force) == (record_id in held)
            undecided = [span.status(day) is ForceStatus.UNDECIDED for span in spans]
            # Before the first publication nothing is known; afterwards a publication decides.
            assert not any(undecided)
