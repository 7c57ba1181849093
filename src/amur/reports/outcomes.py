"""Decisions and what could not be decided, as rows: table, CSV, JSON lines."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, Protocol

import msgspec
from rich.table import Table

from amur.model import (
    Decision,
    Effect,
    Payment,
    Reason,
    Unscreened,
    UnsupportedMessage,
    Verdict,
)
from amur.reports.tables import make_grid, quote_cell

ROWS_MAX: Final = 500
"""Rows of a table on a screen. More belong into CSV or JSON lines, which have no limit."""

_BACKGROUND: Final = ("NOT_ASSESSED", "FIELD_UNMAPPED")
"""Codes that nearly every payment has at INFO: they explain no verdict."""

CSV_COLUMNS: Final = (
    "source",
    "message_type",
    "message_id",
    "sequence",
    "end_to_end_id",
    "uetr",
    "amount",
    "currency",
    "verdict",
    "action",
    "codes",
    "reason",
    "path",
    "score",
    "list_id",
    "record_id",
    "entity",
    "decision_id",
)
"""Columns of the CSV of decisions. `verdict` is UNSCREENED or UNSUPPORTED where nothing could be
decided, and `reason` then says why."""


class Decided(Protocol):
    """A payment with its decision, and the file it came in."""

    @property
    def source(self) -> str:
        """File that carried it."""

    @property
    def message_sha256(self) -> str:
        """Hash of the message's bytes."""

    @property
    def payment(self) -> Payment:
        """The subject."""

    @property
    def decision(self) -> Decision:
        """The decision."""

    @property
    def reused(self) -> bool:
        """Whether it stood already."""


Row = Decided | Unscreened | UnsupportedMessage


def find_main_reason(decision: Decision) -> Reason | None:
    """Return the reason to show first; None where a CLEAR payment has none worth showing.

    Shape: the strongest; for a CLEAR one a near miss such as NOT_IN_FORCE, if there is any.
    """
    for reason in decision.reasons:
        if reason.effect is not Effect.INFO or reason.code not in _BACKGROUND:
            return reason
    return None


def list_codes(decision: Decision) -> str:
    """Return the codes of the reasons that explain the verdict, sorted, joined by `;`."""
    return ";".join(
        sorted(
            {
                reason.code
                for reason in decision.reasons
                if reason.effect is not Effect.INFO or reason.code not in _BACKGROUND
            }
        )
    )


def describe_main_reason(decision: Decision) -> str:
    """Return the main reason in words, with its rest counted."""
    main = find_main_reason(decision)
    if main is None:
        return "Nothing stands against release."
    others = sum(
        1 for reason in decision.reasons if reason is not main and reason.effect is not Effect.INFO
    )
    return f"{main.text}{f' (+{others} more)' if others else ''}"


class OutcomeTable:
    """Collects outcomes for a table on a screen: what a person must look at comes first.

    Attributes:
        left_out: rows that did not fit.
    """

    __slots__ = ("_clear", "_telling", "left_out")

    def __init__(self) -> None:
        self._telling: list[tuple[str, ...]] = []
        self._clear: list[tuple[str, ...]] = []
        self.left_out = 0

    def add(self, row: Row) -> None:
        """Add one outcome."""
        if isinstance(row, Unscreened | UnsupportedMessage):
            telling = True
        else:
            telling = row.decision.verdict is not Verdict.CLEAR
        kept = self._telling if telling else self._clear
        if len(kept) < ROWS_MAX:
            kept.append(_make_cells(row))
        else:
            self.left_out += 1

    def make(self, title: str = "") -> Table:
        """Return the table: all rows in reading order within those to look at and the CLEAR."""
        rows = [*self._telling, *self._clear]
        self.left_out += max(0, len(rows) - ROWS_MAX)
        return make_grid(
            ("payment", "amount", "verdict", "action", "main reason", "score", "id"),
            rows[:ROWS_MAX],
            title=title,
            right=("score",),
            narrow=("verdict", "action", "id"),
        )


