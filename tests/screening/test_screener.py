"""The entry points: batches, keys, order, and the properties of every decision."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import amur.screening
from amur.engine import Subject
from amur.errors import InputError
from amur.model import (
    Agent,
    DateRange,
    Effect,
    IdentifierKind,
    LawTime,
    Party,
    Payment,
    PriorPayment,
    Role,
    Schema,
    Span,
    Text,
    canonical,
    digest,
)
from amur.policy import parse_policy
from amur.screening import Screener, match_parties, screen_payment, screen_payments
from amur.screening.effects import VERDICTS, find_strongest
from tests.screening.fakes import (
    HARBIN,
    KNOWN_AT,
    LAW_AT,
    LISTS,
    NEW_YORK,
    FakeSnapshot,
    make_entity,
    make_party,
    make_payment,
    remit,
)

ENTITIES = (
    make_entity("1", "Example Petrol Bank", identifiers=[(IdentifierKind.BIC, "EXPBRUMM")]),
    make_entity("2", "Example Petrol Bank", list_id="un-sc"),
    make_entity(
        "3",
        "Ivan Exampleov",
        schema=Schema.PERSON,
        weak=["The Sailor Man"],
        births=[DateRange(date(1960, 5, 1), date(1960, 5, 1))],
    ),
    make_entity("4", "Later Trade House"),
)
SPANS = {"4": Span(date(2024, 5, 15), date(2024, 6, 12))}
POLICIES = tuple(parse_policy(overlay) for overlay in ("", HARBIN, NEW_YORK))


def make_snapshot() -> FakeSnapshot:
    return FakeSnapshot(ENTITIES, spans=SPANS)


names = st.sampled_from(
    [
        "",
        "Quiet Timber",
        "Example Petrol Bank",
        "Ivan Exampleov",
        "The Sailor Man",
        "Later Trade House",
        "Quiet Timber on behalf of Ivan Exampleov",
    ]
)
countries = st.sampled_from(["", "CN", "US", "CU", "SY", "ZZ", "DE"])


@st.composite
def payments(draw: st.DrawFn) -> Payment:
    def party(role: Role) -> Party:
        return make_party(role, draw(names), country=draw(countries))

    agents = [
        Agent(Role.DEBTOR_AGENT, "DbtrAgt", draw(st.sampled_from(["", "EXPBRUMM", "OTHRCNBJ"])))
    ]
    lines = draw(
        st.lists(
            st.sampled_from(["Invoice 7", "Example", "Petrol Bank", "HS 440711", "Ivan Exampleov"]),
            max_size=4,
        )
    )
    return make_payment(
        debtor=party(Role.DEBTOR),
        creditor=party(Role.CREDITOR),
        agents=agents,
        texts=[remit(*lines)] if lines else [],
        currency=draw(st.sampled_from(["CNY", "USD"])),
    )


@given(st.lists(payments(), max_size=5), st.sampled_from(POLICIES))
@settings(max_examples=60, deadline=None)
def test_every_decision_is_the_fold_of_its_reasons(batch: list[Payment], policy: object) -> None:
    assert policy in POLICIES
    for own in POLICIES:
        decisions = screen_payments(batch, make_snapshot(), own, law_at=LAW_AT, known_at=KNOWN_AT)
        assert len(decisions) == len(batch)
        for payment, decision in zip(batch, decisions, strict=True):
            effects = [reason.effect for reason in decision.reasons]
            assert decision.verdict is VERDICTS[find_strongest(effects)]
            ranks = [{"STOP": 0, "REVIEW": 1, "INFO": 2}[effect] for effect in effects]
            assert ranks == sorted(ranks)
            assert decision.id == digest(decision.key)
            assert decision.key.subject_sha256 == digest(payment)
            for reason in decision.reasons:
                if reason.milli is not None:
                    assert reason.milli == sum(c.milli for c in reason.contributions)
                    assert reason.sources


@given(st.lists(payments(), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_batch_decides_as_its_payments_do_alone(batch: list[Payment]) -> None:
    policy = POLICIES[1]
    together = screen_payments(batch, make_snapshot(), policy, law_at=LAW_AT, known_at=KNOWN_AT)
    alone = [
        screen_payment(payment, make_snapshot(), policy, law_at=LAW_AT, known_at=KNOWN_AT)
        for payment in batch
    ]
    assert [canonical(d) for d in together] == [canonical(d) for d in alone]


@given(payments(), st.permutations(range(len(ENTITIES))), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_order_of_lists_and_entities_is_nothing(
    payment: Payment, order: list[int], turned: bool
) -> None:
    plain = make_snapshot()
    mixed = FakeSnapshot(
        [ENTITIES[i] for i in order], spans=SPANS, lists=LISTS[::-1] if turned else LISTS
    )
    one, other = (
        screen_payment(payment, snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT)
        for snapshot in (plain, mixed)
    )
    assert canonical(one) == canonical(other)


def test_a_batch_is_one_call_each_over_distinct_questions() -> None:
    snapshot = make_snapshot()
    batch = [make_payment(texts=[remit("Invoice 7")])] * 3
    Screener(snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT).screen(batch)
    assert [len(call) for call in snapshot.index.match_calls] == [4]
    assert snapshot.index.scan_calls == [["Invoice 7"]]


def test_no_payments_ask_nothing() -> None:
    snapshot = make_snapshot()
    assert screen_payments((), snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT) == ()
    assert not snapshot.index.match_calls


def test_contexts_must_fit_the_batch() -> None:
    screener = Screener(make_snapshot(), POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT)
    with pytest.raises(InputError):
        screener.screen([make_payment()], [(), ()])


def test_every_part_of_the_key_tells_decisions_apart() -> None:
    payment, snapshot = make_payment(), make_snapshot()
    other = make_snapshot()
    other.id = "snapshot-2"
    prior = PriorPayment("same_identification", "0" * 64, "d" * 64)
    ids = {
        screen_payment(payment, snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT).id,
        screen_payment(
            make_payment(currency="USD"), snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT
        ).id,
        screen_payment(payment, other, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT).id,
        screen_payment(payment, snapshot, POLICIES[1], law_at=LAW_AT, known_at=KNOWN_AT).id,
        screen_payment(
            payment, snapshot, POLICIES[0], law_at=LawTime(day=date(2024, 5, 15)), known_at=KNOWN_AT
        ).id,
        screen_payment(
            payment,
            snapshot,
            POLICIES[0],
            law_at=LAW_AT,
            known_at=datetime(2024, 5, 17, tzinfo=UTC),
        ).id,
        screen_payment(
            payment, snapshot, POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT, context=[prior]
        ).id,
    }
    assert len(ids) == 7


def test_key_says_both_times_and_the_engine() -> None:
    key = screen_payment(
        make_payment(), make_snapshot(), POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT
    ).key
    assert key.law_at == "2024-05-16"
    assert key.known_at == "2024-05-16T23:59:59Z"
    assert key.engine.startswith("amur ")
    assert " / engine " in key.engine
    assert key.context_sha256 == digest([])


def test_match_parties_takes_the_path_that_payments_take() -> None:
    subjects = [
        Subject("Example Petrol Bank"),
        Subject("Quiet Timber"),
        Subject("The Sailor Man"),
        Subject("X", identifiers=(("bic", "EXPBRUMM"),)),
        Subject("Later Trade House"),
        Subject("Example Petrol Bank"),
    ]
    found = match_parties(subjects, make_snapshot(), POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT)
    assert [[r.code for r in reasons] for reasons in found] == [
        ["NAME_HIT", "NAME_HIT"],
        [],
        ["WEAK_ALIAS_HIT"],
        ["IDENTIFIER_HIT"],
        ["DESIGNATION_UNDECIDED"],
        ["NAME_HIT", "NAME_HIT"],
    ]
    assert found[0] == found[5]
    payment = make_payment(creditor=make_party(Role.CREDITOR, "Example Petrol Bank", country=""))
    reasons = screen_payment(
        payment, make_snapshot(), POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT
    ).reasons
    assert [r.milli for r in reasons if r.effect is Effect.STOP] == [r.milli for r in found[0]]


def test_a_named_institution_without_payment_counts_as_tied() -> None:
    found = match_parties(
        [Subject("Example Petrol Bank")],
        make_snapshot(),
        POLICIES[1],
        law_at=LAW_AT,
        known_at=KNOWN_AT,
    )
    assert [r.effect for r in found[0]] == [Effect.STOP, Effect.STOP]


def test_screening_is_pure() -> None:
    """No clock, no randomness, no input or output: nothing that reaches for them is imported."""
    forbidden = {
        "os",
        "io",
        "time",
        "random",
        "pathlib",
        "socket",
        "subprocess",
        "sqlite3",
        "logging",
        "secrets",
        "uuid",
        "sys",
    }
    allowed = (
        "amur.engine",
        "amur.errors",
        "amur.limits",
        "amur.model",
        "amur.policy",
        "amur.screening",
        "amur.evidence",
    )
    files = sorted(Path(str(amur.screening.__file__)).parent.glob("*.py"))
    assert len(files) > 8
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for module in modules:
                assert module.split(".")[0] not in forbidden, (file.name, module)
                assert not module.startswith("amur") or module.startswith(allowed), file.name
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow"}, file.name


def test_reasons_stand_in_message_order_within_an_effect() -> None:
    texts = [Text(remit("x").kind, ("Ivan Exampleov",), "70")]
    payment = make_payment(
        creditor=make_party(Role.CREDITOR, "Ivan Exampleov"),
        debtor=make_party(Role.DEBTOR, "The Sailor Man"),
        texts=texts,
    )
    reasons = screen_payment(
        payment, make_snapshot(), POLICIES[0], law_at=LAW_AT, known_at=KNOWN_AT
    ).reasons
    telling = [r.code for r in reasons if r.effect is Effect.REVIEW]
    assert telling == ["WEAK_ALIAS_HIT", "NAME_HIT", "TEXT_NAME_HIT"]
