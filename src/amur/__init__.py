"""Amur: sanctions screening of payments and parties, with reasons, sources and a record.

The names below are the public API; everything else may change. They are loaded at first use, so
that `import amur` costs next to nothing.

Examples:
    >>> import amur
    >>> snapshot = amur.open_sample()
    >>> hits, = amur.match(["Gazprombank"], snapshot)
    >>> hits[0].list_id
    'us-ofac-sdn'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amur.app.library import match, open_sample, open_snapshot, read_payments, screen
    from amur.app.policies import load_policy
    from amur.engine import Subject
    from amur.errors import AmurError
    from amur.evidence.snapshot import Snapshot
    from amur.model import Decision, Party, Payment, Reason, Role, Verdict
    from amur.policy import Policy
    from amur.reports import explain

__all__ = [
    "AmurError",
    "Decision",
    "Party",
    "Payment",
    "Policy",
    "Reason",
    "Role",
    "Snapshot",
    "Subject",
    "Verdict",
    "explain",
    "load_policy",
    "match",
    "open_sample",
    "open_snapshot",
    "read_payments",
    "screen",
]

_HOMES = {
    "AmurError": "amur.errors",
    "Decision": "amur.model",
    "Party": "amur.model",
    "Payment": "amur.model",
    "Policy": "amur.policy",
    "Reason": "amur.model",
    "Role": "amur.model",
    "Snapshot": "amur.evidence.snapshot",
    "Subject": "amur.engine",
    "Verdict": "amur.model",
    "explain": "amur.reports",
    "load_policy": "amur.app.policies",
    "match": "amur.app.library",
    "open_sample": "amur.app.library",
    "open_snapshot": "amur.app.library",
    "read_payments": "amur.app.library",
    "screen": "amur.app.library",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'amur' has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
