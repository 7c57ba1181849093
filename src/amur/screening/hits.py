"""A match or a mention -> a Reason: what it asks for, whether it was in force, whose law it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from amur.engine import Match, Mention
from amur.model import (
    Basis,
    Effect,
    Entity,
    ForceStatus,
    IdentifierKind,
    NameQuality,
    Reason,
    Schema,
    Source,
    Span,
)
from amur.policy import REASON_RULES, Policy, ReasonCode
from amur.screening.effects import RANK, cap_effect
from amur.screening.frame import Frame, Listed
from amur.screening.nexus import NexusFinder
from amur.screening.parties import Field, Query
from amur.screening.text import TextQuery

_SUPPORT: Final = frozenset({"birth_date", "identifier"})
"""Features that say who it is beside the name. A country is shared by millions: none."""

_CRAFT: Final = frozenset({Schema.VESSEL, Schema.AIRCRAFT})
"""Things that are renamed at will and share names: only the number tells which one it is."""

_KIND_WORDS: Final = {
    IdentifierKind.BIC: "BIC",
    IdentifierKind.IMO: "IMO number",
    IdentifierKind.MMSI: "MMSI",
    IdentifierKind.LEI: "LEI",
    IdentifierKind.CALL_SIGN: "call sign",
    IdentifierKind.PASSPORT: "passport number",
    IdentifierKind.NATIONAL_ID: "national id",
    IdentifierKind.TAX: "tax number",
    IdentifierKind.REGISTRATION: "registration number",
    IdentifierKind.WALLET: "wallet address",
    IdentifierKind.TAIL_NUMBER: "tail number",
    IdentifierKind.SERIAL_NUMBER: "serial number",
    IdentifierKind.OTHER: "identifier",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A reason on its way into a decision, with what orders and merges it.

    Attributes:
        position: place of the field in message order.
        entity: ordinal of the entity; -1 where none is involved.
        matched: it comes from the matcher (a name or identifier field), not from a text.
        reason: the reason.
    """

    position: int
    entity: int
    matched: bool
    reason: Reason


def explain_match(frame: Frame, nexus: NexusFinder, query: Query, match: Match) -> Hit:
    """Return the hit of a party or agent on a listed entity."""
    listed = frame.listed(match.entity)
    entity = listed.entity
    effect = find_match_effect(frame.policy, entity, match)
    if match.identifier is not None:
        code = ReasonCode.IDENTIFIER_HIT
        value = match.identifier[1]
    else:
        weak = entity.names[match.name].quality is NameQuality.WEAK
        code = ReasonCode.WEAK_ALIAS_HIT if weak else ReasonCode.NAME_HIT
        value = query.subject.name or query.field.value
    text = _fill(code, listed, match, value=value, role=query.field.role)
    reason = _build_reason(frame, nexus, listed, match, code=code, effect=effect, text=text)
    reason = replace(reason, path=query.field.path, value=value)
    return Hit(query.field.position, match.entity, True, reason)


def explain_mention(frame: Frame, nexus: NexusFinder, query: TextQuery, mention: Mention) -> Hit:
    """Return the hit of a free text on a listed entity."""
    match = mention.match
    listed = frame.listed(match.entity)
    value = " ".join(query.text[mention.start : mention.end].split())
    rules = frame.policy.texts
    if match.identifier is not None:
        code = ReasonCode.TEXT_IDENTIFIER_HIT
        own = frame.policy.identifiers[IdentifierKind(match.identifier[0])]
        effect = cap_effect(own, rules.identifier)
        value = value or match.identifier[1]
    else:
        code = ReasonCode.TEXT_NAME_HIT
        effect = rules.name
        if listed.entity.names[match.name].quality is NameQuality.WEAK:
            effect = cap_effect(effect, frame.policy.names.weak_alias_alone)
    text = _fill(code, listed, match, value=value, text=query.field.role)
    reason = _build_reason(frame, nexus, listed, match, code=code, effect=effect, text=text)
    reason = replace(reason, path=query.path_at(mention.start), value=value)
    return Hit(query.field.position, match.entity, False, reason)


