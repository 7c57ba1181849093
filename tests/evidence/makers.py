"""Small publications and entities for the tests of evidence and of the use cases above it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from amur.model import (
    DateRange,
    Entity,
    ListFile,
    Name,
    NameKind,
    NameQuality,
    Publication,
    RejectedRecord,
    Schema,
    Source,
)

KNOWN = datetime(2024, 12, 1, 12, 0, 0, tzinfo=UTC)


def make_entity(
    record_id: str,
    name: str = "",
    *,
    list_id: str = "un-sc",
    listed_on: date | None = None,
    sha256: str = "0" * 64,
    published_on: date | None = None,
) -> Entity:
    """Return an organisation with one name."""
    return Entity(
        source=Source(list_id, "list.txt", sha256, record_id, "", published_on),
        schema=Schema.ORGANIZATION,
        names=(Name(name or f"Organisation {record_id}", NameQuality.PRIMARY, NameKind.PRIMARY),),
        listed_on=None if listed_on is None else DateRange(listed_on, listed_on),
    )


def make_publication(
    published_on: date,
    records: Iterable[str | Entity],
    *,
    list_id: str = "un-sc",
    known_at: datetime = KNOWN,
    rejected: Iterable[str] = (),
    basis: str = "file",
) -> Publication:
    """Return a publication of the given records; ids in `rejected` could not be read."""
    records = tuple(records)
    sha256 = hashlib.sha256(repr((published_on, records)).encode()).hexdigest()
    entities = tuple(
        each
        if isinstance(each, Entity)
        else make_entity(each, list_id=list_id, sha256=sha256, published_on=published_on)
        for each in records
    )
    return Publication(
        list_id=list_id,
        published_on=published_on,
        published_basis=basis,
        known_at=known_at,
        files=(ListFile("list.txt", sha256, 10 * len(entities), len(entities)),),
        entities=entities,
        rejected=tuple(
            RejectedRecord("list.txt", number, record_id, "name", "the name is empty")
            for number, record_id in enumerate(rejected, start=7)
        ),
        counts={"entities": len(entities)},
    )
