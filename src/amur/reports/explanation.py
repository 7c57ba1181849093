"""The page of one decision: what was asked, what was found, where it stands, how it adds up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from amur.model import Address, Decision, Effect, Payment, Reason, Source
from amur.reports.tables import show_plainly

_COLUMNS: Final = 100


def explain(
    decision: Decision, payment: Payment | None = None, *, facts: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the page of a decision as plain text.

    Args:
        decision: what to explain.
        payment: its subject, for the facts of the message.
        facts: further (label, value) lines for the head, e.g. the file that carried it.

    Shape: the same decision gives the same page. Every score is followed by its addends, whose sum
    it is; the name's addend by the tokens that it is the sum of.
    """
    lines = list(_explain_head(decision, facts))
    if payment is not None:
        lines += ["", "PAYMENT", *_explain_payment(payment)]
    telling = [r for r in decision.reasons if r.effect is not Effect.INFO or r.score is not None]
    rest = [r for r in decision.reasons if r not in telling]
    lines += ["", f"REASONS ({len(telling)})"]
    if not telling:
        lines.append("  Nothing stands against release.")
    for number, reason in enumerate(telling, start=1):
        lines += ["", *_explain_reason(number, reason)]
    if rest:
        lines += ["", f"FOR INFORMATION ({len(rest)})"]
        for reason in rest:
            lines += _wrap(f"  - {reason.code}: ", reason.text)
    if decision.context:
        lines += ["", "CONTEXT"]
        lines += [f"  {prior.relation}: decision {prior.decision_id}" for prior in decision.context]
    return show_plainly("\n".join(lines)) + "\n"


def _explain_head(decision: Decision, facts: Sequence[tuple[str, str]]) -> Iterator[str]:
    key = decision.key
    yield f"DECISION {decision.id}"
    yield f"  verdict      {decision.verdict}, proposed action {decision.action}"
    for label, value in facts:
        yield f"  {label:<12} {value}"
    yield f"  law at       {key.law_at}"
    yield f"  known at     {key.known_at}"
    yield f"  snapshot     {key.snapshot_id}"
    yield f"  policy       {key.policy_sha256}"
    yield f"  engine       {key.engine}"
    yield f"  subject      {key.subject_sha256}"
    yield f"  context      {key.context_sha256}"


def _explain_payment(payment: Payment) -> Iterator[str]:
    yield f"  type         {payment.message_type}, transaction {payment.sequence + 1}"
    for label, value in (
        ("message", payment.message_id),
        ("instruction", payment.instruction_id),
        ("end to end", payment.end_to_end_id),
        ("transaction", payment.transaction_id),
        ("UETR", payment.uetr),
        ("amount", str(payment.amount or "")),
        ("value date", payment.value_date.isoformat() if payment.value_date else ""),
        ("purpose", ", ".join(payment.purpose_codes)),
    ):
        if value:
            yield f"  {label:<12} {value}"
    for party in payment.parties:
        about = [party.name or "(no name)"]
        if party.birth is not None:
            about.append(f"born {party.birth.text or party.birth.earliest}")
        about += [f"{each.kind} {each.value}" for each in party.identifiers]
        about += [f"account {party.account}"] if party.account else []
        about += _show_address(party.address)
        yield from _wrap(f"  {_show_role(party.role):<20} ", "; ".join(about))
    for agent in payment.agents:
        about = [part for part in (agent.bic, agent.name) if part]
        about += [f"{each.kind} {each.value}" for each in agent.identifiers]
        about += _show_address(agent.address)
        yield from _wrap(f"  {_show_role(agent.role):<20} ", "; ".join(about) or "(not named)")
    for text in payment.texts:
        yield from _wrap(f"  {text.kind:<20} ", " / ".join(text.lines))


def _show_role(role: str) -> str:
    return role.replace("_", " ")


def _show_address(address: Address | None) -> list[str]:
    if address is None:
        return []
    parts = (
        *address.lines,
        address.town,
        address.region,
        address.postal_code,
        address.country or address.country_text,
    )
    joined = ", ".join(part for part in parts if part)
    return [joined] if joined else []


def _explain_reason(number: int, reason: Reason) -> Iterator[str]:
    law = f"{reason.regime} {reason.basis}".strip().replace("_", " ")
    yield f"{number}. {reason.code}  ->  {reason.effect}   [{law}]"
    yield from _wrap("   ", reason.text)
    if reason.path:
        yield from _wrap("   field     ", f"{reason.path}: {reason.value}")
    if reason.nexus:
        yield from _wrap("   nexus     ", reason.nexus)
    if reason.list_id and reason.record_id:
        yield from _wrap(
            "   entry     ", f"{reason.list_id} {reason.record_id}: {reason.entity_name}"
        )
    for source in reason.sources:
        yield from _wrap("   source    ", describe_source(source))
    if reason.milli is not None:
        yield from _explain_score(reason)


def _explain_score(reason: Reason) -> Iterator[str]:
    yield f"   score     {reason.score} of 1000 (log-odds {_show_milli(reason.milli or 0)}):"
    for addend in reason.contributions:
        yield from _wrap(f"     {_show_milli(addend.milli):>8}  {addend.feature:<11} ", addend.text)
    if reason.contributions:
        total = sum(addend.milli for addend in reason.contributions)
        yield f"     {_show_milli(total):>8}  sum"
    if reason.alignment:
        yield "   tokens of the name (subject | listed):"
        width = max(len(pair.subject) for pair in reason.alignment)
        other = max(len(pair.listed) for pair in reason.alignment)
        for pair in reason.alignment:
            yield (
                f"     {_show_milli(pair.milli):>8}  {pair.subject or '-':<{width}} | "
                f"{pair.listed or '-':<{other}}  {pair.relation}"
            )


def describe_source(source: Source, *, with_hash: bool = True) -> str:
    """Return a citation in one line: list, file, record, field, date, hash."""
    parts = [source.list_id, source.file]
    if source.record_id:
        parts.append(f"record {source.record_id}")
    if source.field:
        # Fields of another file of the set name that file themselves.
        parts.append(source.field.removeprefix(f"{source.file}/"))
    if source.published_on:
        parts.append(f"published {source.published_on.isoformat()}")
    if source.file_sha256 and with_hash:
        parts.append(f"sha256 {source.file_sha256[:12]}")
    return ", ".join(part for part in parts if part)


def _show_milli(milli: int) -> str:
    return f"{milli / 1000:+.3f}"


def _wrap(head: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _COLUMNS,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
    ) or [head.rstrip()]
