"""`amur screen`: payments in, decisions out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

import click

from amur.adapters.cli.exits import Exit
from amur.adapters.cli.options import (
    find_settings,
    format_option,
    home_option,
    make_csv_writer,
    open_output,
    open_policy,
    policy_option,
    read_times,
    time_options,
)
from amur.adapters.cli.progress import Pace, follow, report
from amur.app.payments import read_files
from amur.app.screen import Result, Tally, open_screening
from amur.model import Verdict
from amur.reports import CSV_COLUMNS, OutcomeTable, make_console, make_csv_row, make_json_line


@click.command(
    short_help="Decide payments.",
    epilog="""\b
Examples:
  amur screen payments/
  amur screen in.zip message.fin --format csv --out decisions.csv
  cat message.xml | amur screen -
  amur screen payments/ --law-at 2024-05-16 --policy bank.toml
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@time_options
@format_option("table")
@policy_option
@home_option
@click.pass_context
def screen(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    law_at: date | datetime | None,
    known_at: date | datetime | None,
    form: str,
    out: Path | None,
    policy_path: Path | None,
    home: Path | None,
) -> None:
    """Decide payments: ISO 20022 XML, SWIFT FIN, folders and zip archives of them; - is standard
    input.

    Each decision is stored in the home folder before it is shown. A message that cannot be read is
    UNSCREENED, one of a type without a reader UNSUPPORTED: both are held and give exit code 3.
    """
    settings = find_settings(home)
    times = read_times(law_at, known_at)
    policy = open_policy(settings, policy_path)
    pace = Pace()
    with open_screening(settings.home, policy, times) as run, open_output(out) as output:
        results = run.run(read_files(paths), arguments=f"screen {' '.join(paths)}")
        write_results(follow(results, pace, "payments"), form, output)
    report(sum_up(run.tally, pace))
    ctx.exit(Exit.HELD if run.tally.held else Exit.DONE)


def write_results(results: Iterable[Result], form: str, out: TextIO) -> None:
    """Write the results as they come; a table at the end."""
    if form == "jsonl":
        for result in results:
            out.write(make_json_line(result).decode("utf-8") + "\n")
    elif form == "csv":
        writer = make_csv_writer(out)
        writer.writerow(CSV_COLUMNS)
        for result in results:
            writer.writerow(make_csv_row(result))
    else:
        table = OutcomeTable()
        for result in results:
            table.add(result)
        make_console(out).print(table.make())
        if table.left_out:
            report(f"{table.left_out} more rows: use --format csv or jsonl for all of them.")


def sum_up(tally: Tally, pace: Pace) -> str:
    """Return the line that sums a run up."""
    verdicts = ", ".join(f"{verdict} {tally.verdicts[verdict]}" for verdict in Verdict)
    again = f" ({tally.reused} decided before)" if tally.reused else ""
    return (
        f"read {tally.read}, decided {tally.decided}{again}, unscreened {tally.unscreened}, "
        f"unsupported {tally.unsupported}; {verdicts}; {pace.per_second:,.0f} per second"
    )
