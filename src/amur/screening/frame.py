"""What stays the same over a batch: evidence, policy, both times, and what follows from them.

Computed once per (snapshot, policy, law_at, known_at), so that a payment without hits costs
little. Pure: nothing here depends on the payments seen before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from amur.errors import PolicyError, SnapshotError
from amur.limits import ENTITY_CACHE_MAX
from amur.model import Effect, Entity, ForceStatus, LawTime, Source, Span
from amur.policy import REASON_RULES, ListRules, Policy, ReasonCode
from amur.screening.inputs import Evidence


@dataclass(frozen=True, slots=True)
class Territory:
    """One row of the table of territorial programmes, in force on the day asked about.

    Attributes:
        regime: whose law.
        country: ISO 3166-1 alpha-2.
        name: what the table calls it.
        legal_basis: the law.
        effect: what it asks for at most.
        confidence: how sure the table is, A (read in the source) to D (recalled).
        source: the row.
    """

    regime: str
    country: str
    name: str
    legal_basis: str
    effect: Effect
    confidence: str
    source: Source


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed entity as hits need it.

    Attributes:
        ordinal: its ordinal in the index.
        entity: the record.
        span: when it was in force.
        status: whether it was on the day asked about.
        rules: the policy's rules of its list.
        day: the day asked about in the list's legal zone.
    """

    ordinal: int
    entity: Entity
    span: Span
    status: ForceStatus
    rules: ListRules
    day: date


class Frame:
    """The fixed surroundings of decisions.

    Attributes:
        evidence: the snapshot.
        policy: what decides.
        law_at: what was in force.
        known_at: what had been learnt, UTC.
        days: regime -> calendar day of `law_at` in its legal zone.
        territories: country -> programmes in force on that day.
        separator: finds words that join two parties in one name; None where there are none.
    """

    __slots__ = (
        "_listed",
        "days",
        "evidence",
        "known_at",
        "law_at",
        "policy",
        "separator",
        "territories",
    )

    def __init__(
        self, evidence: Evidence, policy: Policy, *, law_at: LawTime, known_at: datetime
    ) -> None:
        """Prepare.

        Raises:
            PolicyError: the snapshot holds a list or a regime that the policy does not know.
            SnapshotError: the table of territories is missing or not usable.
        """
        for state in evidence.lists:
            if state.list_id not in policy.lists:
                raise PolicyError(
                    "the snapshot holds this list, but the policy does not know it",
                    key=f"lists.by_id.{state.list_id}",
                    advice="Give its title, regime, basis and max_age_days.",
                )
        self.evidence = evidence
        self.policy = policy
        self.law_at = law_at
        self.known_at = known_at.astimezone(UTC)
        self.days = {name: law_at.day_in(rule.legal_zone) for name, rule in policy.regimes.items()}
        self.separator = _compile_separators(policy.names.separators)
        self.territories = self._read_territories()
        self._listed: dict[int, Listed] = {}

    def listed(self, ordinal: int) -> Listed:
        """Return a listed entity with its force status.

        Cost: the record is read and decoded once, then kept: the same few entities are hit again
        and again.
        """
        found = self._listed.get(ordinal)
        if found is None:
            entity, span = self.evidence.entity(ordinal), self.evidence.span(ordinal)
            rules = self.policy.lists[entity.source.list_id]
            day = self.days[rules.regime]
            found = Listed(ordinal, entity, span, span.status(day), rules, day)
            if len(self._listed) >= ENTITY_CACHE_MAX:
                self._listed.clear()
            self._listed[ordinal] = found
        return found

    def effect_of(self, code: ReasonCode) -> Effect:
        """Return the policy's effect of a code that is not scored."""
        return self.policy.effects.get(code, REASON_RULES[code].effect)

    def _read_territories(self) -> dict[str, tuple[Territory, ...]]:
        origin = self.evidence.table_source("territories")
        found: dict[str, list[Territory]] = {}
        for number, row in enumerate(self.evidence.table("territories"), start=1):
            source = cite_row(origin, number, "country")
            try:
                territory = _read_territory(row, source)
                begin, end = _read_day(row["effective_from"]), _read_day(row["effective_until"])
            except (KeyError, ValueError) as error:
                raise SnapshotError(
                    f"{origin.file} {source.record_id}: {error} is missing or not usable",
                    advice="Correct the table and rebuild the snapshot.",
                ) from error
            day = self.days.get(territory.regime)
            if day is None:
                raise PolicyError(
                    "the table of territories names this regime, but the policy does not know it",
                    key=f"regimes.{territory.regime}",
                    advice="Give its title, legal_zone, countries and currencies.",
                )
            if (begin is None or begin <= day) and (end is None or day <= end):
                found.setdefault(territory.country, []).append(territory)
        return {country: tuple(rows) for country, rows in found.items()}


def cite_row(origin: Source, number: int, field: str) -> Source:
    """Return the citation of one row (1-based) of a hand-kept table."""
    return Source(
        origin.list_id, origin.file, origin.file_sha256, f"row {number}", field, origin.published_on
    )


def _read_territory(row: Mapping[str, str], source: Source) -> Territory:
    return Territory(
        regime=row["regime"],
        country=row["country"],
        name=row["territory"],
        legal_basis=row["legal_basis"],
        effect=Effect(row["effect"]),
        confidence=row["confidence"],
        source=source,
    )


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _compile_separators(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = sorted((re.escape(word) for word in words), key=len, reverse=True)
    if not parts:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
