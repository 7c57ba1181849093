"""What could not be read -> `Unscreened`: held and counted, never lost (design rule 9)."""

from __future__ import annotations

from amur.errors import InputError
from amur.model import Unscreened


def hold(error: InputError, *, source: str, sha256: str, message_type: str = "") -> Unscreened:
    """Return the record of an error: its class, place and sentence."""
    problem = f"{error.problem.rstrip('.')}. {error.advice}" if error.advice else error.problem
    return Unscreened(
        source=source,
        sha256=sha256,
        problem=problem,
        line=error.line,
        field=error.field,
        error=type(error).__name__,
        message_type=message_type,
    )
