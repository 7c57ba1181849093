"""The policy as nouns: what decides, as data with a hash (design rule 12).

Built by `amur.policy.reading.parse_policy`, which validates every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amur.model import Action, Basis, Effect, IdentifierKind, Schema, TextKind, digest
from amur.policy.codes import ReasonCode

UNNAMED = "unnamed"
"""In an action rule: the policy names no institution."""


@dataclass(frozen=True, slots=True)
class Institution:
    """Whose decision it is. All empty: no institution is named, so every law may apply.

    Attributes:
        name: legal name.
        bics: its BICs, 8 or 11 characters.
        country: ISO 3166-1 alpha-2 of the legal entity; never empty once any other is given.
        laws: regimes that bind it always.
    """

    name: str = ""
    bics: tuple[str, ...] = ()
    country: str = ""
    laws: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the policy names an institution at all."""
        return bool(self.country)


@dataclass(frozen=True, slots=True)
class NameRules:
    """From which score a name counts, and what it asks for.

    Attributes:
        review_at: lowest score of a hit, thousandths of log-odds.
        scan_at: lowest score of a mention in a free text, thousandths of log-odds.
        stop_at: by schema of the listed entity, the score from which a hit is STOP.
        weak_alias_alone: most that a weak alias without further evidence asks for.
        vessel_name_alone: most that a vessel's or aircraft's name without identifier asks for.
        separators: words that join two parties in one name field, e.g. `on behalf of`.
    """

    review_at: int
    scan_at: int
    stop_at: Mapping[Schema, int]
    weak_alias_alone: Effect
    vessel_name_alone: Effect
    separators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextRules:
    """What is looked for in free texts.

    Attributes:
        kinds: kinds of text that are scanned.
        name: what a listed name asks for.
        identifier: most that a listed identifier asks for.
    """

    kinds: frozenset[TextKind]
    name: Effect
    identifier: Effect


@dataclass(frozen=True, slots=True)
class TerritoryRules:
    """What a territorial programme asks for.

    Attributes:
        low_confidence: values of a table row's `confidence` that make it LOW_CONFIDENCE_RULE.
        birth_country: what a birth country asks for where no other country of the party is known.
    """

    low_confidence: frozenset[str]
    birth_country: Effect


@dataclass(frozen=True, slots=True)
class ListRules:
    """One list: whose law it is and how old it may be.

    Attributes:
        title: what a reader calls it.
        regime: whose law.
        basis: on what a hit rests.
        max_age_days: days from its publication to `known_at`, past which nothing is CLEAR.
    """

    title: str
    regime: str
    basis: Basis
    max_age_days: int


@dataclass(frozen=True, slots=True)
class Regime:
    """Whose law: where its day begins, and what ties a payment to it.

    Attributes:
        title: for sentences, e.g. `United States`.
        legal_zone: IANA time zone of its dates.
        countries: ISO codes of its territory.
        currencies: currencies whose clearing is a tie.
        binds_everyone: no tie is needed (United Nations).
    """

    title: str
    legal_zone: str
    countries: frozenset[str]
    currencies: frozenset[str]
    binds_everyone: bool


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Checks that do not exist yet, and where their lack matters.

    Attributes:
        missing: check id -> what it is called; each is reported as NOT_ASSESSED.
        review_on_indicator: checks whose lack is REVIEW where the payment shows that it matters.
        parties_required_in: message type prefixes that must have a debtor and a creditor party.
    """

    missing: Mapping[str, str]
    review_on_indicator: frozenset[str]
    parties_required_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionRule:
    """One row of the table of actions. An empty condition holds always.

    Attributes:
        effect: effect of the reason.
        action: what is proposed.
        basis: bases for which it holds.
        regimes: regimes for which it holds.
        institutions: countries of the institution, or `unnamed`, for which it holds.
    """

    effect: Effect
    action: Action
    basis: tuple[Basis, ...] = ()
    regimes: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What decides. Two policies with the same `sha256` decide alike.

    Attributes:
        institution: whose decision it is.
        names: thresholds and caps of names.
        identifiers: by kind, what an equal identifier asks for.
        texts: rules of free texts.
        territories: rules of territorial programmes.
        required_lists: lists without which nothing is CLEAR.
        shrink_bp_max: basis points by which a publication may be smaller than the one before.
        lists: by list id.
        regimes: by regime id.
        checks: checks that do not exist yet.
        effects: by reason code, where it differs from the code's default.
        actions: first match decides.
    """

    institution: Institution
    names: NameRules
    identifiers: Mapping[IdentifierKind, Effect]
    texts: TextRules
    territories: TerritoryRules
    required_lists: tuple[str, ...]
    shrink_bp_max: int
    lists: Mapping[str, ListRules]
    regimes: Mapping[str, Regime]
    checks: CheckRules
    effects: Mapping[ReasonCode, Effect]
    actions: tuple[ActionRule, ...]

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical form, every default filled in.

        Cost: one encoding of the policy, some microseconds; keep the value in a loop.
        """
        return digest(self)

    @property
    def legal_zones(self) -> dict[str, str]:
        """Regime -> IANA time zone of its dates."""
        return {regime: rule.legal_zone for regime, rule in self.regimes.items()}

    def zone_of(self, list_id: str) -> str:
        """Return the legal time zone of a list; UTC for a list that the policy does not know."""
        known = self.lists.get(list_id)
        return self.regimes[known.regime].legal_zone if known else "UTC"