def find_match_effect(policy: Policy, entity: Entity, match: Match) -> Effect:
    """Return what a match asks for by its score, before force and nexus.

    An equal identifier asks for what the policy says of its kind; a name for STOP from the
    schema's threshold on, else REVIEW. A weak alias, and the name of a vessel or aircraft, are
    capped as long as nothing but the name speaks.
    """
    rules = policy.names
    by_score = Effect.STOP if match.milli >= rules.stop_at[entity.schema] else Effect.REVIEW
    if match.identifier is not None:
        by_kind = policy.identifiers[IdentifierKind(match.identifier[0])]
        if match.name < 0:
            return by_kind
        return max(by_kind, by_score, key=RANK.__getitem__)
    supported = any(c.milli > 0 and c.feature in _SUPPORT for c in match.contributions)
    if entity.schema in _CRAFT:
        by_score = cap_effect(by_score, rules.vessel_name_alone)
    if entity.names[match.name].quality is NameQuality.WEAK and not supported:
        by_score = cap_effect(by_score, rules.weak_alias_alone)
    return by_score


def keep_best(hits: list[Hit]) -> list[Hit]:
    """Return one hit per field and entity: the strongest; of equals the matcher's, then by score.

    A party's name and its address lines are one field: a name that is broken over both is met
    twice, and is one reason.
    """
    best: dict[tuple[int, int, str], Hit] = {}
    for hit in hits:
        key = (hit.position, hit.entity, "" if hit.entity >= 0 else hit.reason.text)
        other = best.get(key)
        if other is None or _weigh(hit) > _weigh(other):
            best[key] = hit
    return list(best.values())


def _weigh(hit: Hit) -> tuple[int, bool, int, str]:
    reason = hit.reason
    return (RANK[reason.effect], hit.matched, reason.milli or 0, reason.value)


def _fill(code: ReasonCode, listed: Listed, match: Match, **values: str) -> str:
    entity = listed.entity
    tags = ", ".join(entity.programmes)
    filled: dict[str, object] = {
        **values,
        "entity": entity.primary_name,
        "list": listed.rules.title,
        "record": entity.source.record_id,
        "programmes": f", programme{'s' * (len(entity.programmes) > 1)} {tags}" if tags else "",
        "score": match.score,
    }
    if match.identifier is not None:
        kind, _, relation = match.identifier
        filled["kind"] = _KIND_WORDS[IdentifierKind(kind)]
        filled["relation"] = (
            "the same as one" if relation == "same" else "of the same bank as a BIC"
        )
    elif match.name >= 0:
        name = entity.names[match.name]
        filled["matched"] = name.text
        filled["quality"] = name.quality.value
    return REASON_RULES[code].fill(**filled)


def _build_reason(
    frame: Frame,
    nexus: NexusFinder,
    listed: Listed,
    match: Match,
    *,
    code: ReasonCode,
    effect: Effect,
    text: str,
) -> Reason:
    entity, rules, status = listed.entity, listed.rules, listed.status
    law = nexus.find(rules.regime)
    basis = rules.basis
    if status is not ForceStatus.IN_FORCE:
        # Whatever the name asked for, an undecided entry asks for a person, an absent one for none.
        code = (
            ReasonCode.DESIGNATION_UNDECIDED
            if status is ForceStatus.UNDECIDED
            else ReasonCode.NOT_IN_FORCE
        )
        effect = frame.effect_of(code)
        text = REASON_RULES[code].fill(
            hit=text, day=listed.day, why=describe_span(listed.span, status, listed.day)
        )
    if not law.applies:
        effect = cap_effect(effect, Effect.REVIEW)
        basis = Basis.SECONDARY_RISK
    return Reason(
        code=code.value,
        regime=rules.regime,
        basis=basis,
        effect=effect,
        text=text,
        list_id=entity.source.list_id,
        record_id=entity.source.record_id,
        entity_name=entity.primary_name,
        matched_name=entity.names[match.name].text if match.name >= 0 else "",
        score=match.score,
        milli=match.milli,
        contributions=match.contributions,
        alignment=match.alignment,
        sources=cite_match(frame, listed, match),
        nexus=law.sentence,
    )


