"""`amur config`: where Amur runs and what decides."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from amur.adapters.cli.options import find_settings, home_option, open_policy, policy_option
from amur.app.decisions import count_decisions
from amur.model import canonical
from amur.reports import make_console, make_grid


@click.group(short_help="Show settings and policy.")
def config() -> None:
    """Look at settings and policy."""


@config.command(
    epilog="""\b
Examples:
  amur config show
  amur config show --json
"""
)
@click.option("--json", "as_json", is_flag=True, help="The whole policy, every default filled in.")
@policy_option
@home_option
def show(*, as_json: bool, policy_path: Path | None, home: Path | None) -> None:
    """Show where Amur keeps its things, and the policy that decides."""
    settings = find_settings(home)
    policy = open_policy(settings, policy_path)
    if as_json:
        click.echo(canonical(policy).decode("utf-8"))
        return
    path = policy_path if policy_path is not None else settings.find_policy()
    own = policy.institution
    counts = count_decisions(settings.decisions)
    stops = ", ".join(f"{schema} {milli}" for schema, milli in policy.names.stop_at.items())
    rows = [
        ("home folder", str(settings.home)),
        ("decisions", str(settings.decisions)),
        ("decisions stored", "none yet" if counts is None else f"{counts.decisions:,}"),
        ("policy file", str(path) if path else "(packaged policy alone)"),
        ("policy sha256", policy.sha256),
        (
            "institution",
            f"{own.name} ({own.country}), {', '.join(own.bics)}"
            if own.named
            else "(none named: every law counts as applying)",
        ),
        ("laws that bind always", ", ".join(own.laws)),
        ("review from", f"{policy.names.review_at} thousandths of log-odds"),
        ("stop from", stops),
        ("required lists", ", ".join(policy.required_lists)),
    ]
    make_console(sys.stdout).print(make_grid(("setting", "value"), rows, narrow=("setting",)))
