"""MT103 (single customer credit transfer), with STP, REMIT and 103+ -> one `Payment`.

Source: SWIFT standards MT, category 1, MT103; field formats as in the samples of open libraries.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from amur.errors import IncompleteError, MalformedError
from amur.intake.payments.amounts import parse_mt_amount, parse_mt_date
from amur.intake.payments.fin import FinField, FinMessage
from amur.intake.payments.fin_parties import read_agent, read_party
from amur.model import Agent, Money, Party, Payment, Role, Text, TextKind

MESSAGE_TYPE: Final = "MT103"

_MANDATORY: Final = ("20", "32", "50", "59")
"""Without these there is nothing to decide on. 23B is mandatory in the standard, yet it changes
no decision: a message without it is read."""

_NAMES: Final = {"20": "20", "32": "32A", "50": "50a", "59": "59a"}

_AGENTS: Final = {
    "51": Role.OTHER_AGENT,
    "52": Role.DEBTOR_AGENT,
    "53": Role.REIMBURSEMENT_AGENT,
    "54": Role.REIMBURSEMENT_AGENT,
    "55": Role.REIMBURSEMENT_AGENT,
    "56": Role.INTERMEDIARY_AGENT,
    "57": Role.CREDITOR_AGENT,
}
_TEXTS: Final = {
    "70": TextKind.REMITTANCE,
    "72": TextKind.INSTRUCTION,
    "77B": TextKind.REGULATORY,
    "77T": TextKind.REMITTANCE,
}
_QUIET: Final = frozenset({"13C", "20", "23B", "33B", "36", "71A", "71F", "71G"})
"""Known fields that name nobody: references, codes, times, amounts, charges."""

_SETTLEMENT = re.compile(r"(\d{6})([A-Z]{3})([\d,]+)", re.ASCII)
_ADVICE: Final = "Ask the sender to correct the message."


def looks_like_mt103(message: FinMessage) -> bool:
    """Return whether fields without a header can only be an MT103.

    Fields 21 and 58a belong to other types of categories 1 and 2 that share its parties.
    """
    numbers = {field.number for field in message.fields}
    return not numbers & {"21", "28", "58"} and (
        {"50", "59"} <= numbers or any(field.tag == "23B" for field in message.fields)
    )


def read_mt103(message: FinMessage, *, source: str) -> Payment:
    """Return the payment of an MT103.

    Raises:
        IncompleteError: field 20, 32A, 50a or 59a is missing.
        MalformedError: a field that cannot be read, or one of these twice.
    """
    _check_fields(message, source=source)
    parties: list[Party] = []
    agents: list[Agent] = []
    ends = ("block 2", "block 1") if message.received else ("block 1", "block 2")
    if message.sender:
        agents.append(Agent(Role.SENDER, ends[0], message.sender))
    if message.receiver:
        agents.append(Agent(Role.RECEIVER, ends[1], message.receiver))
    texts: list[Text] = []
    codes: list[str] = []
    unmapped: set[str] = set()
    reference, settlement = "", None
    for field in message.fields:
        kind = _TEXTS.get(field.tag)
        if field.tag == "20":
            reference = field.lines[0].strip() if field.lines else ""
        elif field.tag == "32A":
            settlement = field
        elif field.number == "50":
            parties.append(read_party(field, Role.DEBTOR, source=source))
        elif field.number == "59":
            parties.append(read_party(field, Role.CREDITOR, source=source))
        elif field.number in _AGENTS:
            if (agent := read_agent(field, _AGENTS[field.number], source=source)) is not None:
                agents.append(agent)
        elif kind is not None:
            _add_text(texts, kind, field)
        elif field.tag == "23E":
            if any("/" in line for line in field.lines):  # a code with words: `HOLD/...`
                _add_text(texts, TextKind.INSTRUCTION, field)
        elif field.tag == "26T":
            codes.extend(line for line in field.lines if line)
        elif field.tag not in _QUIET:
            unmapped.add(field.tag)
    assert settlement is not None
    amount, value_date = _read_settlement(settlement, source=source)
    return Payment(
        message_type=MESSAGE_TYPE,
        message_id=reference,
        sequence=0,
        uetr=message.user.get("121", "").strip().lower(),
        amount=amount,
        value_date=value_date,
        parties=tuple(parties),
        agents=tuple(agents),
        texts=tuple(texts),
        purpose_codes=tuple(codes),
        unmapped=tuple(sorted(unmapped)),
    )


def _check_fields(message: FinMessage, *, source: str) -> None:
    seen: set[str] = set()
    for field in message.fields:
        number = field.number
        if number not in _MANDATORY or (number == "32" and field.option != "A"):
            continue
        if number in seen:
            raise MalformedError(
                "the field stands twice",
                source=source,
                line=field.line,
                field=field.tag,
                advice=_ADVICE,
            )
        if not any(field.lines):
            raise IncompleteError(
                "the mandatory field is empty",
                source=source,
                line=field.line,
                field=field.tag,
                advice=_ADVICE,
            )
        seen.add(number)
    for number in _MANDATORY:
        if number not in seen:
            raise IncompleteError(
                "a mandatory field is missing",
                source=source,
                line=message.line,
                field=_NAMES[number],
                advice=_ADVICE,
            )


def _add_text(texts: list[Text], kind: TextKind, field: FinField) -> None:
    lines = tuple(line for line in field.lines if line.strip())
    if lines:
        texts.append(Text(kind, lines, field.tag))


def _read_settlement(field: FinField, *, source: str) -> tuple[Money, date]:
    found = _SETTLEMENT.fullmatch("".join(field.lines).strip())
    try:
        if found is None:
            raise ValueError("not a date, a currency and an amount")
        day, currency, number = found.groups()
        return parse_mt_amount(number, currency), parse_mt_date(day)
    except ValueError as error:
        raise MalformedError(
            str(error), source=source, line=field.line, field=field.tag, advice=_ADVICE
        ) from error
