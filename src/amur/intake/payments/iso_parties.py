"""Parties, agents and free texts of ISO 20022 elements, collected in message order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from amur.intake.payments.facts import is_placeholder, read_country
from amur.intake.payments.iso_values import (
    ADDRESS_TAGS,
    Place,
    number_children,
    read_bic,
    read_birth,
    read_clearing_id,
    read_lines,
    read_other_id,
    read_postal_address,
    read_word,
)
from amur.intake.payments.quiet import is_quiet
from amur.intake.xml import Element
from amur.model import (
    Address,
    Agent,
    DateRange,
    Identifier,
    IdentifierKind,
    Party,
    Role,
    Schema,
    Text,
    TextKind,
)

_INDEX = re.compile(r"\[\d+\]")
_PRINCIPALS: Final = frozenset({Role.DEBTOR, Role.CREDITOR})


class _Draft:
    """A party while its elements are read."""

    __slots__ = (
        "address",
        "birth",
        "birth_country",
        "birth_place",
        "identifiers",
        "name",
        "name_path",
        "residence",
        "schema",
    )

    def __init__(self) -> None:
        self.name = ""
        self.name_path = ""
        self.schema = Schema.UNKNOWN
        self.address: Address | None = None
        self.birth: DateRange | None = None
        self.birth_place = ""
        self.birth_country = ""
        self.residence = ""
        self.identifiers: list[Identifier] = []


class Collector:
    """Collects what one transaction (or a header) names. Each element is visited once."""

    __slots__ = ("agents", "parties", "place", "purposes", "texts", "unmapped")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.parties: list[Party] = []
        self.agents: list[Agent] = []
        self.texts: list[Text] = []
        self.purposes: list[str] = []
        self.unmapped: set[str] = set()

    def read_party(self, element: Element, path: str, role: Role, account: str = "") -> None:
        """Add a `PartyIdentification`; one that says nothing only where the role must stand."""
        draft = _Draft()
        later: list[Party] = []
        for child, child_path in number_children(element, path):
            tag = child.tag
            if tag == "Nm":
                if draft.name_path:
                    raise self.place.malformed("the element stands twice", child, child_path)
                draft.name, draft.name_path = read_word(child), child_path
            elif tag == "PstlAdr" and draft.address is None:
                draft.address = self.read_address(child, child_path)
            elif tag == "Id":
                self._read_party_id(child, child_path, draft)
            elif tag == "CtryOfRes":
                draft.residence = read_country(child.text)
                if not draft.residence:
                    self.sweep(child, child_path, element.tag)
            elif tag == "CtctDtls":
                later.extend(self._read_contact(child, child_path))
            elif tag == "Pty":
                self.read_party(child, child_path, role, account)
                return
            elif tag == "Agt":
                self.read_agent(child, child_path, Role.OTHER_AGENT)
            else:
                self.sweep(child, child_path, element.tag)
        named = draft.name or draft.identifiers or draft.address or draft.residence or draft.birth
        if named or account or role in _PRINCIPALS:
            countries = dict.fromkeys(filter(None, (draft.residence, draft.birth_country)))
            self.parties.append(
                Party(
                    role,
                    draft.name,
                    draft.name_path or path,
                    draft.schema,
                    draft.address,
                    draft.birth,
                    draft.birth_place,
                    tuple(countries),
                    tuple(draft.identifiers),
                    account,
                )
            )
        self.parties.extend(later)

    def read_agent(self, element: Element, path: str, role: Role, account: str = "") -> None:
        """Add an agent (`FinInstnId`); its branch (`BrnchId`) is a party beside it.

        Why a party: a branch without BIC and country is no second agent of unknown country.
        """
        bic = name = ""
        address: Address | None = None
        identifiers: list[Identifier] = []
        branch: tuple[Element, str] | None = None
        for child, child_path in number_children(element, path):
            if child.tag == "BrnchId":
                branch = (child, child_path)
                continue
            if child.tag != "FinInstnId":
                self.sweep(child, child_path, element.tag)
                continue
            for leaf, leaf_path in number_children(child, child_path):
                tag = leaf.tag
                if tag in ("BICFI", "BIC", "AnyBIC") and not bic:
                    bic = read_bic(leaf, leaf_path, self.place)
                elif tag == "Nm" and not name:
                    name = read_word(leaf)
                elif tag == "PstlAdr" and address is None:
                    address = self.read_address(leaf, leaf_path)
                elif not self._read_agent_id(leaf, leaf_path, identifiers):
                    self.sweep(leaf, leaf_path, child.tag)
        self.agents.append(Agent(role, path, bic, name, address, tuple(identifiers), account))
        if branch is not None:
            self._read_branch(*branch)

    def read_account(self, element: Element | None, path: str) -> tuple[str, list[Party]]:
        """Return an account's number, and its name as a party of its own."""
        if element is None:
            return "", []
        number, holders = "", []
        for child, child_path in number_children(element, path):
            if child.tag == "Id":
                number = child.value("IBAN") or child.value("Othr/Id")
                number = "" if is_placeholder(number) else number
                self.sweep(child, child_path, element.tag)
            elif child.tag == "Nm" and (name := read_word(child)):
                holders.append(Party(Role.OTHER_PARTY, name, child_path))
            else:
                self.sweep(child, child_path, element.tag)
        return number, holders

    def add_text(self, kind: TextKind, elements: Iterable[Element], path: str) -> None:
        """Add one text whose lines stand in one or more elements."""
        lines = tuple(line for element in elements for line in read_lines(element))
        if lines:
            self.texts.append(Text(kind, lines, path))

    def read_purpose(self, element: Element, path: str) -> None:
        """Add a purpose: its code, or its words."""
        for child, child_path in number_children(element, path):
            if child.tag == "Cd":
                if code := child.text.strip():
                    self.purposes.append(code)
            elif child.tag == "Prtry":
                self.add_text(TextKind.PURPOSE, (child,), child_path)
            else:
                self.sweep(child, child_path, element.tag)

    def sweep(self, element: Element, path: str, parent: str) -> None:
        """Report the leaves below an element that no rule maps, known quiet ones left out."""
        if element.children:
            for child in element.children:
                self.sweep(child, f"{path}/{child.tag}", element.tag)
        elif not is_quiet(parent, element.tag) and element.text.strip():
            self.unmapped.add(_INDEX.sub("", path))

    def read_address(self, element: Element, path: str) -> Address | None:
        """Return a postal address, None if it says nothing; report leaves that it does not map."""
        for child in element.children:
            if child.tag not in ADDRESS_TAGS:
                self.sweep(child, f"{path}/{child.tag}", element.tag)
        address = read_postal_address(element, path)
        empty = not (
            address.lines
            or address.town
            or address.region
            or address.postal_code
            or address.country_text
        )
        return None if empty else address

    def _read_agent_id(self, element: Element, path: str, found: list[Identifier]) -> bool:
        identifier: Identifier | None = None
        if element.tag == "ClrSysMmbId":
            identifier = read_clearing_id(element, path)
            self.sweep(element, path, "FinInstnId")
        elif element.tag == "LEI":
            value = read_word(element)
            identifier = Identifier(IdentifierKind.LEI, value, field=path) if value else None
        elif element.tag == "Othr":
            identifier = read_other_id(element, path)
            self.sweep(element, path, "FinInstnId")
        else:
            return False
        if identifier is not None:
            found.append(identifier)
        return True

    def _read_branch(self, element: Element, path: str) -> None:
        name, name_path = "", path
        address: Address | None = None
        identifiers: list[Identifier] = []
        for child, child_path in number_children(element, path):
            if child.tag == "Nm":
                name, name_path = read_word(child), child_path
            elif child.tag == "PstlAdr":
                address = self.read_address(child, child_path)
            elif not self._read_agent_id(child, child_path, identifiers):
                self.sweep(child, child_path, element.tag)
        if name or address or identifiers:
            self.parties.append(
                Party(
                    Role.OTHER_PARTY,
                    name,
                    name_path,
                    Schema.ORGANIZATION,
                    address,
                    identifiers=tuple(identifiers),
                )
            )

    def _read_contact(self, element: Element, path: str) -> list[Party]:
        found = []
        for child, child_path in number_children(element, path):
            if child.tag == "Nm":
                if name := read_word(child):
                    found.append(Party(Role.OTHER_PARTY, name, child_path))
            else:
                self.sweep(child, child_path, element.tag)
        return found

    def _read_party_id(self, element: Element, path: str, draft: _Draft) -> None:
        for choice, choice_path in number_children(element, path):
            if choice.tag not in ("OrgId", "PrvtId"):
                self.sweep(choice, choice_path, element.tag)
                continue
            draft.schema = Schema.ORGANIZATION if choice.tag == "OrgId" else Schema.PERSON
            for child, child_path in number_children(choice, choice_path):
                self._read_identity(child, child_path, choice.tag, draft)

    def _read_identity(self, child: Element, path: str, parent: str, draft: _Draft) -> None:
        tag = child.tag
        if tag in ("AnyBIC", "BICOrBEI", "BICFI"):
            if bic := read_bic(child, path, self.place):
                draft.identifiers.append(Identifier(IdentifierKind.BIC, bic, field=path))
        elif tag == "LEI":
            if value := read_word(child):
                draft.identifiers.append(Identifier(IdentifierKind.LEI, value, field=path))
        elif tag == "Othr":
            if (identifier := read_other_id(child, path)) is not None:
                draft.identifiers.append(identifier)
            self.sweep(child, path, parent)
        elif tag == "DtAndPlcOfBirth":
            for leaf, leaf_path in number_children(child, path):
                if leaf.tag == "BirthDt":
                    draft.birth = read_birth(leaf, leaf_path, self.place)
                elif leaf.tag not in ("CityOfBirth", "PrvcOfBirth", "CtryOfBirth"):
                    self.sweep(leaf, leaf_path, tag)
            draft.birth_country = read_country(child.value("CtryOfBirth"))
            draft.birth_place = ", ".join(
                filter(
                    None,
                    (child.value("CityOfBirth"), child.value("PrvcOfBirth"), draft.birth_country),
                )
            )
        else:
            self.sweep(child, path, parent)
