"""`amur explain`: the page of one decision."""

from __future__ import annotations

from pathlib import Path

import click

from amur.adapters.cli.options import find_settings, home_option
from amur.app.decisions import get_decision
from amur.model import canonical
from amur.reports import explain as write_page


@click.command(
    short_help="Show why a payment was decided so.",
    epilog="""\b
Examples:
  amur explain 4f2c91aa
  amur explain 4f2c91aa --json
""",
)
@click.argument("decision_id", metavar="DECISION")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The decision's canonical JSON, byte for byte, instead of a page.",
)
@home_option
def explain(*, decision_id: str, as_json: bool, home: Path | None) -> None:
    """Show why: the message's facts, each reason with its source, and how the score adds up.

    DECISION is the id, or a beginning of it (four digits or more) that no other one shares.
    """
    stored, receipts = get_decision(find_settings(home).decisions, decision_id)
    if as_json:
        click.echo(canonical(stored.decision).decode("utf-8"))
        return
    facts = [
        ("mode", stored.mode.value),
        ("number", str(stored.seq)),
        ("decided at", stored.decided_at.isoformat(timespec="seconds")),
        ("arrived in", receipts[-1].source if receipts else stored.source),
    ]
    if len(receipts) > 1:
        facts.append(("arrivals", str(len(receipts))))
    click.echo(write_page(stored.decision, stored.payment, facts=facts), nl=False)
