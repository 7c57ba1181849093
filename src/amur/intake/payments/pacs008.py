"""pacs.008 (FI to FI customer credit transfer), any version -> one `Payment` per transaction.

Paths are relative to the body of the document: `CdtTrfTxInf/Cdtr/Nm`, with an index, from 1, on
elements that repeat. What stands in the header (`GrpHdr`, `AppHdr`) holds for every transaction.

Source: ISO 20022 message definitions pacs.008.001.08 and .12, CBPR+ usage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from amur.errors import IncompleteError, InputError
from amur.intake.payments.amounts import parse_iso_date
from amur.intake.payments.iso20022 import Envelope
from amur.intake.payments.iso_parties import Collector
from amur.intake.payments.iso_values import Place, find_mixed, number_children, read_amount
from amur.intake.payments.remittance import (
    read_regulatory,
    read_related_remittance,
    read_remittance,
    read_supplementary,
    read_tax,
)
from amur.intake.xml import Element
from amur.model import Money, Payment, Role, TextKind

_TYPE = re.compile(r"pacs\.008\.001\.\d\d", re.ASCII)
_BODY: Final = "FIToFICstmrCdtTrf"
_TRANSACTION: Final = "CdtTrfTxInf"

_PARTIES: Final = {
    "Dbtr": Role.DEBTOR,
    "UltmtDbtr": Role.ULTIMATE_DEBTOR,
    "InitgPty": Role.INITIATING_PARTY,
    "Cdtr": Role.CREDITOR,
    "UltmtCdtr": Role.ULTIMATE_CREDITOR,
}
_AGENTS: Final = {
    "InstgAgt": Role.INSTRUCTING_AGENT,
    "InstdAgt": Role.INSTRUCTED_AGENT,
    "PrvsInstgAgt": Role.PREVIOUS_INSTRUCTING_AGENT,
    **{f"PrvsInstgAgt{n}": Role.PREVIOUS_INSTRUCTING_AGENT for n in (1, 2, 3)},
    **{f"IntrmyAgt{n}": Role.INTERMEDIARY_AGENT for n in (1, 2, 3)},
    "DbtrAgt": Role.DEBTOR_AGENT,
    "CdtrAgt": Role.CREDITOR_AGENT,
    "InstgRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
    "InstdRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
    "ThrdRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
}
_ACCOUNTS: Final = frozenset(f"{tag}Acct" for tag in (*_PARTIES, *_AGENTS))
_ONCE: Final = frozenset(
    {"PmtId", "IntrBkSttlmAmt", "IntrBkSttlmDt", *_PARTIES, "DbtrAgt", "CdtrAgt"}
)
"""Elements whose second occurrence makes a transaction ambiguous, hence unreadable."""


def reads_type(message_type: str) -> bool:
    """Return whether this module reads a message type."""
    return _TYPE.fullmatch(message_type) is not None


def read_pacs008(envelope: Envelope, *, source: str) -> Iterator[Payment | InputError]:
    """Yield the transactions of one message; an error stands for each that cannot be read.

    A count of transactions that disagrees with what is there yields an error in addition.

    *Cost*: each element is visited once; some microseconds per element.
    """
    place = Place(source, envelope.line_offset)
    bodies = envelope.document.all(_BODY)
    if len(bodies) != 1 or len(envelope.document.children) != 1:
        yield place.malformed(
            f"the Document must hold one {_BODY} and nothing beside it",
            envelope.document,
            "Document",
        )
        return
    body = bodies[0]
    if envelope.document.text.strip() or body.text.strip():
        yield place.malformed("words beside the elements inside an element", body, _BODY)
        return
    transactions = body.all(_TRANSACTION)
    if not transactions:
        yield _missing(place, "no transaction in the message", body, _TRANSACTION)
        return
    try:
        header = _Header(envelope, body, place)
    except InputError as error:
        # Its parties stand in every transaction, so none of them can be read.
        yield from [error] * len(transactions)
        return
    if header.count_problem is not None:
        yield header.count_problem
    several = len(transactions) > 1
    for index, element in enumerate(transactions):
        path = f"{_TRANSACTION}[{index + 1}]" if several else _TRANSACTION
        try:
            yield _Transaction(header, place).read(element, path, index)
        except InputError as error:
            yield error


def _missing(place: Place, problem: str, element: Element, path: str) -> IncompleteError:
    return IncompleteError(
        problem,
        source=place.source,
        line=element.line + place.line_offset,
        field=path,
        advice="Ask the sender for the complete message.",
    )


class _Header:
    """What holds for every transaction of a message."""

    def __init__(self, envelope: Envelope, body: Element, place: Place) -> None:
        self.message_type = envelope.message_type
        self.message_id = ""
        self.value_date: date | None = None
        self.count_problem: InputError | None = None
        self.place = place
        self.found = Collector(place)
        for part in (
            envelope.header,
            *(each for each in body.children if each.tag != _TRANSACTION),
        ):
            if part is not None:
                _refuse_mixed(part, place)
        if envelope.header is not None:
            self._read_business_header(envelope.header)
        group = body.child("GrpHdr")
        if group is not None:
            self._read_group(group, len(body.all(_TRANSACTION)))
        for child, path in number_children(body, ""):
            if child.tag == "SplmtryData":
                read_supplementary(self.found, child, path[1:])
            elif child is not group and child.tag != _TRANSACTION:
                self.found.sweep(child, path[1:], _BODY)

    def _read_business_header(self, header: Element) -> None:
        """Read `Fr` and `To`; the rest of the header identifies the message and names nobody."""
        for tag, role in (("Fr", Role.SENDER), ("To", Role.RECEIVER)):
            end = header.child(tag)
            if end is None:
                continue
            for child in end.children:
                if child.tag == "FIId":
                    self.found.read_agent(child, f"AppHdr/{tag}", role)
                elif child.tag == "OrgId":
                    self.found.read_party(child, f"AppHdr/{tag}/OrgId", Role.OTHER_PARTY)
                else:
                    self.found.sweep(child, f"AppHdr/{tag}/{child.tag}", tag)

    def _read_group(self, group: Element, count: int) -> None:
        for child, path in number_children(group, "GrpHdr"):
            tag = child.tag
            if tag == "MsgId":
                self.message_id = child.text.strip()
            elif tag == "NbOfTxs":
                stated = child.text.strip()
                if not (
                    stated.isascii()
                    and stated.isdigit()
                    and len(stated) <= 15
                    and int(stated) == count
                ):
                    self.count_problem = self.place.malformed(
                        f"the number of transactions stated is not the {count} found", child, path
                    )
            elif tag == "IntrBkSttlmDt":
                self.value_date = _read_date(child, path, self.place)
            elif tag == "SttlmInf":
                self._read_settlement(child, path)
            elif tag in _AGENTS:
                self.found.read_agent(child, path, _AGENTS[tag])
            elif tag == "PmtTpInf":
                _read_type(self.found, child, path)
            else:
                self.found.sweep(child, path, "GrpHdr")

    def _read_settlement(self, settlement: Element, path: str) -> None:
        for child, child_path in number_children(settlement, path):
            tag = child.tag
            if tag in _AGENTS:
                account, holders = self.found.read_account(
                    settlement.child(f"{tag}Acct"), f"{path}/{tag}Acct"
                )
                self.found.read_agent(child, child_path, _AGENTS[tag], account)
                self.found.parties.extend(holders)
            elif tag == "SttlmAcct":
                self.found.parties.extend(self.found.read_account(child, child_path)[1])
            elif tag not in _ACCOUNTS or settlement.child(tag.removesuffix("Acct")) is None:
                self.found.sweep(child, child_path, settlement.tag)


def _refuse_mixed(element: Element, place: Place) -> None:
    mixed = find_mixed(element)
    if mixed is not None:
        raise place.malformed("words beside the elements inside an element", mixed, mixed.tag)


def _read_date(element: Element, path: str, place: Place) -> date:
    try:
        return parse_iso_date(element.text.strip())
    except ValueError as error:
        raise place.malformed(str(error), element, path) from error


def _read_type(found: Collector, element: Element, path: str) -> None:
    for child, child_path in number_children(element, path):
        if child.tag == "CtgyPurp":
            found.read_purpose(child, child_path)
        else:
            found.sweep(child, child_path, element.tag)


class _Transaction:
    """Reads one `CdtTrfTxInf`."""

    def __init__(self, header: _Header, place: Place) -> None:
        self.header = header
        self.place = place
        self.found = Collector(place)
        self.ids: dict[str, str] = {}
        self.amount: Money | None = None
        self.value_date = header.value_date
        self.by_tag: dict[str, Element] = {}

    def read(self, element: Element, path: str, sequence: int) -> Payment:
        """Return the payment. Raises `InputError` where a part of it cannot be read."""
        _refuse_mixed(element, self.place)
        by_tag = self.by_tag
        for child in element.children:
            if child.tag in by_tag and child.tag in _ONCE:
                raise self.place.malformed("the element stands twice", child, f"{path}/{child.tag}")
            by_tag.setdefault(child.tag, child)
        for tag in ("Dbtr", "Cdtr"):
            if tag not in by_tag:
                raise _missing(
                    self.place, "a mandatory element is missing", element, f"{path}/{tag}"
                )
        for child, child_path in number_children(element, path):
            self._read_child(child, child_path, path)
        header, found = self.header, self.found
        return Payment(
            message_type=header.message_type,
            message_id=header.message_id,
            sequence=sequence,
            instruction_id=self.ids.get("InstrId", ""),
            end_to_end_id=self.ids.get("EndToEndId", ""),
            transaction_id=self.ids.get("TxId", ""),
            uetr=self.ids.get("UETR", "").lower(),
            amount=self.amount,
            value_date=self.value_date,
            parties=(*header.found.parties, *found.parties),
            agents=(*header.found.agents, *found.agents),
            texts=(*header.found.texts, *found.texts),
            purpose_codes=(*header.found.purposes, *found.purposes),
            unmapped=tuple(sorted(header.found.unmapped | found.unmapped)),
        )

    def _read_child(self, child: Element, path: str, parent_path: str) -> None:
        tag = child.tag
        if tag in _PARTIES or tag in _AGENTS:
            account, holders = self.found.read_account(
                self.by_tag.get(f"{tag}Acct"), f"{parent_path}/{tag}Acct"
            )
            if tag in _PARTIES:
                self.found.read_party(child, path, _PARTIES[tag], account)
            else:
                self.found.read_agent(child, path, _AGENTS[tag], account)
            self.found.parties.extend(holders)
        elif tag in _ACCOUNTS and self.by_tag[tag] is child:
            if tag.removesuffix("Acct") not in self.by_tag:
                self.found.parties.extend(self.found.read_account(child, path)[1])
        elif tag == "PmtId":
            for leaf in child.children:
                if leaf.tag in ("InstrId", "EndToEndId", "TxId", "UETR"):
                    self.ids[leaf.tag] = leaf.text.strip()
                else:
                    self.found.sweep(leaf, f"{path}/{leaf.tag}", tag)
        elif tag == "IntrBkSttlmAmt":
            self.amount = read_amount(child, path, self.place)
        elif tag == "IntrBkSttlmDt":
            self.value_date = _read_date(child, path, self.place)
        elif (read := _READERS.get(tag)) is not None:
            read(self.found, child, path)
        else:
            self.found.sweep(child, path, _TRANSACTION)


def _read_charges(found: Collector, element: Element, path: str) -> None:
    for child, child_path in number_children(element, path):
        if child.tag == "Agt":
            found.read_agent(child, child_path, Role.CHARGES_AGENT)
        else:
            found.sweep(child, child_path, element.tag)


def _read_instruction(found: Collector, element: Element, path: str) -> None:
    if not element.children:  # InstrForDbtrAgt is a text itself in older versions
        found.add_text(TextKind.INSTRUCTION, (element,), path)
    for child, child_path in number_children(element, path):
        if child.tag == "InstrInf":
            found.add_text(TextKind.INSTRUCTION, (child,), child_path)
        else:
            found.sweep(child, child_path, element.tag)


_READERS: Final[dict[str, Callable[[Collector, Element, str], None]]] = {
    "PmtTpInf": _read_type,
    "ChrgsInf": _read_charges,
    "InstrForCdtrAgt": _read_instruction,
    "InstrForNxtAgt": _read_instruction,
    "InstrForDbtrAgt": _read_instruction,
    "Purp": Collector.read_purpose,
    "RgltryRptg": read_regulatory,
    "Tax": read_tax,
    "RltdRmtInf": read_related_remittance,
    "RmtInf": read_remittance,
    "SplmtryData": read_supplementary,
}
