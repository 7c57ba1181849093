"""Hand-kept tables that cannot be used are refused, by file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.errors import PolicyError, SnapshotError
from amur.policy import ReasonCode, parse_policy
from amur.screening import Screener
from tests.screening.fakes import INDICATORS, KNOWN_AT, LAW_AT, TERRITORIES, FakeSnapshot

POLICY = parse_policy()


def prepare(snapshot: FakeSnapshot) -> Screener:
    return Screener(snapshot, POLICY, law_at=LAW_AT, known_at=KNOWN_AT)


def test_good_tables_are_taken() -> None:
    assert prepare(FakeSnapshot())


@pytest.mark.parametrize(
    "change",
    [
        {"effect": "BLOCK"},
        {"effective_from": "2024-13-01"},
        {"effective_until": "soon"},
    ],
)
def test_an_unusable_territory_names_the_row(change: dict[str, str]) -> None:
    rows = (TERRITORIES[0], {**TERRITORIES[1], **change})
    with pytest.raises(SnapshotError, match="row 2"):
        prepare(FakeSnapshot(territories=rows))


@pytest.mark.parametrize("column", list(TERRITORIES[0]))
def test_a_missing_column_of_territories_is_named(column: str) -> None:
    row = {name: value for name, value in TERRITORIES[0].items() if name != column}
    with pytest.raises(SnapshotError, match=column):
        prepare(FakeSnapshot(territories=(row,)))


def test_a_regime_that_the_policy_does_not_know_is_refused() -> None:
    rows = ({**TERRITORIES[0], "regime": "XX"},)
    with pytest.raises(PolicyError) as caught:
        prepare(FakeSnapshot(territories=rows))
    assert caught.value.key == "regimes.XX"


@pytest.mark.parametrize("column", list(INDICATORS[0]))
def test_a_missing_column_of_indicators_is_named(column: str) -> None:
    row = {name: value for name, value in INDICATORS[0].items() if name != column}
    with pytest.raises(SnapshotError, match=column):
        prepare(FakeSnapshot(indicators=(row,)))


@pytest.mark.parametrize("change", [{"kind": "guess"}, {"kind": "pattern", "value": "("}])
def test_an_unusable_indicator_names_the_row(change: dict[str, str]) -> None:
    rows = (INDICATORS[0], {**INDICATORS[1], **change})
    with pytest.raises(SnapshotError, match="row 2"):
        prepare(FakeSnapshot(indicators=rows))


def test_every_code_has_its_own_test() -> None:
    """DEADLINE is the adapters' own: screening has no clock."""
    folder = Path(__file__).parent
    text = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("test_hits.py", "test_checks.py")
    )
    untested = {code for code in ReasonCode if f'"{code.value}"' not in text}
    assert untested == {ReasonCode.DEADLINE}
