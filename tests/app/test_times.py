"""The two times: live, lookback, and what may not be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from amur.app.times import choose_times, parse_moment
from amur.casework.store import Mode
from amur.errors import InputError

NOW = datetime(2026, 3, 12, 10, 42, 7, 99, tzinfo=UTC)


def test_live_is_now_to_the_hour() -> None:
    times = choose_times(now=NOW)
    assert times.mode is Mode.LIVE
    assert str(times.law_at) == "2026-03-12T10:00:00Z"
    assert times.known_at == datetime(2026, 3, 12, 10, tzinfo=UTC)


def test_one_time_stands_for_both() -> None:
    by_law = choose_times(now=NOW, law_at=date(2024, 5, 16))
    by_knowledge = choose_times(now=NOW, known_at=date(2024, 5, 16))
    assert by_law == by_knowledge
    assert str(by_law.law_at) == "2024-05-16"
    assert by_law.known_at == datetime(2024, 5, 16, 23, 59, 59, tzinfo=UTC)
    assert by_law.mode is Mode.LOOKBACK


def test_two_times_stay_two() -> None:
    instant = datetime(2024, 6, 1, 4, tzinfo=UTC)
    times = choose_times(now=NOW, law_at=instant, known_at=date(2025, 1, 1))
    assert str(times.law_at) == "2024-06-01T04:00:00Z"
    assert times.known_at == datetime(2025, 1, 1, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("which", ["law_at", "known_at"])
def test_the_future_is_not_known(which: str) -> None:
    with pytest.raises(InputError, match="future") as caught:
        choose_times(now=NOW, **{which: date(2026, 3, 14)})
    assert caught.value.field in ("law_at", "known_at")
    # The day after now may have begun east of here.
    choose_times(now=NOW, **{which: date(2026, 3, 13)})
    with pytest.raises(InputError, match="future"):
        choose_times(now=NOW, **{which: NOW.replace(hour=11)})


@pytest.mark.parametrize("wrong", ["", "16.05.2024", "2024-13-01", "2024-05-16T10:00:00", "now"])
def test_what_is_no_moment_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="2024-05-16T10:00:00Z"):
        parse_moment(wrong, field="--law-at")


def test_an_instant_is_read_in_utc() -> None:
    assert parse_moment("2024-05-16T10:00:00+08:00") == datetime(2024, 5, 16, 2, tzinfo=UTC)
    assert parse_moment("2024-05-16T10:00:00Z") == datetime(2024, 5, 16, 10, tzinfo=UTC)
