"""Canonical bytes of the nouns, and their hashes.

The canonical form is JSON in UTF-8 with fields in the order of the dataclass, mappings sorted by
key, no insignificant white space, and dates in ISO 8601. It is stable: the same noun always gives
the same bytes, on every machine.
"""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(order="deterministic")


def canonical(noun: object) -> bytes:
    """Return the canonical JSON bytes of a noun (or of a list, tuple or mapping of nouns)."""
    return _ENCODER.encode(noun)


def decode(kind: type[T], encoded: bytes) -> T:
    """Return the noun of type `kind` from its canonical bytes.

    Raises:
        msgspec.ValidationError: the bytes are JSON of another shape.
        msgspec.DecodeError: the bytes are not JSON.
    """
    return msgspec.json.decode(encoded, type=kind)


def digest(noun: object) -> str:
    """Return the SHA-256 of the canonical bytes, lower-case hex."""
    return hashlib.sha256(canonical(noun)).hexdigest()
