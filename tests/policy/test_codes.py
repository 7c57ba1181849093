"""Reason codes: each has its metadata, and the metadata is usable."""

from __future__ import annotations

import pytest

from amur.policy import REASON_RULES, ReasonCode
from amur.screening.effects import RANK


def test_every_code_has_a_rule_in_the_order_of_the_enumeration() -> None:
    assert list(REASON_RULES) == list(ReasonCode)


@pytest.mark.parametrize("code", list(ReasonCode))
def test_rule_is_complete(code: ReasonCode) -> None:
    rule = REASON_RULES[code]
    assert rule.title
    assert rule.example.endswith(".")
    assert rule.fields
    assert RANK[rule.lowest] <= RANK[rule.effect]
    filled = rule.fill(**dict.fromkeys(rule.fields, "x"))
    assert "{" not in filled


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        REASON_RULES[ReasonCode.LIST_NOT_LOADED].fill()
