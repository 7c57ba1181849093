"""The policy's reader: merge, validation, hash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import PolicyError
from amur.model import Action, Basis, Effect, Schema
from amur.policy import Policy, ReasonCode, parse_policy, read_default_text


def test_default_names_no_institution_and_requires_both_lists() -> None:
    policy = parse_policy()
    assert not policy.institution.named
    assert policy.required_lists == ("us-ofac-sdn", "un-sc")
    assert policy.legal_zones["US"] == "America/New_York"
    assert policy.legal_zones["CN"] == "Asia/Shanghai"
    assert policy.zone_of("un-sc") == "America/New_York"
    assert set(policy.names.stop_at) == set(Schema)


def test_overlay_says_only_what_differs() -> None:
    policy = parse_policy("[names.stop_at]\nperson = 7000\n")
    plain = parse_policy()
    assert policy.names.stop_at[Schema.PERSON] == 7000
    assert policy.names.stop_at[Schema.ORGANIZATION] == plain.names.stop_at[Schema.ORGANIZATION]
    assert policy.lists == plain.lists


def test_arrays_are_replaced_whole() -> None:
    assert parse_policy('[lists]\nrequired = ["un-sc"]').required_lists == ("un-sc",)


def test_later_overlays_win() -> None:
    policy = parse_policy("[names]\nreview_at = 10", "[names]\nreview_at = 20")
    assert policy.names.review_at == 20


def test_a_new_list_and_regime_can_be_added() -> None:
    policy = parse_policy("""
