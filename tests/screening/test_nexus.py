"""Whose law applies: ties, unknowns, and what is left without a tie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amur.model import (
    Action,
    Address,
    Agent,
    Basis,
    Effect,
    Identifier,
    IdentifierKind,
    Role,
    Verdict,
)
from amur.policy import parse_policy
from amur.screening import find_nexus, screen_payment
from tests.screening.fakes import (
    FRANKFURT,
    HARBIN,
    KNOWN_AT,
    LAW_AT,
    NEW_YORK,
    FakeSnapshot,
    make_entity,
    make_party,
    make_payment,
)

OWN = parse_policy(HARBIN)
BANK = make_entity("17016", "Example Petrol Bank")
SNAPSHOT = FakeSnapshot((BANK,))


def test_a_payment_within_china_has_no_us_tie() -> None:
    nexus = find_nexus(OWN, make_payment(), "US")
    assert not nexus.applies
    assert "settled in CNY" in nexus.sentence
    assert "secondary sanctions" in nexus.sentence


def test_un_law_binds_everyone() -> None:
    assert find_nexus(OWN, make_payment(), "UN").applies


@pytest.mark.parametrize("regime", ["US", "EU", "UK", "CH", "CN"])
def test_no_institution_means_every_law(regime: str) -> None:
    nexus = find_nexus(parse_policy(), make_payment(), regime)
    assert nexus.applies
    assert "names no institution" in nexus.sentence


def test_own_laws_and_own_country() -> None:
    assert "its law binds" in find_nexus(OWN, make_payment(), "CN").sentence
    home = parse_policy('[institution]\nname = "B"\ncountry = "US"')
    assert "established in US" in find_nexus(home, make_payment(), "US").sentence


def test_dollars_are_a_tie_and_only_to_the_us() -> None:
    payment = make_payment(currency="USD")
    assert "settled in USD" in find_nexus(OWN, payment, "US").sentence
    assert not find_nexus(OWN, payment, "EU").applies


def test_an_unknown_currency_counts_for_the_us_and_not_for_the_eu() -> None:
    payment = replace(make_payment(), amount=None)
    assert "unknown counts" in find_nexus(OWN, payment, "US").sentence
    assert not find_nexus(OWN, payment, "EU").applies


@pytest.mark.parametrize(
    ("agent", "regime"),
    [
        (Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", "CORRUS33"), "US"),
        (Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", "", "A Bank", Address(country="US")), "US"),
        (Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", "CORRDEFF"), "EU"),
        (Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", "CORRGB2L"), "UK"),
        (Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", "CORRCHZZ"), "CH"),
    ],
)
def test_an_agent_in_the_country_is_a_tie(agent: Agent, regime: str) -> None:
    payment = make_payment(agents=[Agent(Role.DEBTOR_AGENT, "DbtrAgt", "SMPBCNBH"), agent])
    nexus = find_nexus(OWN, payment, regime)
    assert nexus.applies
    assert "IntrmyAgt1" in nexus.sentence
    assert not find_nexus(OWN, payment, "US" if regime != "US" else "EU").applies


def test_an_agent_without_bic_and_country_is_unknown() -> None:
    nameless = Agent(Role.INTERMEDIARY_AGENT, "IntrmyAgt1", name="Some Bank")
    assert "unknown counts" in find_nexus(OWN, make_payment(agents=[nameless]), "US").sentence
    issued = replace(nameless, identifiers=(Identifier(IdentifierKind.OTHER, "1", "CN"),))
    assert not find_nexus(OWN, make_payment(agents=[issued]), "US").applies


def test_a_partys_country_is_address_then_iban_then_own_agent() -> None:
    address = make_party(Role.CREDITOR, "A", country="US", account="DE89370400440532013000")
    assert find_nexus(OWN, make_payment(creditor=address), "US").applies
    assert not find_nexus(OWN, make_payment(creditor=address), "EU").applies
    iban = make_party(Role.CREDITOR, "A", country="", account="DE89 3704 0044 0532 0130 00")
    assert find_nexus(OWN, make_payment(creditor=iban), "EU").applies
    assert not find_nexus(OWN, make_payment(creditor=iban), "US").applies
    by_agent = make_party(Role.CREDITOR, "A", country="")
    assert not find_nexus(OWN, make_payment(creditor=by_agent), "US").applies


def test_a_principal_of_no_known_country_is_unknown_and_another_party_is_not() -> None:
    agents = [Agent(Role.DEBTOR_AGENT, "DbtrAgt", "SMPBCNBH")]
    nowhere = make_party(Role.CREDITOR, "A", country="")
    assert (
        "creditor" in find_nexus(OWN, make_payment(creditor=nowhere, agents=agents), "US").sentence
    )
    payment = make_payment(agents=agents)
    ultimate = replace(nowhere, role=Role.ULTIMATE_CREDITOR)
    payment = replace(payment, parties=(*payment.parties, ultimate))
    assert not find_nexus(OWN, payment, "US").applies


@pytest.mark.parametrize(
    ("overlay", "currency", "verdict", "action", "basis"),
    [
        ("", "CNY", Verdict.STOP, Action.FREEZE, Basis.PROHIBITION),
        (NEW_YORK, "CNY", Verdict.STOP, Action.FREEZE, Basis.PROHIBITION),
        (HARBIN, "USD", Verdict.STOP, Action.DECLINE, Basis.PROHIBITION),
        (HARBIN, "CNY", Verdict.REVIEW, Action.HOLD, Basis.SECONDARY_RISK),
        (FRANKFURT, "CNY", Verdict.REVIEW, Action.HOLD, Basis.SECONDARY_RISK),
    ],
)
def test_one_message_as_four_institutions_see_it(
    overlay: str, currency: str, verdict: Verdict, action: Action, basis: Basis
) -> None:
    payment = make_payment(
        creditor=make_party(Role.CREDITOR, "Example Petrol Bank"), currency=currency
    )
    decision = screen_payment(
        payment, SNAPSHOT, parse_policy(overlay), law_at=LAW_AT, known_at=KNOWN_AT
    )
    assert (decision.verdict, decision.action) == (verdict, action)
    assert decision.reasons[0].code == "NAME_HIT"
    assert decision.reasons[0].basis is basis
    assert decision.reasons[0].nexus


@pytest.mark.parametrize(
    ("overlay", "currency", "action"),
    [
        ("", "CNY", Action.REJECT),
        (NEW_YORK, "CNY", Action.REJECT),
        (HARBIN, "USD", Action.DECLINE),
        (HARBIN, "CNY", Action.HOLD),
    ],
)
def test_territory_by_institution(overlay: str, currency: str, action: Action) -> None:
    payment = make_payment(
        creditor=make_party(Role.CREDITOR, "Good Farm", country="CU"), currency=currency
    )
    decision = screen_payment(
        payment, SNAPSHOT, parse_policy(overlay), law_at=LAW_AT, known_at=KNOWN_AT
    )
    assert decision.action is action


def test_of_several_reasons_the_gravest_action_wins() -> None:
    both = make_payment(
        debtor=make_party(Role.DEBTOR, "Good Farm", country="CU"),
        creditor=make_party(Role.CREDITOR, "Example Petrol Bank"),
    )
    decision = screen_payment(
        both, SNAPSHOT, parse_policy(NEW_YORK), law_at=LAW_AT, known_at=KNOWN_AT
    )
    assert decision.action is Action.FREEZE
    assert [r.code for r in decision.reasons if r.effect is Effect.STOP] == [
        "COUNTRY_HIT",
        "NAME_HIT",
    ]
