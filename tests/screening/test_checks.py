"""Each reason that needs no matching: a payment that produces it, and a near miss that must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from amur.errors import InputError, PolicyError
from amur.limits import NAME_CHARS_MAX, TEXT_CHARS_MAX
from amur.model import (
    Action,
    Agent,
    Basis,
    Effect,
    Identifier,
    IdentifierKind,
    LawTime,
    PriorPayment,
    Role,
    Text,
    Verdict,
    digest,
)
from amur.policy import parse_policy
from tests.screening.cases import decide, find_all, get_one
from tests.screening.fakes import (
    HARBIN,
    LISTS,
    NEW_YORK,
    FakeList,
    FakeSnapshot,
    make_party,
    make_payment,
    remit,
)

# --- COUNTRY_HIT, LOW_CONFIDENCE_RULE ------------------------------------------------------------


def test_address_country_under_a_programme_stops() -> None:
    decision = decide(make_payment(creditor=make_party(Role.CREDITOR, "Good Farm", country="CU")))
    reason = get_one(decision, "COUNTRY_HIT")
    assert reason.effect is Effect.STOP
    assert reason.basis is Basis.TERRITORY
    assert reason.path == "CdtTrfTxInf/Cdtr/PstlAdr"
    assert reason.sources[0].file == "territories.csv"
    assert reason.sources[0].record_id == "row 1"
    assert decision.action is Action.REJECT


@pytest.mark.parametrize(
    "more",
    [
        {"countries": ("CU",)},
        {"account": "CU89370400440532013000"},
        {"countries": ("CU", "CU"), "birth_place": "Havana, CU"},
    ],
)
def test_residence_and_account_country_count(more: dict[str, Any]) -> None:
    party = make_party(Role.CREDITOR, "Good Farm", country="CN", **more)
    assert get_one(decide(make_payment(creditor=party)), "COUNTRY_HIT").value == "CU"


def test_bic_country_counts() -> None:
    agent = Agent(Role.CREDITOR_AGENT, "CdtTrfTxInf/CdtrAgt", "GOODCUHH")
    assert get_one(decide(make_payment(agents=[agent])), "COUNTRY_HIT").text.startswith(
        "Creditor agent BIC is in Cuba (CU)"
    )


def test_a_birth_country_is_no_place_of_doing_business() -> None:
    party = make_party(Role.CREDITOR, "Ana Good", countries=("CU",), birth_place="Havana, CU")
    assert decide(make_payment(creditor=party)).verdict is Verdict.CLEAR
    nowhere = make_party(
        Role.CREDITOR, "Ana Good", country="", countries=("CU",), birth_place="Havana, CU"
    )
    assert get_one(decide(make_payment(creditor=nowhere)), "COUNTRY_HIT").effect is Effect.REVIEW


def test_a_programme_that_ended_does_not_hit() -> None:
    payment = make_payment(creditor=make_party(Role.CREDITOR, "Good Farm", country="SY"))
    assert find_all(decide(payment, law_at=LawTime(day=date(2025, 6, 30))), "COUNTRY_HIT")
    assert not find_all(decide(payment, law_at=LawTime(day=date(2025, 7, 1))), "COUNTRY_HIT")


def test_low_confidence_rule_is_review() -> None:
    payment = make_payment(creditor=make_party(Role.CREDITOR, "Good Farm", country="ZZ"))
    decision = decide(payment)
    assert get_one(decision, "LOW_CONFIDENCE_RULE").effect is Effect.REVIEW
    assert not find_all(decision, "COUNTRY_HIT")
    sure = parse_policy("[territories]\nlow_confidence = []")
    assert get_one(decide(payment, policy=sure), "COUNTRY_HIT").effect is Effect.STOP


# --- checks --------------------------------------------------------------------------------------


def test_reused_identification_is_review_and_cites_the_earlier_decision() -> None:
    payment = make_payment()
    other = PriorPayment("same_identification", "0" * 64, "d" * 64)
    decision = decide(payment, context=(other,))
    reason = get_one(decision, "ID_REUSED")
    assert reason.effect is Effect.REVIEW
    assert "d" * 64 in reason.text
    same = PriorPayment("same_identification", digest(payment), "d" * 64)
    assert not find_all(decide(payment, context=(same,)), "ID_REUSED")


def test_stale_list_is_review_and_a_fresh_one_is_not() -> None:
    payment = make_payment()
    day_14 = datetime(2024, 5, 28, 23, 59, 59, tzinfo=UTC)
    assert decide(payment, known_at=day_14).verdict is Verdict.CLEAR
    decision = decide(payment, known_at=datetime(2024, 5, 29, tzinfo=UTC))
    reason = get_one(decision, "LIST_STALE")
    assert reason.list_id == "us-ofac-sdn"
    assert "15 days" in reason.text
    assert decision.action is Action.HOLD


def test_missing_list_is_review() -> None:
    decision = decide(make_payment(), snapshot=FakeSnapshot(lists=LISTS[:1]))
    assert get_one(decision, "LIST_NOT_LOADED").list_id == "un-sc"
    assert decision.verdict is Verdict.REVIEW
    only = parse_policy('[lists]\nrequired = ["us-ofac-sdn"]')
    assert (
        decide(make_payment(), snapshot=FakeSnapshot(lists=LISTS[:1]), policy=only).verdict
        is Verdict.CLEAR
    )


def test_a_list_that_the_policy_does_not_know_is_refused() -> None:
    snapshot = FakeSnapshot(lists=(*LISTS, FakeList("xx-new", date(2024, 5, 14))))
    with pytest.raises(PolicyError) as caught:
        decide(make_payment(), snapshot=snapshot)
    assert caught.value.key == "lists.by_id.xx-new"


@pytest.mark.parametrize(
    ("texts", "codes", "checks"),
    [
        ([remit("timber HS 4407.11")], (), ["goods"]),
        ([remit("Natural\nGas March")], (), ["licences"]),
        ([], ("ENRG",), ["licences"]),
        ([remit("timber THS 4407"), remit("unnatural gas")], ("GDDS",), []),
    ],
)
def test_missing_checks_are_info_unless_the_payment_calls_for_them(
    texts: list[Text], codes: tuple[str, ...], checks: list[str]
) -> None:
    decision = decide(make_payment(texts=texts, purpose_codes=codes))
    found = find_all(decision, "NOT_ASSESSED")
    assert len(found) == 4
    assert all(reason.basis is Basis.CANNOT_ASSESS for reason in found)
    raised = [r.sources[0].file for r in found if r.effect is Effect.REVIEW]
    assert raised == ["indicators.csv"] * len(checks)


def test_an_indicator_that_the_policy_leaves_out_stays_info() -> None:
    policy = parse_policy("[checks]\nreview_on_indicator = []")
    assert decide(make_payment(texts=[remit("HS 440711")]), policy=policy).verdict is Verdict.CLEAR


def test_unnamed_party_is_review() -> None:
    nobody = make_party(Role.CREDITOR, " ", account="DE89370400440532013000")
    decision = decide(make_payment(creditor=nobody))
    assert get_one(decision, "PARTY_UNNAMED").text.startswith("The creditor has neither")
    known = make_party(Role.CREDITOR, "", identifiers=(Identifier(IdentifierKind.LEI, "5" * 20),))
    assert decide(make_payment(creditor=known)).verdict is Verdict.CLEAR


def test_a_customer_transfer_needs_both_parties_and_a_bank_transfer_none() -> None:
    empty = replace(make_payment(), parties=())
    assert len(find_all(decide(empty), "PARTY_UNNAMED")) == 2
    assert decide(replace(empty, message_type="pacs.009.001.08")).verdict is Verdict.CLEAR


def test_unmapped_fields_are_named_at_info() -> None:
    decision = decide(make_payment(unmapped=("CdtTrfTxInf/SplmtryData", "GrpHdr/X")))
    reason = get_one(decision, "FIELD_UNMAPPED")
    assert reason.effect is Effect.INFO
    assert "GrpHdr/X" in reason.text
    assert decision.verdict is Verdict.CLEAR


def test_limits_are_review() -> None:
    long_name = make_party(Role.CREDITOR, "x" * (NAME_CHARS_MAX + 1))
    reason = get_one(decide(make_payment(creditor=long_name)), "LIMIT_REACHED")
    assert reason.effect is Effect.REVIEW
    assert "Creditor name" in reason.text
    long_text = remit("y " * TEXT_CHARS_MAX)
    assert (
        "Remittance text" in get_one(decide(make_payment(texts=[long_text])), "LIMIT_REACHED").text
    )
    fits = make_payment(
        creditor=make_party(Role.CREDITOR, "x" * NAME_CHARS_MAX),
        texts=[remit("y" * TEXT_CHARS_MAX)],
    )
    assert decide(fits).verdict is Verdict.CLEAR


def test_known_at_needs_a_time_zone() -> None:
    with pytest.raises(InputError):
        decide(make_payment(), known_at=datetime(2024, 5, 16))


def test_actions_by_institution_on_the_same_un_hit() -> None:
    payment = make_payment(creditor=make_party(Role.CREDITOR, "Example Mining Trust"))
    for overlay in ("", HARBIN, NEW_YORK):
        assert decide(payment, policy=parse_policy(overlay)).action is Action.FREEZE
