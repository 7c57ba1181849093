"""What lists hold: entities with names, dates, places, identifiers, each with its source field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amur.model.sources import Source
from amur.model.times import DateRange


class Schema(StrEnum):
    """What kind of thing an entity is. `UNKNOWN` is for subjects, never for listed entities."""

    PERSON = "person"
    ORGANIZATION = "organization"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameQuality(StrEnum):
    """How much a name says about who it is."""

    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"


class NameKind(StrEnum):
    """In what sense a name is the entity's."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"
    NEW = "new"
    ORIGINAL_SCRIPT = "original_script"


class NamePart(StrEnum):
    """Role of one part of a name, where the publisher marks it."""

    FAMILY = "family"
    GIVEN = "given"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity.

    Attributes:
        text: the name in natural reading order, e.g. `Vladimir Vladimirovich PUTIN`.
        quality: primary, strong or weak.
        kind: alias, former name, original script ...
        parts: (role, text) pairs in the publisher's order; empty where it marks none.
        field: where in the record it stands, e.g. `alt.csv/alt_name`.
        note: what the publisher says of it (alias note, language), else empty.
    """

    text: str
    quality: NameQuality
    kind: NameKind
    parts: tuple[tuple[NamePart, str], ...] = ()
    field: str = ""
    note: str = ""


class IdentifierKind(StrEnum):
    """Kinds of identifier. `OTHER` keeps the publisher's label in `Identifier.label`."""

    BIC = "bic"
    IMO = "imo"
    MMSI = "mmsi"
    CALL_SIGN = "call_sign"
    LEI = "lei"
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TAX = "tax"
    REGISTRATION = "registration"
    WALLET = "wallet"
    TAIL_NUMBER = "tail_number"
    SERIAL_NUMBER = "serial_number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier.

    Attributes:
        kind: what it is.
        value: as published, trimmed.
        country: ISO 3166-1 alpha-2 of the issuer, upper case, empty where not given or unknown.
        label: the publisher's words, e.g. `Registration Number`, `XBT` for a wallet's currency.
        note: issue and expiry as published, else empty.
        field: where in the record it stands.
    """

    kind: IdentifierKind
    value: str
    country: str = ""
    label: str = ""
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class CountryLink:
    """A tie to a country.

    Attributes:
        kind: `nationality`, `citizenship`, `residence`, `flag`, `former_flag`, `birth`,
            `registration`.
        country: ISO 3166-1 alpha-2, upper case; empty where the text names no current country.
        text: the publisher's words.
        field: where in the record it stands.
    """

    kind: str
    country: str
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address.

    Attributes:
        lines: street and unstructured lines.
        town: town, with state and postal code where the publisher joins them.
        region: state or province.
        postal_code: postal code.
        country: ISO 3166-1 alpha-2, upper case; empty if unknown.
        country_text: the country as written.
        note: what the publisher says of it.
        field: element path or column.
    """

    lines: tuple[str, ...] = ()
    town: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    country_text: str = ""
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation stated by the publisher, by name only: a link, not an ownership stake.

    Attributes:
        kind: `linked_to`, `vessel_owner`, `aircraft_operator`.
        name: the other party's name as written.
        field: where in the record it stands.
    """

    kind: str
    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Any further statement of the record, kept word for word so that nothing is lost.

    Attributes:
        kind: `title`, `position`, `gender`, `secondary_sanctions`, `directive`, `listing_date`,
            `effective_date`, `vessel_type`, `tonnage`, `gross_tonnage`, `aircraft_model`,
            `established`, `website`, `email`, `phone`, `comment`, `reference`, `other` ...
        text: the words.
        field: where in the record they stand.
    """

    kind: str
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One record of one list, with everything the publisher says of it.

    Attributes:
        source: list, file, record; its `field` is empty (each fact names its own).
        schema: person, organisation, vessel or aircraft.
        names: at least one; the primary name first.
        births: possible birth dates (persons).
        birth_places: as written.
        countries: nationality, citizenship, flag ...
        addresses: postal addresses.
        identifiers: documents, registrations, BIC, IMO, wallets ...
        programmes: programme tags, in the publisher's spelling.
        links: relations by name.
        gender: `male`, `female` or empty.
        notes: everything else, word for word.
        listed_on: the publisher's own designation date, where it gives one.
        updated_on: the publisher's last change of the record, where it gives one.
    """

    source: Source
    schema: Schema
    names: tuple[Name, ...]
    births: tuple[DateRange, ...] = ()
    birth_places: tuple[Note, ...] = ()
    countries: tuple[CountryLink, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    gender: str = ""
    notes: tuple[Note, ...] = ()
    listed_on: DateRange | None = None
    updated_on: DateRange | None = None

    @property
    def primary_name(self) -> str:
        """The primary name's text."""
        return self.names[0].text

    def cite(self, field: str) -> Source:
        """Return the source of one fact of this record."""
        own = self.source
        return Source(
            own.list_id, own.file, own.file_sha256, own.record_id, field, own.published_on
        )
