"""`amur lists`: publications into force, and where each list stands."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from amur.adapters.cli.options import (
    find_settings,
    home_option,
    open_policy,
    policy_option,
    read_moment,
)
from amur.adapters.cli.progress import report
from amur.app.list_journal import Override
from amur.app.lists import Change, ListStore
from amur.reports import make_console, make_grid

_SHOWN = 10


@click.group(short_help="Bring lists into force, see their state.")
def lists() -> None:
    """Bring list publications into force, and see where each list stands."""


@lists.command(
    epilog="""\b
Examples:
  amur lists add un-sc consolidated.xml
  amur lists add us-ofac-sdn ofac-files/ --published 2024-05-14
  amur lists add un-sc old.xml --known-at 2024-05-15
"""
)
@click.argument("list_id", metavar="LIST")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--published",
    callback=read_moment,
    metavar="DATE",
    help="Date of the publication, where the files carry none.",
)
@click.option(
    "--known-at",
    callback=read_moment,
    metavar="TIME",
    help="Since when it is known (a day means its end). Default: now.",
)
@click.option(
    "--override-reason",
    metavar="TEXT",
    help="Activate it whatever speaks against it, and say why; goes on record.",
)
@click.option("--override-by", metavar="NAME", help="Who decides to override.")
@policy_option
@home_option
def add(
    *,
    list_id: str,
    path: Path,
    published: date | datetime | None,
    known_at: date | datetime | None,
    override_reason: str | None,
    override_by: str | None,
    policy_path: Path | None,
    home: Path | None,
) -> None:
    """Read a publication of LIST from PATH (a file or a folder) and bring it into force.

    A publication that is malformed, incomplete or much smaller than the one before is refused:
    the last good one stays in force.
    """
    if (override_reason is None) is not (override_by is None):
        raise click.UsageError("--override-reason and --override-by belong together.")
    if isinstance(published, datetime):
        raise click.UsageError("--published is a day, like 2024-05-14.")
    override = None
    if override_reason is not None and override_by is not None:
        override = Override(author=override_by, reason=override_reason)
    settings = find_settings(home)
    store = ListStore(settings.home, shrink_bp_max=open_policy(settings, policy_path).shrink_bp_max)
    done = store.add_list(
        list_id,
        path,
        now=datetime.now(UTC),
        published_on=published,
        known_at=known_at,
        override=override,
    )
    about = f"{list_id} of {done.publication.published_on}"
    if done.unchanged:
        click.echo(f"{about} was in force already; nothing changed.")
    else:
        click.echo(
            f"{about} is in force: {len(done.added)} added, {len(done.removed)} removed, "
            f"{len(done.changed)} changed; snapshot {done.snapshot_id}"
            f"{' (live)' if done.live else ''}."
        )
        if done.previous is not None:
            for word, changes in (
                ("added", done.added),
                ("removed", done.removed),
                ("changed", done.changed),
            ):
                _show_changes(word, changes)
    for cause in done.overridden:
        report(f"overridden: {cause}")
    for note in done.notes:
        report(f"note: {note}")


def _show_changes(word: str, changes: tuple[Change, ...]) -> None:
    for change in changes[:_SHOWN]:
        click.echo(f"  {word} {change.record_id} {change.name}")
    if len(changes) > _SHOWN:
        click.echo(f"  {word}: {len(changes) - _SHOWN} more")


@lists.command(
    epilog="""\b
Examples:
  amur lists status
"""
)
@policy_option
@home_option
@click.pass_context
def status(ctx: click.Context, *, policy_path: Path | None, home: Path | None) -> None:
    """Show each list: its publication, age and size, and whether it is stale."""
    settings = find_settings(home)
    policy = open_policy(settings, policy_path)
    store = ListStore(settings.home)
    rows = []
    ages = {list_id: rules.max_age_days for list_id, rules in policy.lists.items()}
    for each in store.list_status(on=datetime.now(UTC).date(), max_age_days=ages):
        state, age = each.state, each.age_days
        if state is None or age is None:
            rows.append((each.list_id, each.title, "", "", "", "", "not loaded"))
            continue
        rows.append(
            (
                each.list_id,
                each.title,
                state.published_on.isoformat(),
                state.published_basis,
                str(age),
                f"{state.in_force:,} ({state.ended:,} ended)",
                "stale" if each.stale else "current",
            )
        )
    make_console(sys.stdout).print(
        make_grid(
            ("list", "title", "published", "date from", "age in days", "entities", "state"),
            rows,
            right=("age in days", "entities"),
            narrow=("list", "published", "state"),
        )
    )
    ctx.exit(0)
