"""A snapshot of a few records and an index that matches names by equal tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from amur.engine import Match, Mention, Subject
from amur.model import (
    Address,
    Agent,
    Contribution,
    DateRange,
    Entity,
    Identifier,
    IdentifierKind,
    LawTime,
    Money,
    Name,
    NameKind,
    NameQuality,
    Party,
    Payment,
    Role,
    Schema,
    Source,
    Span,
    Text,
    TextKind,
    TokenPair,
)

SPRING = date(2024, 5, 16)
KNOWN_AT = datetime(2024, 5, 16, 23, 59, 59, tzinfo=UTC)
LAW_AT = LawTime(day=SPRING)
IN_FORCE = Span(date(2022, 2, 24), date(2022, 2, 24), from_basis="publisher")

HARBIN = """
[institution]
name = "Sample Bank Harbin"
bics = ["SMPBCNBH"]
country = "CN"
laws = ["UN", "CN"]
"""
NEW_YORK = """
[institution]
name = "Sample Bank New York"
bics = ["SMPBUS33"]
country = "US"
laws = ["US"]
"""
FRANKFURT = """
[institution]
name = "Sample Bank Frankfurt"
bics = ["SMPBDEFF"]
country = "DE"
laws = ["EU"]
"""


def make_entity(
    record: str,
    name: str,
    *,
    list_id: str = "us-ofac-sdn",
    schema: Schema = Schema.ORGANIZATION,
    weak: Sequence[str] = (),
    births: Sequence[DateRange] = (),
    identifiers: Sequence[tuple[IdentifierKind, str]] = (),
    listed_on: date | None = None,
) -> Entity:
    file = "sdn.csv" if list_id == "us-ofac-sdn" else "consolidated.xml"
    names = [Name(name, NameQuality.PRIMARY, NameKind.PRIMARY, field=f"{file}/name")]
    names += [
        Name(text, NameQuality.WEAK, NameKind.ALIAS, field="alt.csv/alt_name") for text in weak
    ]
    return Entity(
        source=Source(list_id, file, "ab" * 32, record, "", date(2024, 5, 14)),
        schema=schema,
        names=tuple(names),
        births=tuple(births),
        identifiers=tuple(
            Identifier(kind, value, field=f"Remarks/{kind.value}") for kind, value in identifiers
        ),
        programmes=("TEST-EO1",),
        listed_on=None if listed_on is None else DateRange(listed_on, listed_on, field="listed"),
    )


def _tokens(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", name.casefold()))


def _name_milli(name: str) -> int:
    return 2000 * len(_tokens(name)) - 1000


class FakeIndex:
    """Equal tokens match; a birth date adds or takes; an identifier is decisive."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.match_calls: list[list[Subject]] = []
        self.scan_calls: list[list[str]] = []

    def match(self, subjects: Sequence[Subject], *, at_least: int) -> list[tuple[Match, ...]]:
        self.match_calls.append(list(subjects))
        return [
            tuple(
                sorted(
                    (
                        m
                        for i in range(len(self.entities))
                        if (m := self._match(subject, i)) is not None and m.milli >= at_least
                    ),
                    key=lambda m: (-m.milli, m.entity),
                )
            )
            for subject in subjects
        ]

    def _match(self, subject: Subject, ordinal: int) -> Match | None:
        entity = self.entities[ordinal]
        best = -1
        for i, name in enumerate(entity.names):
            if subject.name and _tokens(name.text) == _tokens(subject.name):
                best = i
                break
        met = None
        for kind, value in subject.identifiers:
            for own in entity.identifiers:
                if own.kind.value == kind and own.value == value:
                    met = (kind, value, "same")
                elif kind == own.kind.value == "bic" and own.value[:8] == value[:8]:
                    met = met or (kind, value, "same bank")
        if best < 0 and met is None:
            return None
        parts = []
        alignment: tuple[TokenPair, ...] = ()
        if best >= 0:
            milli = _name_milli(entity.names[best].text)
            parts.append(Contribution("name", milli, "the names agree"))
            alignment = (TokenPair(subject.name, entity.names[best].text, "equal", milli),)
        if met is not None:
            parts.append(Contribution("identifier", 9000, "the identifier agrees"))
        for low, high in subject.births:
            for birth in entity.births:
                assert low is not None
                assert high is not None
                assert birth.earliest is not None
                assert birth.latest is not None
                close = low <= birth.latest and birth.earliest <= high
                parts.append(Contribution("birth_date", 4000 if close else -9000, "birth date"))
        milli = sum(part.milli for part in parts)
        return Match(
            ordinal,
            best,
            milli,
            min(1000, max(0, 500 + milli // 20)),
            best >= 0,
            tuple(parts),
            alignment,
            met,
        )

    def scan(self, texts: Sequence[str], *, at_least: int) -> list[tuple[Mention, ...]]:
        self.scan_calls.append(list(texts))
        return [tuple(self._scan(text, at_least)) for text in texts]

    def _scan(self, text: str, at_least: int) -> list[Mention]:
        found = []
        for ordinal, entity in enumerate(self.entities):
            for i, name in enumerate(entity.names):
                pattern = r"\s+".join(map(re.escape, name.text.split()))
                milli = _name_milli(name.text)
                for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                    if milli >= at_least:
                        match = Match(
                            ordinal,
                            i,
                            milli,
                            900,
                            True,
                            (Contribution("name", milli, "named"),),
                            (),
                            None,
                        )
                        found.append(Mention(m.start(), m.end(), match))
            for own in entity.identifiers:
                for m in re.finditer(rf"(?<!\w){re.escape(own.value)}(?!\w)", text):
                    match = Match(
                        ordinal,
                        -1,
                        9000,
                        950,
                        False,
                        (Contribution("identifier", 9000, "identifier"),),
                        (),
                        (own.kind.value, own.value, "same"),
                    )
                    found.append(Mention(m.start(), m.end(), match))
        return sorted(found, key=lambda m: (m.start, m.end))


@dataclass(frozen=True)
class FakeList:
    list_id: str
    published_on: date


LISTS = (FakeList("us-ofac-sdn", date(2024, 5, 14)), FakeList("un-sc", date(2024, 5, 13)))

TERRITORIES: tuple[dict[str, str], ...] = (
    {
        "regime": "US",
        "country": "CU",
        "territory": "Cuba",
        "legal_basis": "31 CFR part 515",
        "effective_from": "1963-07-08",
        "effective_until": "",
        "effect": "STOP",
        "confidence": "A",
    },
    {
        "regime": "US",
        "country": "SY",
        "territory": "Syria",
        "legal_basis": "31 CFR part 542",
        "effective_from": "2011-08-17",
        "effective_until": "2025-06-30",
        "effect": "STOP",
        "confidence": "A",
    },
    {
        "regime": "US",
        "country": "ZZ",
        "territory": "Exampleland",
        "legal_basis": "a decree",
        "effective_from": "2011-08-17",
        "effective_until": "",
        "effect": "STOP",
        "confidence": "C",
    },
)
INDICATORS: tuple[dict[str, str], ...] = (
    {
        "check": "goods",
        "kind": "pattern",
        "value": r"(?<!\w)HS\s?\d{4}(?:\.?\d{2})?(?!\d)",
        "note": "an HS code",
    },
    {"check": "licences", "kind": "word", "value": "natural gas", "note": "energy"},
    {"check": "licences", "kind": "purpose_code", "value": "ENRG", "note": "energy purpose"},
)


@dataclass
class FakeSnapshot:
    entities: Sequence[Entity] = ()
    lists: Sequence[FakeList] = LISTS
    spans: Mapping[str, Span] = field(default_factory=dict)
    id: str = "snapshot-1"
    territories: tuple[dict[str, str], ...] = TERRITORIES
    indicators: tuple[dict[str, str], ...] = INDICATORS
    index: FakeIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = FakeIndex(self.entities)

    def entity(self, ordinal: int) -> Entity:
        return self.entities[ordinal]

    def span(self, ordinal: int) -> Span:
        return self.spans.get(self.entities[ordinal].source.record_id, IN_FORCE)

    def table(self, name: str) -> tuple[dict[str, str], ...]:
        return {"territories": self.territories, "indicators": self.indicators}[name]

    def table_source(self, name: str) -> Source:
        return Source("amur", f"{name}.csv", "cd" * 32, "", "")


def make_party(role: Role, name: str, *, country: str = "CN", **more: Any) -> Party:
    path = "CdtTrfTxInf/Dbtr/Nm" if role is Role.DEBTOR else "CdtTrfTxInf/Cdtr/Nm"
    address = Address(country=country) if country else None
    return Party(role, name, path, **{"address": address, **more})


def make_payment(
    *,
    debtor: Party | None = None,
    creditor: Party | None = None,
    agents: Sequence[Agent] | None = None,
    texts: Sequence[Text] = (),
    currency: str = "CNY",
    **more: Any,
) -> Payment:
    """A lawful payment within China, but for what a test puts into it."""
    plain = (
        Agent(Role.DEBTOR_AGENT, "CdtTrfTxInf/DbtrAgt", "SMPBCNBH"),
        Agent(Role.CREDITOR_AGENT, "CdtTrfTxInf/CdtrAgt", "OTHRCNBJ"),
    )
    return Payment(
        message_type="pacs.008.001.08",
        message_id="M1",
        sequence=0,
        amount=Money(100_00, currency),
        parties=(
            debtor or make_party(Role.DEBTOR, "Quiet Timber Import"),
            creditor or make_party(Role.CREDITOR, "Bright River Export"),
        ),
        agents=tuple(plain if agents is None else agents),
        texts=tuple(texts),
        **more,
    )


def remit(*lines: str, kind: TextKind = TextKind.REMITTANCE) -> Text:
    return Text(kind, lines, "CdtTrfTxInf/RmtInf/Ustrd")
