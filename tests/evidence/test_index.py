from __future__ import annotations

from dataclasses import replace
from datetime import date

from amur.evidence.index import CIRCA_YEARS, make_entry
from amur.model import (
    Address,
    CountryLink,
    DateRange,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    NameQuality,
)
from tests.evidence.makers import make_entity


def test_names_keep_their_order_and_quality() -> None:
    names = (
        Name("Alpha Bank", NameQuality.PRIMARY, NameKind.PRIMARY),
        Name("Beta", NameQuality.WEAK, NameKind.ALIAS),
        Name("Alpha Bank", NameQuality.STRONG, NameKind.FORMER),
    )
    entry = make_entry(replace(make_entity("1"), names=names))
    assert entry.names == (("Alpha Bank", "primary"), ("Beta", "weak"), ("Alpha Bank", "strong"))
    assert entry.schema == "organization"


def test_every_kind_of_identifier_but_other_is_indexed_in_order() -> None:
    kinds = sorted(IdentifierKind, reverse=True)
    identifiers = tuple(Identifier(kind, f"V{kind}") for kind in kinds)
    entry = make_entry(replace(make_entity("1"), identifiers=identifiers))
    assert entry.identifiers == tuple(
        (str(kind), f"V{kind}") for kind in kinds if kind is not IdentifierKind.OTHER
    )
    assert len(entry.identifiers) == len(kinds) - 1


def test_countries_of_any_tie_once_each() -> None:
    entity = replace(
        make_entity("1"),
        countries=(CountryLink("nationality", "RU", "Russia"), CountryLink("flag", "", "USSR")),
        addresses=(Address(country="CN"), Address(country="RU"), Address()),
        identifiers=(Identifier(IdentifierKind.TAX, "77", country="KZ"),),
    )
    assert make_entry(entity).countries == ("RU", "CN", "KZ")


def test_births_are_as_published_and_circa_is_wider() -> None:
    exact = DateRange(date(1960, 2, 29), date(1960, 2, 29))
    circa = DateRange(date(1960, 2, 29), date(1960, 12, 31), circa=True)
    open_ended = DateRange(None, date(1970, 1, 1), circa=True)
    entry = make_entry(replace(make_entity("1"), births=(exact, circa, open_ended)))
    assert entry.births == (
        (date(1960, 2, 29), date(1960, 2, 29)),
        (date(1960 - CIRCA_YEARS, 2, 28), date(1960 + CIRCA_YEARS, 12, 31)),
        (None, date(1970 + CIRCA_YEARS, 1, 1)),
    )
