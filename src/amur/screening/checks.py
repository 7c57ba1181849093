"""Checks that need no matching: lists, missing checks, identification, unnamed and unread parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amur.model import (
    Basis,
    Effect,
    Payment,
    PriorPayment,
    Reason,
    Role,
    Source,
)
from amur.policy import REASON_RULES, ReasonCode
from amur.screening.frame import Frame
from amur.screening.hits import Hit
from amur.screening.indicators import IndicatorTable, Sign

_MISSING_WHY = "no such check exists yet"

_LAST = 1_000_000
"""Position of reasons that concern the whole payment: after every field."""


def check_lists(frame: Frame) -> Iterator[Hit]:
    """Yield a reason per required list that is missing, and per list that is too old."""
    policy = frame.policy
    held = {state.list_id: state for state in frame.evidence.lists}
    for list_id in sorted({*policy.required_lists, *held}):
        rules = policy.lists[list_id]
        if list_id not in held:
            yield _make(
                frame,
                ReasonCode.LIST_NOT_LOADED,
                Basis.CANNOT_ASSESS,
                regime=rules.regime,
                list_id=list_id,
                list=list_id,
            )
            continue
        published_on = held[list_id].published_on
        known_on = frame.known_at.date()
        age = (known_on - published_on).days
        if age > rules.max_age_days:
            source = Source(list_id, "", "", "", "published_on", published_on)
            yield _make(
                frame,
                ReasonCode.LIST_STALE,
                Basis.CANNOT_ASSESS,
                regime=rules.regime,
                list_id=list_id,
                sources=(source,),
                list=rules.title,
                published_on=published_on,
                age_days=age,
                known_on=known_on,
                max_age_days=rules.max_age_days,
            )


class MissingChecks:
    """Checks that do not exist yet: a fixed INFO each, or REVIEW where the payment calls for it."""

    __slots__ = ("_frame", "_indicators", "_plain")

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        evidence = frame.evidence
        self._indicators = IndicatorTable(
            evidence.table("indicators"), evidence.table_source("indicators")
        )
        self._plain = {
            check: _make(
                frame,
                ReasonCode.NOT_ASSESSED,
                Basis.CANNOT_ASSESS,
                value=check,
                check=title,
                why=_MISSING_WHY,
            )
            for check, title in frame.policy.checks.missing.items()
        }

    def check(self, payment: Payment) -> Iterator[Hit]:
        """Yield one reason per missing check."""
        rules = self._frame.policy.checks
        signs: dict[str, Sign] = {}
        for sign in self._indicators.find(payment):
            if sign.check in rules.review_on_indicator:
                signs.setdefault(sign.check, sign)
        if not signs:
            yield from self._plain.values()
            return
        for check, plain in self._plain.items():
            found = signs.get(check)
            yield plain if found is None else self._raise_to_review(check, found)

    def _raise_to_review(self, check: str, sign: Sign) -> Hit:
        note = f" ({sign.note})" if sign.note else ""
        why = f"{_MISSING_WHY}, but '{sign.value}' in {sign.path} shows that it matters{note}"
        return _make(
            self._frame,
            ReasonCode.NOT_ASSESSED,
            Basis.CANNOT_ASSESS,
            effect=Effect.REVIEW,
            path=sign.path,
            value=sign.value,
            sources=(sign.source,),
            check=self._frame.policy.checks.missing[check],
            why=why,
        )


def check_identification(
    frame: Frame, subject_sha256: str, context: Sequence[PriorPayment]
) -> Iterator[Hit]:
    """Yield a reason per earlier payment with the same identification and other content."""
    for prior in context:
        if prior.relation == "same_identification" and prior.subject_sha256 != subject_sha256:
            yield _make(
                frame,
                ReasonCode.ID_REUSED,
                Basis.POLICY,
                value=prior.decision_id,
                decision=prior.decision_id,
            )


def check_parties(frame: Frame, payment: Payment) -> Iterator[Hit]:
    """Yield a reason per debtor or creditor without name and identifier, or missing altogether."""
    needed = payment.message_type.startswith(frame.policy.checks.parties_required_in)
    for role in (Role.DEBTOR, Role.CREDITOR):
        held = [(i, p) for i, p in enumerate(payment.parties) if p.role is role]
        for position, party in held:
            if not party.name.strip() and not party.identifiers:
                yield _make(
                    frame,
                    ReasonCode.PARTY_UNNAMED,
                    Basis.CANNOT_ASSESS,
                    position=position,
                    path=party.path,
                    role=role.value,
                )
        if not held and needed:
            yield _make(frame, ReasonCode.PARTY_UNNAMED, Basis.CANNOT_ASSESS, role=role.value)


def check_unmapped(frame: Frame, payment: Payment) -> Iterator[Hit]:
    """Yield one reason that names the fields that no rule of the reader maps."""
    if payment.unmapped:
        paths = "; ".join(payment.unmapped)
        yield _make(
            frame,
            ReasonCode.FIELD_UNMAPPED,
            Basis.CANNOT_ASSESS,
            path=payment.unmapped[0],
            value=paths,
            count=len(payment.unmapped),
            paths=paths,
        )


def _make(  # noqa: PLR0913 - a reason has this many facts
    frame: Frame,
    code: ReasonCode,
    basis: Basis,
    *,
    position: int = _LAST,
    effect: Effect | None = None,
    path: str = "",
    value: str = "",
    regime: str = "",
    list_id: str = "",
    sources: tuple[Source, ...] = (),
    **fields: object,
) -> Hit:
    values = {"list": list_id, **fields}
    reason = Reason(
        code=code.value,
        regime=regime,
        basis=basis,
        effect=frame.effect_of(code) if effect is None else effect,
        text=REASON_RULES[code].fill(**values),
        path=path,
        value=value,
        list_id=list_id,
        sources=sources,
    )
    return Hit(position, -1, False, reason)
