"""Remittance, tax, garnishment, regulatory and supplementary parts of a credit transfer."""

from __future__ import annotations

from typing import Final

from amur.intake.payments.facts import read_country
from amur.intake.payments.iso_parties import Collector
from amur.intake.payments.iso_values import number_children, read_word
from amur.intake.xml import Element
from amur.model import Identifier, IdentifierKind, Party, Role, TextKind

_PARTY_TAGS: Final = frozenset({"Invcr", "Invcee", "Grnshee", "GrnshmtAdmstr"})
_TEXT_TAGS: Final = {
    "Ustrd": TextKind.REMITTANCE,
    "AddtlRmtInf": TextKind.REMITTANCE,
    "AddtlInf": TextKind.REMITTANCE,
    "Desc": TextKind.REMITTANCE,
}


def read_remittance(found: Collector, element: Element, path: str) -> None:
    """Read `RmtInf`: every unstructured text, and the parties and texts of structured ones."""
    for child, child_path in number_children(element, path):
        tag = child.tag
        kind = _TEXT_TAGS.get(tag)
        if kind is not None and not child.children:
            found.add_text(kind, (child,), child_path)
        elif tag in _PARTY_TAGS:
            found.read_party(child, child_path, Role.OTHER_PARTY)
        elif tag == "TaxRmt":
            read_tax(found, child, child_path)
        elif tag == "Nb" and element.tag in ("RfrdDocInf", "Id"):
            found.add_text(TextKind.REFERENCE, (child,), child_path)
        elif child.children:
            read_remittance(found, child, child_path)
        else:
            found.sweep(child, child_path, element.tag)


def read_tax(found: Collector, element: Element, path: str) -> None:
    """Read `Tax` or `TaxRmt`: its parties' numbers, who authorised, and what records say."""
    for child, child_path in number_children(element, path):
        if child.tag in ("Cdtr", "Dbtr", "UltmtDbtr"):
            _read_tax_party(found, child, child_path)
        elif child.tag == "AddtlInf":
            found.add_text(TextKind.REMITTANCE, (child,), child_path)
        elif child.children:
            read_tax(found, child, child_path)
        else:
            found.sweep(child, child_path, element.tag)


def _read_tax_party(found: Collector, element: Element, path: str) -> None:
    identifiers = []
    later = []
    for child, child_path in number_children(element, path):
        if child.tag in ("TaxId", "RegnId"):
            kind = IdentifierKind.TAX if child.tag == "TaxId" else IdentifierKind.REGISTRATION
            if value := read_word(child):
                identifiers.append(Identifier(kind, value, field=child_path))
        elif child.tag == "Authstn":
            for leaf, leaf_path in number_children(child, child_path):
                if leaf.tag == "Nm" and (name := read_word(leaf)):
                    later.append(Party(Role.OTHER_PARTY, name, leaf_path))
                else:
                    found.sweep(leaf, leaf_path, child.tag)
        else:
            found.sweep(child, child_path, element.tag)
    if identifiers:
        found.parties.append(Party(Role.OTHER_PARTY, "", path, identifiers=tuple(identifiers)))
    found.parties.extend(later)


def read_related_remittance(found: Collector, element: Element, path: str) -> None:
    """Read `RltdRmtInf`: to whom the remittance advice goes."""
    for child, child_path in number_children(element, path):
        if child.tag == "RmtLctnDtls":
            read_related_remittance(found, child, child_path)
        elif child.tag in ("PstlAdr", "RmtLctnPstlAdr"):
            name = child.child("Nm")
            address = child.child("Adr")
            for leaf, leaf_path in number_children(child, child_path):
                if leaf is not name and leaf is not address:
                    found.sweep(leaf, leaf_path, child.tag)
            place = found.read_address(address, f"{child_path}/Adr") if address else None
            called = read_word(name) if name is not None else ""
            if called or place:
                found.parties.append(
                    Party(Role.OTHER_PARTY, called, f"{child_path}/Nm", address=place)
                )
        else:
            found.sweep(child, child_path, element.tag)


def read_regulatory(found: Collector, element: Element, path: str) -> None:
    """Read `RgltryRptg`: the authority as a party, the details as regulatory texts."""
    for child, child_path in number_children(element, path):
        if child.tag == "Authrty":
            name = child.value("Nm")
            country = read_country(child.value("Ctry"))
            if name or country:
                found.parties.append(
                    Party(
                        Role.OTHER_PARTY,
                        name,
                        f"{child_path}/Nm",
                        countries=(country,) if country else (),
                    )
                )
            for leaf, leaf_path in number_children(child, child_path):
                if leaf.tag != "Nm" and not (leaf.tag == "Ctry" and country):
                    found.sweep(leaf, leaf_path, child.tag)
        elif child.tag == "Dtls":
            lines = child.all("Inf")
            found.add_text(TextKind.REGULATORY, lines, f"{child_path}/Inf")
            for leaf, leaf_path in number_children(child, child_path):
                if leaf.tag in ("Tp", "Cd"):
                    found.add_text(TextKind.REGULATORY, (leaf,), leaf_path)
                elif leaf.tag != "Inf":
                    found.sweep(leaf, leaf_path, child.tag)
        else:
            found.sweep(child, child_path, element.tag)


def read_supplementary(found: Collector, element: Element, path: str) -> None:
    """Read `SplmtryData`: whatever a community put there, leaf by leaf, as text."""
    found.add_text(TextKind.OTHER, (element,), path)
    for child, child_path in number_children(element, path):
        read_supplementary(found, child, child_path)
