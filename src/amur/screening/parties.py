"""A payment's parties and agents as questions to the matcher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amur.engine import Subject
from amur.limits import NAME_CHARS_MAX
from amur.model import Agent, IdentifierKind, Party, Payment, Role, Schema

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
"""ISO 13616: country, two check digits, up to 30 characters."""

_WALLET = re.compile(r"(?=.*[a-z0-9])(?=.*[A-Za-z])[A-Za-z0-9]{26,95}")
"""Shape of a wallet address: the shortest (Bitcoin) have 26 characters, Monero's have 95."""


@dataclass(frozen=True, slots=True)
class Field:
    """A screened field: where a reason points to.

    Attributes:
        position: place in message order; all fields of one party share it.
        role: for sentences, e.g. `Creditor agent`.
        path: element path or tag.
        value: what stands there.
    """

    position: int
    role: str
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the matcher, and the field that it is about."""

    field: Field
    subject: Subject


def build_queries(payment: Payment, separator: re.Pattern[str] | None) -> Iterator[Query]:
    """Yield the questions about every party, then every agent of a payment.

    A name that joins two parties (`A on behalf of B`) is asked whole and in parts.
    """
    for position, party in enumerate(payment.parties):
        if not (party.name or party.identifiers or party.account):
            continue
        subject = build_party_subject(party)
        if not (subject.name or subject.identifiers):
            continue
        field = Field(position, name_role(party.role), party.path, party.name)
        yield Query(field, subject)
        if separator is not None and party.name:
            for part in split_name(party.name, separator):
                yield Query(field, Subject(part[:NAME_CHARS_MAX], party.schema.value))
    for position, agent in enumerate(payment.agents, start=len(payment.parties)):
        if agent.bic or agent.name or agent.identifiers:
            field = Field(position, name_role(agent.role), agent.path, agent.name)
            yield Query(field, build_agent_subject(agent))


def build_party_subject(party: Party) -> Subject:
    """Return everything that the message says of who a party is.

    The account is no identifier of a person, except where it has the shape of a wallet address.
    """
    identifiers = [(found.kind.value, found.value) for found in party.identifiers]
    if party.account and not find_iban_country(party.account) and _WALLET.fullmatch(party.account):
        identifiers.append((IdentifierKind.WALLET.value, party.account))
    countries = list(party.countries)
    if party.address is not None and party.address.country:
        countries.append(party.address.country)
    birth = party.birth
    return Subject(
        name=party.name[:NAME_CHARS_MAX],
        schema=party.schema.value,
        births=((birth.earliest, birth.latest),) if birth is not None else (),
        countries=tuple(dict.fromkeys(countries)),
        identifiers=tuple(identifiers),
    )


def build_agent_subject(agent: Agent) -> Subject:
    """Return everything that the message says of who an agent is.

    Why of unknown kind: anybody's name can be written where a bank's should stand.
    """
    identifiers = [(found.kind.value, found.value) for found in agent.identifiers]
    if agent.bic:
        identifiers.insert(0, (IdentifierKind.BIC.value, agent.bic))
    return Subject(
        name=agent.name[:NAME_CHARS_MAX],
        schema=Schema.UNKNOWN.value,
        countries=find_agent_countries(agent),
        identifiers=tuple(identifiers),
    )


def split_name(name: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a name that joins several parties; empty where it joins none."""
    if separator.search(name) is None:
        return []
    parts = [part.strip(" ,;:-\n") for part in separator.split(name)]
    kept = [part for part in parts if part]
    return kept if len(kept) > 1 else []


def find_agent_countries(agent: Agent) -> tuple[str, ...]:
    """Return the countries of an agent: of its BIC, its address, its identifiers' issuers."""
    found = [agent.bic[4:6]] if len(agent.bic) >= 8 else []
    if agent.address is None and not agent.identifiers:
        return tuple(found)
    if agent.address is not None and agent.address.country:
        found.append(agent.address.country)
    found.extend(identifier.country for identifier in agent.identifiers if identifier.country)
    return tuple(dict.fromkeys(found))


def find_iban_country(account: str) -> str:
    """Return the country of an IBAN, or an empty string where the account is none."""
    if not account:
        return ""
    packed = account.replace(" ", "")
    return packed[:2] if _IBAN.fullmatch(packed) else ""


def name_role(role: Role) -> str:
    """Return a role as a reader says it, e.g. `Creditor agent`."""
    return _ROLE_WORDS[role]


_ROLE_WORDS = {role: role.value.replace("_", " ").capitalize() for role in Role}
