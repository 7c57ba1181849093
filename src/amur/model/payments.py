"""What banks send: payments with parties, agents and texts, each with its path in the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amur.model.entities import Address, Identifier, Schema
from amur.model.times import DateRange


class Role(StrEnum):
    """The part a party or agent plays in a payment (ISO 20022 element names, spelled out)."""

    DEBTOR = "debtor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    CREDITOR = "creditor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    INITIATING_PARTY = "initiating_party"
    OTHER_PARTY = "other_party"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR_AGENT = "creditor_agent"
    INSTRUCTING_AGENT = "instructing_agent"
    INSTRUCTED_AGENT = "instructed_agent"
    INTERMEDIARY_AGENT = "intermediary_agent"
    PREVIOUS_INSTRUCTING_AGENT = "previous_instructing_agent"
    REIMBURSEMENT_AGENT = "reimbursement_agent"
    CHARGES_AGENT = "charges_agent"
    OTHER_AGENT = "other_agent"
    SENDER = "sender"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer minor units of a currency.

    Attributes:
        amount_minor: e.g. 245000 for GBP 2450.00; for JPY 2450 -> 2450 (ISO 4217 exponent).
        currency: ISO 4217 code, upper case.
        exponent: digits after the decimal mark that one minor unit stands for.
    """

    amount_minor: int
    currency: str
    exponent: int = 2

    def __str__(self) -> str:
        whole, part = divmod(self.amount_minor, 10**self.exponent)
        tail = f".{part:0{self.exponent}d}" if self.exponent else ""
        return f"{self.currency} {whole:,}{tail}"


@dataclass(frozen=True, slots=True)
class Party:
    """A customer-side party of a payment.

    Attributes:
        role: debtor, creditor ...
        name: as sent, lines joined as the format prescribes; may be empty.
        path: element path or tag of the name, e.g. `CdtTrfTxInf/Dbtr/Nm`, `50K`.
        schema: what the message says it is (organisation or private id), else UNKNOWN.
        address: postal address, if any.
        birth: birth date, if sent.
        birth_place: `town, country` as sent.
        countries: ISO codes of residence and birth country as sent.
        identifiers: LEI, BIC, private and organisation ids.
        account: IBAN or other account, as sent, else empty.
    """

    role: Role
    name: str
    path: str
    schema: Schema = Schema.UNKNOWN
    address: Address | None = None
    birth: DateRange | None = None
    birth_place: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """A financial institution of a payment.

    Attributes:
        role: debtor agent, intermediary ...
        path: element path or tag of the agent, e.g. `CdtTrfTxInf/DbtrAgt`, `57A`.
        bic: BIC8 or BIC11 as sent, upper case, else empty.
        name: name as sent, else empty.
        address: postal address, if any.
        identifiers: LEI, clearing-system member ids.
        account: account line as sent (MT party identifier), else empty.
    """

    role: Role
    path: str
    bic: str = ""
    name: str = ""
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = ()
    account: str = ""


class TextKind(StrEnum):
    """What a free text is for."""

    REMITTANCE = "remittance"
    PURPOSE = "purpose"
    INSTRUCTION = "instruction"
    REGULATORY = "regulatory"
    REFERENCE = "reference"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Text:
    """A free text of a payment.

    Attributes:
        kind: what it is for.
        lines: as sent, line breaks kept (a name may be broken over two lines).
        path: element path or tag, e.g. `CdtTrfTxInf/RmtInf/Ustrd`, `70`.
    """

    kind: TextKind
    lines: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One transaction: the unit of decision (design rule 8).

    Everything in it comes from the message; nothing from the file that carried it, so that the
    same message in another file is the same subject.

    Attributes:
        message_type: e.g. `pacs.008.001.08`, `MT103`.
        message_id: MsgId, or field 20.
        sequence: 0-based index of the transaction in its message.
        instruction_id: InstrId, else empty.
        end_to_end_id: EndToEndId, else empty.
        transaction_id: TxId, else empty.
        uetr: unique end-to-end transaction reference, lower case, else empty.
        amount: settled amount; None only where the message carries none.
        value_date: interbank settlement date, if any.
        parties: in message order.
        agents: in message order, header sender and receiver included.
        texts: in message order.
        purpose_codes: ISO purpose and category codes as sent.
        unmapped: paths of fields that are present but that no rule of the reader maps.
    """

    message_type: str
    message_id: str
    sequence: int
    instruction_id: str = ""
    end_to_end_id: str = ""
    transaction_id: str = ""
    uetr: str = ""
    amount: Money | None = None
    value_date: date | None = None
    parties: tuple[Party, ...] = ()
    agents: tuple[Agent, ...] = ()
    texts: tuple[Text, ...] = ()
    purpose_codes: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """BIC8 of the sending institution (header, else instructing, else debtor agent)."""
        for role in (Role.SENDER, Role.INSTRUCTING_AGENT, Role.DEBTOR_AGENT):
            for agent in self.agents:
                if agent.role is role and agent.bic:
                    return agent.bic[:8]
        return ""

    @property
    def identification(self) -> str:
        """What must be unique per sender: type family, sender, message and transaction ids."""
        family = self.message_type.split(".001.")[0]
        return "|".join(
            (
                family,
                self.sender,
                self.message_id,
                self.instruction_id,
                self.end_to_end_id,
                self.transaction_id,
                str(self.sequence),
            )
        )


@dataclass(frozen=True, slots=True)
class Unscreened:
    """A message or transaction that could not be read: held, counted, never lost (rule 9).

    Attributes:
        source: file name, `zip!member` for an archive member, `-` for standard input.
        sha256: hash of the bytes that could not be read.
        problem: what is wrong, without personal data.
        line: 1-based line, if known.
        field: element path or tag, if known.
        error: name of the exception class, e.g. `MalformedError`.
        message_type: if it could be told.
    """

    source: str
    sha256: str
    problem: str
    line: int | None = None
    field: str = ""
    error: str = ""
    message_type: str = ""


@dataclass(frozen=True, slots=True)
class UnsupportedMessage:
    """A message of a type that no reader exists for: counted apart, held.

    Attributes:
        source: as for `Unscreened`.
        sha256: hash of the message's bytes.
        message_type: what it says it is, e.g. `camt.053.001.08`, `MT940`.
    """

    source: str
    sha256: str
    message_type: str


@dataclass(frozen=True, slots=True)
class Message:
    """One payment as read, with the file it came in.

    Attributes:
        source: as for `Unscreened`.
        sha256: hash of the bytes of the message (the whole file where it holds one message).
        payment: the subject of the decision.
    """

    source: str
    sha256: str
    payment: Payment