def _make_cells(row: Row) -> tuple[str, ...]:
    if isinstance(row, Unscreened):
        place = ", ".join(
            [
                *([f"line {row.line}"] if row.line else []),
                *([f"field {row.field}"] if row.field else []),
            ]
        )
        return (
            _shorten(row.source),
            "",
            "UNSCREENED",
            "HOLD",
            f"{row.problem}{f' ({place})' if place else ''}",
            "",
            "",
        )
    if isinstance(row, UnsupportedMessage):
        return (
            _shorten(row.source),
            "",
            "UNSUPPORTED",
            "HOLD",
            f"No reader for {row.message_type or 'this type of message'} yet.",
            "",
            "",
        )
    decision, payment = row.decision, row.payment
    main = find_main_reason(decision)
    score = "" if main is None or main.score is None else str(main.score)
    number = f" #{payment.sequence + 1}" if payment.sequence else ""
    return (
        f"{_shorten(row.source)}{number}",
        str(payment.amount or ""),
        decision.verdict.value,
        decision.action.value,
        describe_main_reason(decision),
        score,
        decision.id[:8],
    )


def _shorten(source: str) -> str:
    """Return the file's name, with the member of an archive kept."""
    file, mark, member = source.partition("!")
    return f"{PurePath(file).name}{mark}{member}"


def make_csv_row(row: Row) -> tuple[str, ...]:
    """Return the cells of `CSV_COLUMNS` for one outcome."""
    if isinstance(row, Unscreened):
        cells = {
            "source": row.source,
            "message_type": row.message_type,
            "verdict": "UNSCREENED",
            "action": "HOLD",
            "reason": row.problem,
            "path": row.field,
        }
    elif isinstance(row, UnsupportedMessage):
        cells = {
            "source": row.source,
            "message_type": row.message_type,
            "verdict": "UNSUPPORTED",
            "action": "HOLD",
            "reason": "no reader for this type of message",
        }
    else:
        decision, payment, main = row.decision, row.payment, find_main_reason(row.decision)
        cells = {
            "source": row.source,
            "message_type": payment.message_type,
            "message_id": payment.message_id,
            "sequence": str(payment.sequence),
            "end_to_end_id": payment.end_to_end_id,
            "uetr": payment.uetr,
            "amount": _write_amount(payment),
            "currency": payment.amount.currency if payment.amount else "",
            "verdict": decision.verdict.value,
            "action": decision.action.value,
            "codes": list_codes(decision),
            "decision_id": decision.id,
        }
        if main is not None:
            cells |= {
                "reason": main.text,
                "path": main.path,
                "score": "" if main.score is None else str(main.score),
                "list_id": main.list_id,
                "record_id": main.record_id,
                "entity": main.entity_name,
            }
    return tuple(quote_cell(cells.get(column, "")) for column in CSV_COLUMNS)


def _write_amount(payment: Payment) -> str:
    money = payment.amount
    if money is None:
        return ""
    whole, part = divmod(money.amount_minor, 10**money.exponent)
    return f"{whole}.{part:0{money.exponent}d}" if money.exponent else str(whole)


def make_json_line(row: Row) -> bytes:
    """Return one outcome as a line of JSON: exact, with every reason, without the line feed.

    Shape: `kind` is `decision`, `unscreened` or `unsupported`; a decision has `source`,
    `message_sha256`, `reused`, `payment` (its identification) and the whole `decision`.
    """
    body: dict[str, object]
    if isinstance(row, Unscreened):
        body = {"kind": "unscreened", "unscreened": row}
    elif isinstance(row, UnsupportedMessage):
        body = {"kind": "unsupported", "unsupported": row}
    else:
        payment = row.payment
        body = {
            "kind": "decision",
            "source": row.source,
            "message_sha256": row.message_sha256,
            "reused": row.reused,
            "payment": {
                "message_type": payment.message_type,
                "message_id": payment.message_id,
                "sequence": payment.sequence,
                "end_to_end_id": payment.end_to_end_id,
                "uetr": payment.uetr,
                "amount": payment.amount,
            },
            "decision": row.decision,
        }
    return msgspec.json.encode(body)
