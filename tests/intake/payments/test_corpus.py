"""Real messages: all are read, except those that a committed golden names as defective."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from amur.intake.payments import read_payments
from amur.model import Message, Payment, Unscreened, UnsupportedMessage

_GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def _load(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((_GOLDEN / name).read_text(encoding="utf-8"))["message"])


@pytest.fixture(scope="module")
def index(corpora: Path) -> dict[str, str]:
    with (corpora / "payments" / "INDEX.tsv").open(encoding="utf-8") as file:
        return {row["file"]: row["message_type"] for row in csv.DictReader(file, delimiter="\t")}


def _read(corpora: Path, name: str) -> list[Message | Unscreened | UnsupportedMessage]:
    return list(read_payments((corpora / "payments" / name).read_bytes(), source=name))


def _is_read(message_type: str) -> bool:
    return message_type == "MT103" or message_type.startswith("pacs.008.")


def test_every_payment_is_read_except_the_defective(corpora: Path, index: dict[str, str]) -> None:
    defective = {entry["file"] for entry in _load("payments_defective.toml")}
    wanted = [name for name, kind in index.items() if _is_read(kind)]
    assert len(wanted) > 90
    for name in wanted:
        if name not in defective:
            items = _read(corpora, name)
            assert [type(item) for item in items] == [Message], name
            assert isinstance(items[0], Message)
            assert items[0].payment.message_type == index[name]
            assert items[0].payment.unmapped == (), name


@pytest.mark.parametrize("entry", _load("payments_defective.toml"), ids=lambda e: str(e["file"]))
def test_defective_message_is_held_with_its_defect(corpora: Path, entry: dict[str, Any]) -> None:
    items = _read(corpora, entry["file"])
    held = [item for item in items if isinstance(item, Unscreened)]
    assert [(item.error, item.field, item.line) for item in held] == [
        (entry["error"], entry["field"], entry["line"])
    ]
    assert sum(isinstance(item, Message) for item in items) == entry.get("also_read", 0)


def test_every_other_type_is_counted_apart(corpora: Path, index: dict[str, str]) -> None:
    others = [name for name, kind in index.items() if not _is_read(kind)]
    assert len(others) > 300
    for name in others:
        items = _read(corpora, name)
        assert all(isinstance(item, UnsupportedMessage) for item in items), name
        assert {item.message_type for item in items if isinstance(item, UnsupportedMessage)} == {
            index[name]
        }


def _outline(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.message_id,
        "amount": str(payment.amount),
        "value_date": str(payment.value_date),
        "parties": [
            f"{party.role} | {party.path} | {party.name} | "
            f"{party.address.country if party.address else ''} | {party.account}"
            for party in payment.parties
        ],
        "agents": [
            f"{agent.role} | {agent.path} | {agent.bic} | {agent.name}" for agent in payment.agents
        ],
        "texts": [f"{text.kind} | {text.path} | {text.lines[0]}" for text in payment.texts],
    }


@pytest.mark.parametrize("entry", _load("payments_parties.toml"), ids=lambda e: str(e["file"]))
def test_parties_agents_and_texts_are_those_a_person_reads(
    corpora: Path, entry: dict[str, Any]
) -> None:
    payments = [item.payment for item in _read(corpora, entry["file"]) if isinstance(item, Message)]
    assert len(payments) == 1
    expected = {key: value for key, value in entry.items() if key != "file"}
    assert _outline(payments[0]) == expected
