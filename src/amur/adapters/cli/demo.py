"""`amur demo`: the packaged sample as of two days, with reasons, and what changed between."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path, PurePath

import click
from rich.console import Console

from amur.adapters.cli.options import home_option
from amur.app.demo import DemoDay, find_changes, find_sample, run_demo
from amur.app.screen import Outcome, Result
from amur.model import Unscreened, Verdict
from amur.reports import describe_source, find_main_reason, make_console, make_grid

_HOME = Path("build") / "demo-home"


@click.command(
    short_help="Screen the packaged sample as of two days.",
    epilog="""\b
Examples:
  amur demo
  amur demo --home /tmp/amur-demo
""",
)
@home_option
def demo(*, home: Path | None) -> None:
    """Screen the packaged sample payments as of two days of 2024, and show why.

    Lists, snapshots and decisions go to the home folder (default: build/demo-home in the current
    folder) and stay there to look at. The sample is made up and not for compliance use.
    """
    home = (home or _HOME).absolute()
    days = run_demo(home)
    console = make_console(sys.stdout)
    for day in days:
        _show_day(console, day)
    _show_changes(console, days[0], days[-1])
    _show_next(home, days)


def _show_day(console: Console, day: DemoDay) -> None:
    held = "; ".join(
        f"{each.title} of {each.published_on} ({each.in_force} entries)" for each in day.lists
    )
    rows = [_make_row(each) for each in day.results]
    console.print(
        make_grid(
            ("payment", "amount", "verdict", "action", "main reason, and its source", "score"),
            rows,
            title=f"As of {day.day}, with {held}",
            right=("score",),
            narrow=("verdict", "action"),
        )
    )


def _make_row(result: Result) -> tuple[str, ...]:
    name = PurePath(result.source).stem
    if not isinstance(result, Outcome):
        problem = result.problem if isinstance(result, Unscreened) else "no reader for this type"
        return (name, "", "UNSCREENED", "HOLD", problem, "")
    decision = result.decision
    main = find_main_reason(decision)
    score = "" if main is None or main.score is None else str(main.score)
    return (
        name,
        str(result.payment.amount or ""),
        decision.verdict.value,
        decision.action.value,
        _describe(result, short=True),
        score,
    )


def _describe(outcome: Outcome, *, short: bool = False) -> str:
    main = find_main_reason(outcome.decision)
    if main is None:
        return "Nothing stands against release."
    source = describe_source(main.sources[0], with_hash=False) if main.sources else ""
    parts = (main.text, "" if short else main.nexus, source and f"[{source}]")
    return "\n".join(part for part in parts if part)


def _show_changes(console: Console, first: DemoDay, last: DemoDay) -> None:
    rows = []
    for old, new in find_changes(first, last):
        was, now = old.decision, new.decision
        rows.append(
            (
                PurePath(new.source).stem,
                f"{was.verdict} {was.action}",
                f"{now.verdict} {now.action}",
                _describe(new),
            )
        )
    console.print(
        make_grid(
            ("payment", f"as of {first.day}", f"as of {last.day}", "why now"),
            rows,
            title=f"{len(rows)} payments decided otherwise or for other reasons half a year later",
        )
    )


def _show_next(home: Path, days: tuple[DemoDay, ...]) -> None:
    decided = [each for each in days[-1].results if isinstance(each, Outcome)]
    graver = [each for each in decided if each.decision.verdict is Verdict.STOP] or decided
    own, where = _name_program(), f" --home {_shorten(home)}"
    click.echo("Three commands to try next:")
    if graver:
        click.echo(f"  {own} explain {graver[0].decision.id[:12]}{where}")
    click.echo(f'  {own} match "Gazprombank" --law-at {days[-1].day}{where}')
    click.echo(
        f"  {own} screen {_shorten(find_sample() / 'payments')} --law-at {days[0].day} "
        f"--format csv{where}"
    )


def _name_program() -> str:
    """Return how this very program can be called from here."""
    program = Path(sys.argv[0]).absolute()
    found = shutil.which("amur")
    return "amur" if found and Path(found).absolute() == program else str(_shorten(program))


def _shorten(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
