"""From listed entities to what the matching engine indexes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amur.engine import IndexEntry
from amur.model import DateRange, Entity, IdentifierKind

CIRCA_YEARS = 2
"""Years by which a birth date given as "circa" is widened on both sides. The publisher says that it
is an estimate: a subject born a year beside it must not count as contradicted. A wider window
only ever keeps a hit that a narrower one would drop."""


def make_entry(entity: Entity) -> IndexEntry:
    """Return what the engine needs of one entity.

    Shape: names in the order of `Entity.names`, none left out, so that `Match.name` is the ordinal
    there; identifiers in order, without `OTHER` (no two of those mean the same thing).
    """
    return IndexEntry(
        schema=entity.schema.value,
        names=tuple((name.text, name.quality.value) for name in entity.names),
        births=tuple(_widen(birth) for birth in entity.births),
        countries=tuple(dict.fromkeys(_find_countries(entity))),
        identifiers=tuple(
            (each.kind.value, each.value)
            for each in entity.identifiers
            if each.kind is not IdentifierKind.OTHER
        ),
    )


def _find_countries(entity: Entity) -> Iterator[str]:
    for link in entity.countries:
        if link.country:
            yield link.country
    for address in entity.addresses:
        if address.country:
            yield address.country
    for identifier in entity.identifiers:
        if identifier.country:
            yield identifier.country


def _widen(birth: DateRange) -> tuple[date | None, date | None]:
    if not birth.circa:
        return birth.earliest, birth.latest
    return _shift(birth.earliest, -CIRCA_YEARS), _shift(birth.latest, CIRCA_YEARS)


def _shift(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    year = min(max(day.year + years, 1), 9999)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February in a year that has none
        return day.replace(year=year, day=28)
