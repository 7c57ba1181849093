"""Each reason about a listed entity: a payment that produces it, and a near miss that must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from amur.model import (
    Action,
    Address,
    Agent,
    Basis,
    DateRange,
    Decision,
    Effect,
    Identifier,
    IdentifierKind,
    LawTime,
    Role,
    Span,
    TextKind,
    Verdict,
)
from amur.policy import parse_policy
from tests.screening.cases import BANK, BORN, decide, find_all, get_one
from tests.screening.fakes import (
    FakeSnapshot,
    make_entity,
    make_party,
    make_payment,
    remit,
)


def test_plain_payment_is_clear() -> None:
    decision = decide(make_payment())
    assert decision.verdict is Verdict.CLEAR
    assert decision.action is Action.RELEASE
    assert {r.code for r in decision.reasons} == {"NOT_ASSESSED"}


# --- NAME_HIT ------------------------------------------------------------------------------------


def test_name_hit_of_an_organisation_stops() -> None:
    decision = decide(make_payment(creditor=make_party(Role.CREDITOR, "EXAMPLE PETROL BANK")))
    reason = get_one(decision, "NAME_HIT")
    assert reason.effect is Effect.STOP
    assert reason.basis is Basis.PROHIBITION
    assert reason.path == "CdtTrfTxInf/Cdtr/Nm"
    assert reason.value == "EXAMPLE PETROL BANK"
    assert (reason.list_id, reason.record_id) == ("us-ofac-sdn", "17016")
    assert reason.sources[0].field == "sdn.csv/name"
    assert reason.sources[0].file_sha256 == "ab" * 32
    assert reason.milli == sum(c.milli for c in reason.contributions)
    assert reason.alignment
    assert "programme TEST-EO1" in reason.text
    assert "names no institution" in reason.nexus
    assert decision.action is Action.FREEZE


def test_near_miss_of_a_name_does_not_hit() -> None:
    decision = decide(make_payment(creditor=make_party(Role.CREDITOR, "Example Patrol Bank")))
    assert decision.verdict is Verdict.CLEAR


def test_an_agents_name_is_matched() -> None:
    agent = Agent(Role.CREDITOR_AGENT, "CdtTrfTxInf/CdtrAgt", "OTHRCNBJ", "Example Petrol Bank")
    reason = get_one(decide(make_payment(agents=[agent])), "NAME_HIT")
    assert reason.path == "CdtTrfTxInf/CdtrAgt"
    assert reason.text.startswith("Creditor agent name")


def test_a_persons_name_alone_is_review() -> None:
    decision = decide(make_payment(debtor=make_party(Role.DEBTOR, "Ivan Exampleov")))
    assert get_one(decision, "NAME_HIT").effect is Effect.REVIEW
    assert decision.action is Action.HOLD


def test_a_persons_name_with_the_birth_date_stops_and_cites_it() -> None:
    party = make_party(Role.DEBTOR, "Ivan Exampleov", birth=BORN)
    reason = get_one(decide(make_payment(debtor=party)), "NAME_HIT")
    assert reason.effect is Effect.STOP
    assert [source.field for source in reason.sources] == ["sdn.csv/name", "Remarks/DOB"]


def test_a_persons_far_birth_date_keeps_the_hit_out() -> None:
    far = DateRange(date(1990, 1, 1), date(1990, 1, 1))
    decision = decide(make_payment(debtor=make_party(Role.DEBTOR, "Ivan Exampleov", birth=far)))
    assert decision.verdict is Verdict.CLEAR


def test_a_very_high_score_stops_a_person_without_more() -> None:
    party = make_party(Role.DEBTOR, "Ivan Petrovich Exampleov Senior")
    assert get_one(decide(make_payment(debtor=party)), "NAME_HIT").effect is Effect.STOP


def test_a_vessels_name_alone_is_at_most_review_whatever_the_threshold() -> None:
    low = parse_policy("[names.stop_at]\nvessel = 0")
    party = make_party(Role.CREDITOR, "Grey Heron Star Two")
    decision = decide(make_payment(creditor=party), policy=low)
    assert get_one(decision, "NAME_HIT").effect is Effect.REVIEW


def test_both_parties_of_a_joined_name_are_matched() -> None:
    party = make_party(Role.DEBTOR, "Quiet Timber o/b/o Example Petrol Bank")
    assert get_one(decide(make_payment(debtor=party)), "NAME_HIT").value == "Example Petrol Bank"


def test_a_separator_inside_a_word_does_not_split() -> None:
    party = make_party(Role.DEBTOR, "Quietobo Example Petrol Bank")
    assert decide(make_payment(debtor=party)).verdict is Verdict.CLEAR


def test_one_reason_per_field_and_entity() -> None:
    party = make_party(
        Role.DEBTOR,
        "Example Petrol Bank dba Example Petrol Bank",
        address=Address(lines=("Example Petrol Bank", "Quiet Street 1"), country="CN"),
    )
    decision = decide(make_payment(debtor=party))
    assert len([r for r in decision.reasons if r.record_id == "17016"]) == 1
    assert decision.reasons[0].code == "NAME_HIT"


def test_two_fields_are_two_reasons() -> None:
    both = make_payment(
        debtor=make_party(Role.DEBTOR, "Example Petrol Bank"),
        creditor=make_party(Role.CREDITOR, "Example Petrol Bank"),
    )
    paths = [r.path for r in find_all(decide(both), "NAME_HIT")]
    assert paths == ["CdtTrfTxInf/Dbtr/Nm", "CdtTrfTxInf/Cdtr/Nm"]


# --- WEAK_ALIAS_HIT ------------------------------------------------------------------------------


def test_weak_alias_alone_is_never_stop() -> None:
    low = parse_policy("[names.stop_at]\nperson = 0")
    party = make_party(Role.DEBTOR, "The Sailor Man")
    reason = get_one(decide(make_payment(debtor=party), policy=low), "WEAK_ALIAS_HIT")
    assert reason.effect is Effect.REVIEW
    assert reason.sources[0].field == "alt.csv/alt_name"


def test_weak_alias_with_the_birth_date_may_stop() -> None:
    party = make_party(Role.DEBTOR, "The Sailor Man", birth=BORN)
    assert get_one(decide(make_payment(debtor=party)), "WEAK_ALIAS_HIT").effect is Effect.STOP


def test_the_primary_name_is_no_weak_alias_hit() -> None:
    decision = decide(make_payment(debtor=make_party(Role.DEBTOR, "Ivan Exampleov")))
    assert not find_all(decision, "WEAK_ALIAS_HIT")


# --- IDENTIFIER_HIT ------------------------------------------------------------------------------


@pytest.mark.parametrize("bic", ["EXPBRUMM", "EXPBRUMMSPB"])
def test_bic_of_an_agent_stops(bic: str) -> None:
    agent = Agent(Role.INTERMEDIARY_AGENT, "CdtTrfTxInf/IntrmyAgt1", bic)
    decision = decide(make_payment(agents=[agent]))
    reason = get_one(decision, "IDENTIFIER_HIT")
    assert reason.effect is Effect.STOP
    assert reason.value == bic
    assert reason.sources[0].field == "Remarks/bic"
    assert ("of the same bank as" in reason.text) is (len(bic) == 11)


def test_bic_of_another_bank_does_not_hit() -> None:
    agent = Agent(Role.INTERMEDIARY_AGENT, "CdtTrfTxInf/IntrmyAgt1", "EXPCRUMM")
    assert not find_all(decide(make_payment(agents=[agent])), "IDENTIFIER_HIT")


def test_passport_of_a_party_with_another_name_stops() -> None:
    party = make_party(
        Role.CREDITOR,
        "Somebody Else",
        identifiers=(Identifier(IdentifierKind.PASSPORT, "EX1234567"),),
    )
    assert get_one(decide(make_payment(creditor=party)), "IDENTIFIER_HIT").effect is Effect.STOP


def test_a_weak_kind_of_identifier_is_review_by_policy() -> None:
    party = make_party(
        Role.CREDITOR, "Somebody Else", identifiers=(Identifier(IdentifierKind.CALL_SIGN, "XQZ9"),)
    )
    assert get_one(decide(make_payment(creditor=party)), "IDENTIFIER_HIT").effect is Effect.REVIEW


def test_an_account_of_a_wallets_shape_is_an_identifier() -> None:
    wallet = "bc1qexampleexampleexampleexample00"
    snapshot = FakeSnapshot(
        (make_entity("1", "Nobody Known", identifiers=[(IdentifierKind.WALLET, wallet)]),)
    )
    hit = decide(
        make_payment(creditor=make_party(Role.CREDITOR, "Some One", account=wallet)),
        snapshot=snapshot,
    )
    assert get_one(hit, "IDENTIFIER_HIT").effect is Effect.STOP
    iban = make_party(Role.CREDITOR, "Some One", account="DE89370400440532013000")
    assert decide(make_payment(creditor=iban), snapshot=snapshot).verdict is Verdict.CLEAR


# --- texts ---------------------------------------------------------------------------------------


def test_text_name_hit_is_review_and_shows_the_words() -> None:
    decision = decide(make_payment(texts=[remit("Invoice 7 for", "example petrol", "bank, May")]))
    reason = get_one(decision, "TEXT_NAME_HIT")
    assert reason.effect is Effect.REVIEW
    assert reason.value == "example petrol bank"
    assert reason.path == "CdtTrfTxInf/RmtInf/Ustrd"


def test_text_near_miss_does_not_hit() -> None:
    texts = [remit("Invoice 7 for example petrol banking")]
    assert decide(make_payment(texts=texts)).verdict is Verdict.CLEAR


def test_a_word_broken_at_a_full_line_is_found_but_not_at_a_short_one() -> None:
    full = "Invoice 12345678901234 Example Petr"
    assert len(full) == 35
    assert get_one(decide(make_payment(texts=[remit(full, "ol Bank")])), "TEXT_NAME_HIT")
    assert decide(make_payment(texts=[remit(full[1:], "ol Bank")])).verdict is Verdict.CLEAR


def test_a_kind_of_text_that_the_policy_leaves_out_is_not_scanned() -> None:
    policy = parse_policy('[texts]\nkinds = ["remittance"]')
    texts = [remit("Example Petrol Bank", kind=TextKind.REFERENCE)]
    assert decide(make_payment(texts=texts), policy=policy).verdict is Verdict.CLEAR
    assert decide(make_payment(texts=texts)).verdict is Verdict.REVIEW


def test_text_identifier_hit_stops() -> None:
    decision = decide(make_payment(texts=[remit("freight MV Heron IMO 9074729")]))
    reason = get_one(decision, "TEXT_IDENTIFIER_HIT")
    assert reason.effect is Effect.STOP
    assert reason.value == "9074729"
    assert "IMO number" in reason.text
    assert decide(make_payment(texts=[remit("freight IMO 9074728")])).verdict is Verdict.CLEAR


def test_a_weak_kind_of_identifier_in_a_text_is_not_stop() -> None:
    reason = get_one(decide(make_payment(texts=[remit("call XQZ9")])), "TEXT_IDENTIFIER_HIT")
    assert reason.effect is Effect.REVIEW


def test_address_lines_are_scanned_and_a_name_may_run_on_into_them() -> None:
    inside = make_party(
        Role.CREDITOR,
        "Quiet Timber",
        address=Address(lines=("c/o Example Petrol Bank",), country="CN"),
    )
    reason = get_one(decide(make_payment(creditor=inside)), "TEXT_NAME_HIT")
    assert reason.path == "CdtTrfTxInf/Cdtr/PstlAdr"
    broken = make_party(
        Role.CREDITOR,
        "Example Petrol",
        address=Address(lines=("Bank", "1 Quiet Street"), country="CN"),
    )
    reason = get_one(decide(make_payment(creditor=broken)), "TEXT_NAME_HIT")
    assert reason.path == "CdtTrfTxInf/Cdtr/Nm"


def test_a_mention_inside_the_name_is_the_matchers_affair() -> None:
    party = make_party(
        Role.CREDITOR,
        "Friends of Example Petrol Bank Street",
        address=Address(lines=("1 Quiet Street",), country="CN"),
    )
    assert decide(make_payment(creditor=party)).verdict is Verdict.CLEAR


# --- force ---------------------------------------------------------------------------------------


def _with_span(span: Span, day: date) -> Decision:
    snapshot = FakeSnapshot((BANK,), spans={"17016": span})
    party = make_party(Role.CREDITOR, "Example Petrol Bank")
    return decide(make_payment(creditor=party), snapshot=snapshot, law_at=LawTime(day=day))


UNSURE = Span(date(2024, 5, 15), date(2024, 6, 12))


def test_undecided_designation_is_review_and_names_the_interval() -> None:
    reason = get_one(_with_span(UNSURE, date(2024, 6, 1)), "DESIGNATION_UNDECIDED")
    assert reason.effect is Effect.REVIEW
    assert "between 2024-05-15 and 2024-06-12" in reason.text
    assert reason.sources[-1].field == "published_on"


def test_not_yet_in_force_is_info_and_names_the_date() -> None:
    decision = _with_span(Span(date(2024, 6, 12), date(2024, 6, 12)), date(2024, 6, 11))
    assert decision.verdict is Verdict.CLEAR
    reason = get_one(decision, "NOT_IN_FORCE")
    assert "it began on 2024-06-12" in reason.text
    assert reason.list_id == "us-ofac-sdn"


def test_on_the_day_itself_it_is_in_force() -> None:
    decision = _with_span(Span(date(2024, 6, 12), date(2024, 6, 12)), date(2024, 6, 12))
    assert decision.verdict is Verdict.STOP
    assert not find_all(decision, "NOT_IN_FORCE")
    assert not find_all(decision, "DESIGNATION_UNDECIDED")


def test_ended_is_info_and_undecided_end_is_review() -> None:
    span = Span(date(2020, 1, 1), date(2020, 1, 1), date(2024, 3, 1), date(2024, 4, 1))
    assert "it ended between" in get_one(_with_span(span, date(2024, 4, 1)), "NOT_IN_FORCE").text
    unsure = get_one(_with_span(span, date(2024, 3, 5)), "DESIGNATION_UNDECIDED")
    assert "it ended between 2024-03-01 and 2024-04-01" in unsure.text
    assert _with_span(span, date(2024, 2, 29)).verdict is Verdict.STOP


def test_a_beginning_from_the_table_cites_the_table() -> None:
    span = replace(UNSURE, from_basis="table")
    reason = get_one(_with_span(span, date(2024, 6, 1)), "DESIGNATION_UNDECIDED")
    assert reason.sources[-1].file == "designations.csv"
    assert reason.sources[-1].file_sha256 == "cd" * 32


def test_unknown_beginning_says_so() -> None:
    reason = get_one(
        _with_span(Span(None, date(2024, 5, 14)), date(2024, 5, 1)), "DESIGNATION_UNDECIDED"
    )
    assert "on or before 2024-05-14" in reason.text


def test_the_day_is_that_of_the_lists_legal_zone() -> None:
    snapshot = FakeSnapshot((BANK,), spans={"17016": Span(date(2024, 6, 12), date(2024, 6, 12))})
    payment = make_payment(creditor=make_party(Role.CREDITOR, "Example Petrol Bank"))
    # 02:00 UTC on 12 June is 10:00 in Beijing and still 11 June in Washington.
    early = LawTime(instant=datetime(2024, 6, 12, 2, tzinfo=UTC))
    late = LawTime(instant=datetime(2024, 6, 12, 4, tzinfo=UTC))
    assert decide(payment, snapshot=snapshot, law_at=early).verdict is Verdict.CLEAR
    assert decide(payment, snapshot=snapshot, law_at=late).verdict is Verdict.STOP