[regimes.CA]
title = "Canada"
legal_zone = "America/Toronto"
countries = ["CA"]
currencies = ["CAD"]
binds_everyone = false
[lists.by_id.ca-sema]
title = "Canada's list"
regime = "CA"
basis = "prohibition"
max_age_days = 30
""")
    assert policy.lists["ca-sema"].basis is Basis.PROHIBITION
    assert policy.zone_of("ca-sema") == "America/Toronto"


@pytest.mark.parametrize(
    ("overlay", "key", "advice"),
    [
        ("nmaes = 1", "nmaes", "names"),
        ("[names]\nreviewat = 1", "names.reviewat", "names.review_at"),
        ("[names.stop_at]\npersons = 1", "names.stop_at.persons", "names.stop_at.person"),
        ("[lists.by_id.un-sc]\nmax_days = 1", "lists.by_id.un-sc.max_days", "max_age_days"),
        ("[institution]\ncuntry = 'CN'", "institution.cuntry", "institution.country"),
        ("[effects]\nLIST_STAIL = 'STOP'", "effects.LIST_STAIL", "LIST_STALE"),
        ("[checks]\nreview_on_indicator = ['good']", "checks.review_on_indicator", "goods"),
        ("[identifiers]\nbik = 'STOP'", "identifiers.bik", "bic"),
        ("[texts]\nname = 'REVEW'", "texts.name", "REVIEW"),
        ("[lists]\nrequired = ['un-cs']", "lists.required", "un-sc"),
        ("[lists.by_id.un-sc]\nregime = 'XX'", "lists.by_id.un-sc.regime", "Known"),
    ],
)
def test_unknown_key_or_value_is_named_with_the_nearest(
    overlay: str, key: str, advice: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy(overlay)
    assert caught.value.key == key
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    ("overlay", "key"),
    [
        ("[names]\nreview_at = '0'", "names.review_at"),
        ("[names]\nreview_at = true", "names.review_at"),
        ("[names]\nreview_at = 1.5", "names.review_at"),
        ("[names]\nreview_at = 2000000", "names.review_at"),
        ("names = 3", "names"),
        ("[names]\nseparators = 'obo'", "names.separators"),
        ("[names]\nseparators = [1]", "names.separators"),
        ("[names]\nseparators = ['']", "names.separators"),
        ("[names]\nweak_alias_alone = 'STOP'", "names.weak_alias_alone"),
        ("[names]\nvessel_name_alone = 'STOP'", "names.vessel_name_alone"),
        ("[names]\nreview_at = 5000", "names.stop_at.organization"),
        ("[institution]\nname = 'X'", "institution.country"),
        ("[institution]\ncountry = 'cn'", "institution.country"),
        ("[institution]\ncountry = 'CHN'", "institution.country"),
        ("[institution]\ncountry = 'CN'\nbics = ['SMPB']", "institution.bics"),
        ("[institution]\ncountry = 'CN'\nlaws = ['XX']", "institution.laws"),
        ("[lists]\nshrink_bp_max = 10001", "lists.shrink_bp_max"),
        ("[lists.by_id.un-sc]\nmax_age_days = -1", "lists.by_id.un-sc.max_age_days"),
        ("[lists.by_id.new]\nregime = 'UN'", "lists.by_id.new.title"),
        ("[regimes.US]\nlegal_zone = 'America/Nowhere'", "regimes.US.legal_zone"),
        ("[regimes.US]\nlegal_zone = '../etc'", "regimes.US.legal_zone"),
        ("[regimes.US]\ncountries = ['usa']", "regimes.US.countries"),
        ("[regimes.US]\nbinds_everyone = 1", "regimes.US.binds_everyone"),
        ("[effects]\nLIST_STALE = 'INFO'", "effects.LIST_STALE"),
        ("[effects]\nID_REUSED = 'INFO'", "effects.ID_REUSED"),
        ("[effects]\nNAME_HIT = 'STOP'", "effects.NAME_HIT"),
        ("[[actions]]\neffect = 'STOP'\naction = 'DECLINE'", "actions"),
        ("[[actions]]\neffect = 'STOP'\naction = 'RELEASE'", "actions[0].action"),
        ("[[actions]]\neffect = 'INFO'\naction = 'HOLD'", "actions[0].action"),
        ("[[actions]]\neffect = 'STOP'\naction = 'HOLD'\nregime = ['US']", "actions[0].regime"),
        (
            "[[actions]]\neffect = 'STOP'\naction = 'HOLD'\ninstitutions = ['anon']",
            "actions[0].institutions",
        ),
        ("actions = 'none'", "actions"),
        ("actions = [1]", "actions"),
        ("= broken", "(file)"),
    ],
)
def test_wrong_type_or_range_names_the_key(overlay: str, key: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy(overlay)
    assert caught.value.key == key
    assert caught.value.advice


def test_effects_may_be_raised() -> None:
    policy = parse_policy("[effects]\nLIST_STALE = 'STOP'")
    assert policy.effects == {ReasonCode.LIST_STALE: Effect.STOP}


def test_hash_is_of_the_resolved_policy() -> None:
    plain = parse_policy()
    same = parse_policy(f"[names]\nreview_at = {plain.names.review_at}  # said again\n")
    other = parse_policy(f"[names]\nreview_at = {plain.names.review_at - 1}")
    assert plain.sha256 == same.sha256 == parse_policy(read_default_text()).sha256
    assert plain.sha256 != other.sha256


@given(st.permutations(["us-ofac-sdn", "un-sc"]), st.integers(0, 10_000))
def test_every_value_is_in_the_hash(required: list[str], shrink: int) -> None:
    def parse(bp: int) -> Policy:
        quoted = ", ".join(f'"{name}"' for name in required)
        return parse_policy(f"[lists]\nrequired = [{quoted}]\nshrink_bp_max = {bp}")

    assert parse(shrink).sha256 != parse((shrink + 1) % 10_001).sha256


def test_last_rules_of_the_default_table_have_no_condition() -> None:
    rules = parse_policy().actions
    bare = {r.effect: r.action for r in rules if not (r.basis or r.regimes or r.institutions)}
    assert bare == {
        Effect.STOP: Action.DECLINE,
        Effect.REVIEW: Action.HOLD,
        Effect.INFO: Action.RELEASE,
    }
