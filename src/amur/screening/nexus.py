"""Whose law applies to a payment: computed from its ties, never assumed (design rule 2)."""

from __future__ import annotations

from dataclasses import dataclass

from amur.model import Agent, Party, Payment, Role
from amur.policy import Policy, Regime
from amur.screening.parties import find_agent_countries, find_iban_country, name_role

_PRINCIPALS = {Role.DEBTOR: Role.DEBTOR_AGENT, Role.CREDITOR: Role.CREDITOR_AGENT}
"""The two parties whose country must be known, and the agent that stands for each."""


@dataclass(frozen=True, slots=True)
class Nexus:
    """Whether a law applies, and one sentence why."""

    applies: bool
    sentence: str


class NexusFinder:
    """Answers for one payment, each regime at most once. Without a payment, all is unknown."""

    __slots__ = ("_known", "_payment", "_policy")

    def __init__(self, policy: Policy, payment: Payment | None) -> None:
        self._policy = policy
        self._payment = payment
        self._known: dict[str, Nexus] = {}

    def find(self, regime: str) -> Nexus:
        """Return whether the law of `regime` applies."""
        nexus = self._known.get(regime)
        if nexus is None:
            nexus = self._known[regime] = find_nexus(self._policy, self._payment, regime)
        return nexus


def find_nexus(policy: Policy, payment: Payment | None, regime: str) -> Nexus:
    """Return whether the law of `regime` applies to a payment under a policy.

    The institution is asked first, then the currency, the agents, the parties; what is not known
    counts as a tie. None for the payment: nothing is known of it.
    """
    rule = policy.regimes[regime]
    own = policy.institution
    if rule.binds_everyone:
        return Nexus(True, f"{rule.title}: binds everyone.")
    if not own.named:
        return Nexus(
            True, f"{rule.title}: the policy names no institution, so its law counts as applying."
        )
    name = own.name or "the institution"
    if regime in own.laws:
        return Nexus(True, f"{rule.title}: the policy says that its law binds {name}.")
    if own.country in rule.countries:
        return Nexus(True, f"{rule.title}: {name} is established in {own.country}.")
    if payment is None:
        return Nexus(
            True,
            f"{rule.title}: no payment is given, so its ties are unknown; unknown counts as a tie.",
        )
    tie = (
        _find_currency_tie(payment, rule)
        or _find_agent_tie(payment, rule)
        or _find_party_tie(payment, rule)
    )
    if tie:
        return Nexus(True, f"{rule.title}: {tie}.")
    currency = f"settled in {payment.amount.currency}" if payment.amount else "no amount"
    return Nexus(
        False,
        f"{rule.title}: no tie found ({currency}; {name}, the agents and the "
        "parties are elsewhere), so its law does not bind; what remains is the "
        "risk of secondary sanctions.",
    )


def _find_currency_tie(payment: Payment, rule: Regime) -> str:
    if not rule.currencies:
        return ""
    if payment.amount is None or not payment.amount.currency:
        return "the currency is unknown; unknown counts as a tie"
    if payment.amount.currency in rule.currencies:
        return f"the payment is settled in {payment.amount.currency}"
    return ""


def _find_agent_tie(payment: Payment, rule: Regime) -> str:
    unknown = ""
    for agent in payment.agents:
        countries = find_agent_countries(agent)
        for country in countries:
            if country in rule.countries:
                return f"{name_role(agent.role).lower()} ({agent.path}) is in {country}"
        if not countries and not unknown:
            unknown = (
                f"the country of the {name_role(agent.role).lower()} ({agent.path}) is "
                "unknown; unknown counts as a tie"
            )
    return unknown


def _find_party_tie(payment: Payment, rule: Regime) -> str:
    unknown = ""
    for party in payment.parties:
        country = find_party_country(party, payment.agents)
        if country in rule.countries:
            return f"{name_role(party.role).lower()} ({party.path}) is in {country}"
        if not country and party.role in _PRINCIPALS and not unknown:
            unknown = (
                f"the country of the {name_role(party.role).lower()} ({party.path}) is "
                "unknown; unknown counts as a tie"
            )
    return unknown


def find_party_country(party: Party, agents: tuple[Agent, ...]) -> str:
    """Return a party's country: of its address, else its IBAN, else its own agent; or empty."""
    if party.address is not None and party.address.country:
        return party.address.country
    country = find_iban_country(party.account)
    if country:
        return country
    own_role = _PRINCIPALS.get(party.role)
    for agent in agents:
        if agent.role is own_role:
            countries = find_agent_countries(agent)
            if countries:
                return countries[0]
    return ""