def cite_match(frame: Frame, listed: Listed, match: Match) -> tuple[Source, ...]:
    """Return where the facts of a match come from: name, identifier, birth, beginning and end."""
    entity = listed.entity
    fields: list[str] = []
    if match.name >= 0:
        fields.append(entity.names[match.name].field)
    if match.identifier is not None:
        fields.append(_find_identifier_field(entity, match.identifier))
    if any(c.feature == "birth_date" and c.milli for c in match.contributions):
        fields.extend(birth.field for birth in entity.births)
    sources = [entity.cite(field) for field in dict.fromkeys(fields)]
    if listed.status is not ForceStatus.IN_FORCE:
        sources.append(_cite_span(frame, listed))
    return tuple(sources)


def _find_identifier_field(entity: Entity, identifier: tuple[str, str, str]) -> str:
    kind, value, _ = identifier
    same_kind = [found for found in entity.identifiers if found.kind.value == kind]
    packed = _pack(value)
    for found in same_kind:
        own = _pack(found.value)
        # A branch of a listed BIC shares its first eight characters.
        if own == packed or (kind == IdentifierKind.BIC.value and own[:8] == packed[:8]):
            return found.field
    return same_kind[0].field if same_kind else ""


def _pack(value: str) -> str:
    return "".join(char for char in value.upper() if char.isalnum())


def _cite_span(frame: Frame, listed: Listed) -> Source:
    entity, span = listed.entity, listed.span
    begun = span.from_latest is not None and listed.day >= span.from_latest
    if (span.until_basis if begun else span.from_basis) == "table":
        origin = frame.evidence.table_source("designations")
        return Source(
            origin.list_id,
            origin.file,
            origin.file_sha256,
            entity.source.record_id,
            "delisted_on" if begun else "designated_on",
            origin.published_on,
        )
    if begun:  # an end that no table gives is seen by comparing publications
        return entity.cite("published_on")
    if span.from_basis == "publisher" and entity.listed_on is not None:
        return entity.cite(entity.listed_on.field or "listed_on")
    return entity.cite("published_on")


def describe_span(span: Span, status: ForceStatus, day: date) -> str:
    """Return why an entry was not, or not surely, in force on a day: the dates in words."""
    if status is ForceStatus.ENDED:
        return _describe_interval("it ended", span.until_earliest, span.until_latest)
    if status is ForceStatus.NOT_YET or span.from_latest is None or day < span.from_latest:
        return _describe_interval("it began", span.from_earliest, span.from_latest)
    return _describe_interval("it ended", span.until_earliest, span.until_latest)


def _describe_interval(verb: str, earliest: date | None, latest: date | None) -> str:
    if earliest is None and latest is None:
        return f"no source says when {verb}"
    if earliest is None:
        return f"{verb} on or before {latest}, on a day that no source gives"
    if latest is None:
        return f"{verb} on or after {earliest}, on a day that no source gives"
    if earliest == latest:
        return f"{verb} on {earliest}"
    if latest - earliest < timedelta(0):
        return f"its sources contradict each other: {verb} between {earliest} and {latest}"
    return f"{verb} between {earliest} and {latest}, on a day that no source gives"


def explain_limit(field: Field, what: str, limit: int, unit: str, effect: Effect) -> Hit:
    """Return the reason for work that a limit cut short."""
    code = ReasonCode.LIMIT_REACHED
    text = REASON_RULES[code].fill(what=what, limit=limit, unit=unit)
    return Hit(
        field.position,
        -1,
        False,
        Reason(
            code=code.value,
            regime="",
            basis=Basis.CANNOT_ASSESS,
            effect=effect,
            text=text,
            path=field.path,
        ),
    )
