"""Reasons -> decision: the fold by the policy's table, and the key that names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amur.model import (
    Action,
    Decision,
    DecisionKey,
    Effect,
    PriorPayment,
    Reason,
    digest,
)
from amur.policy import UNNAMED, ActionRule, Institution, Policy
from amur.screening.effects import ACTION_RANK, RANK, VERDICTS, find_strongest
from amur.screening.hits import Hit


def order_reasons(hits: Iterable[Hit]) -> tuple[Reason, ...]:
    """Return the reasons strongest effect first, then in message order, then by score."""
    return tuple(hit.reason for hit in sorted(hits, key=_sort_key))


def _sort_key(hit: Hit) -> tuple[int, int, int, str, str, str, str, str]:
    # Ends with what tells two reasons of one field apart, so that the order of lists is nothing.
    reason = hit.reason
    return (
        -RANK[reason.effect],
        hit.position,
        -(reason.milli or 0),
        reason.code,
        reason.list_id,
        reason.record_id,
        reason.regime,
        reason.text,
    )


def find_action(policy: Policy, reasons: Iterable[Reason]) -> Action:
    """Return the gravest action that the policy's table gives for the reasons."""
    actions = (_find_rule(policy.actions, reason, policy.institution).action for reason in reasons)
    return max(actions, key=ACTION_RANK.__getitem__, default=Action.RELEASE)


def _find_rule(rules: Sequence[ActionRule], reason: Reason, own: Institution) -> ActionRule:
    place = own.country if own.named else UNNAMED
    return next(
        rule
        for rule in rules
        if rule.effect is reason.effect
        and (not rule.basis or reason.basis in rule.basis)
        and (not rule.regimes or reason.regime in rule.regimes)
        and (not rule.institutions or place in rule.institutions)
    )


def make_decision(
    policy: Policy, key: DecisionKey, hits: Iterable[Hit], context: Sequence[PriorPayment]
) -> Decision:
    """Return the decision: verdict = strongest effect, action = gravest by the table."""
    reasons = order_reasons(hits)
    strongest = find_strongest(reason.effect for reason in reasons)
    # INFO always leads to RELEASE (the policy's reader sees to it), so the many reasons at INFO
    # need no look at the table.
    telling = (reason for reason in reasons if reason.effect is not Effect.INFO)
    return Decision(
        id=digest(key),
        key=key,
        verdict=VERDICTS[strongest],
        action=find_action(policy, telling),
        reasons=reasons,
        context=tuple(context),
    )
