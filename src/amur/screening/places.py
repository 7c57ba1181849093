"""Countries of parties and agents under a territorial programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amur.model import Basis, Effect, Party, Payment, Reason
from amur.policy import REASON_RULES, ReasonCode
from amur.screening.effects import cap_effect
from amur.screening.frame import Frame, Territory
from amur.screening.hits import Hit
from amur.screening.nexus import NexusFinder
from amur.screening.parties import find_iban_country, name_role
from amur.screening.text import find_address_path


@dataclass(frozen=True, slots=True)
class Place:
    """A country that stands in a field of the payment.

    Attributes:
        country: ISO 3166-1 alpha-2.
        what: `address`, `residence`, `account`, `BIC` or `birth country`.
        path: where it stands.
        most: the most that it can ask for.
    """

    country: str
    what: str
    path: str
    most: Effect = Effect.STOP


def check_places(frame: Frame, nexus: NexusFinder, payment: Payment) -> Iterator[Hit]:
    """Yield a reason per party and programme whose country the party stands in."""
    if not frame.territories:
        return
    for position, party in enumerate(payment.parties):
        yield from _check(
            frame,
            nexus,
            position,
            name_role(party.role),
            find_party_places(party, frame.policy.territories.birth_country),
        )
    for position, agent in enumerate(payment.agents, start=len(payment.parties)):
        places = []
        if len(agent.bic) >= 8:
            places.append(Place(agent.bic[4:6], "BIC", agent.path))
        if agent.address is not None and agent.address.country:
            places.append(Place(agent.address.country, "address", find_address_path(agent.path)))
        yield from _check(frame, nexus, position, name_role(agent.role), places)


def find_party_places(party: Party, birth_most: Effect) -> list[Place]:
    """Return the countries that a party stands in.

    A party's countries as sent are of residence and of birth. A birth country is no place of
    doing business: it counts, up to `birth_most`, only where no other country is known.
    """
    places = []
    if party.address is not None and party.address.country:
        places.append(Place(party.address.country, "address", find_address_path(party.path)))
    birth = find_birth_country(party)
    residences = list(party.countries)
    if birth in residences:
        residences.remove(birth)
    places.extend(Place(country, "residence", party.path) for country in residences)
    account = find_iban_country(party.account)
    if account:
        places.append(Place(account, "account", party.path))
    if birth and not places:
        places.append(Place(birth, "birth country", party.path, birth_most))
    return places


def find_birth_country(party: Party) -> str:
    """Return the country code that a birth place (`town, country`) ends with, or empty."""
    last = party.birth_place.rpartition(",")[2].strip()
    return last if len(last) == 2 and last.isalpha() and last.isupper() else ""


def _check(
    frame: Frame, nexus: NexusFinder, position: int, role: str, places: list[Place]
) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for place in places:
        for territory in frame.territories.get(place.country, ()):
            key = (territory.regime, territory.name)
            if key not in seen:
                seen.add(key)
                yield Hit(position, -1, True, _explain(frame, nexus, role, place, territory))


def _explain(
    frame: Frame, nexus: NexusFinder, role: str, place: Place, territory: Territory
) -> Reason:
    unsure = territory.confidence in frame.policy.territories.low_confidence
    code = ReasonCode.LOW_CONFIDENCE_RULE if unsure else ReasonCode.COUNTRY_HIT
    effect = cap_effect(frame.effect_of(code), cap_effect(territory.effect, place.most))
    law = nexus.find(territory.regime)
    basis = Basis.TERRITORY
    if not law.applies:
        basis = Basis.SECONDARY_RISK
        effect = cap_effect(effect, Effect.REVIEW)
    text = REASON_RULES[code].fill(
        role=role,
        what=place.what,
        territory=territory.name,
        country=territory.country,
        legal_basis=territory.legal_basis,
        regime=frame.policy.regimes[territory.regime].title,
        confidence=territory.confidence,
    )
    return Reason(
        code=code.value,
        regime=territory.regime,
        basis=basis,
        effect=effect,
        text=text,
        path=place.path,
        value=place.country,
        sources=(territory.source,),
        nexus=law.sentence,
    )
