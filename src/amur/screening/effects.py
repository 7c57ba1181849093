"""Effects as a scale: which of two is stronger, and what a cap leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from amur.model import Action, Effect, Verdict

RANK: Final = {Effect.INFO: 0, Effect.REVIEW: 1, Effect.STOP: 2}
"""Place on the scale INFO < REVIEW < STOP."""

VERDICTS: Final = {
    Effect.INFO: Verdict.CLEAR,
    Effect.REVIEW: Verdict.REVIEW,
    Effect.STOP: Verdict.STOP,
}
"""The verdict that the strongest effect gives."""

ACTION_RANK: Final = {
    Action.RELEASE: 0,
    Action.HOLD: 1,
    Action.DECLINE: 2,
    Action.REJECT: 3,
    Action.FREEZE: 4,
}
"""Of several reasons the gravest action wins."""


def cap_effect(effect: Effect, most: Effect) -> Effect:
    """Return `effect`, but not more than `most`."""
    return effect if RANK[effect] <= RANK[most] else most


def find_strongest(effects: Iterable[Effect]) -> Effect:
    """Return the strongest effect; INFO of none."""
    return max(effects, key=RANK.__getitem__, default=Effect.INFO)
