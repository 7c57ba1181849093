"""`amur match` and `amur compare`: names against the lists, and names against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

import click
import msgspec

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
from amur.app.evidence import open_evidence
from amur.app.match import (
    Matched,
    RejectedRecord,
    compare_pairs,
    match_file,
    match_names,
    read_pair_header,
)
from amur.model import Reason
from amur.reports import make_console, make_grid, quote_cell

_COLUMNS: Final = (
    "id",
    "name",
    "code",
    "effect",
    "score",
    "list_id",
    "record_id",
    "entity",
    "matched_name",
    "text",
)
"""Columns of the answers to `amur match`; one row per hit, and one with empty columns per name
without any."""

_ROWS_MAX: Final = 500


@click.command(
    short_help="Look names up in the lists.",
    epilog="""\b
Examples:
  amur match "Gazprombank"
  amur match customers.csv --format csv --out hits.csv
A CSV has the columns name, schema, birth_date, country, identifier, id; only name is needed.
""",
)
@click.argument("names", nargs=-1, required=True, metavar="NAMES.csv|NAME...")
@time_options
@format_option("table")
@policy_option
@home_option
@click.pass_context
def match(
    ctx: click.Context,
    *,
    names: tuple[str, ...],
    law_at: date | datetime | None,
    known_at: date | datetime | None,
    form: str,
    out: Path | None,
    policy_path: Path | None,
    home: Path | None,
) -> None:
    """Look names up in the lists, with the search, score and thresholds that payments meet.

    An argument that is a file, or ends in .csv, is read as a CSV of names; any other is a name.
    """
    settings = find_settings(home)
    times = read_times(law_at, known_at)
    policy = open_policy(settings, policy_path)
    evidence = open_evidence(settings.home, times)
    files = [Path(name) for name in names if name.lower().endswith(".csv") or Path(name).is_file()]
    plain = [name for name in names if Path(name) not in files]
    rows: Iterator[Matched | RejectedRecord] = chain(
        match_names(plain, evidence, policy, times),
        *(match_file(path, evidence, policy, times) for path in files),
    )
    pace = Pace()
    with open_output(out) as output:
        hit, rejected = _write_matches(follow(rows, pace, "names"), form, output)
    report(
        f"{pace.count} names, {hit} with hits, {rejected} rejected; "
        f"{pace.per_second:,.0f} per second"
    )
    ctx.exit(Exit.HELD if rejected else Exit.DONE)


def _write_matches(
    rows: Iterable[Matched | RejectedRecord], form: str, out: TextIO
) -> tuple[int, int]:
    """Write the answers and return how many names had hits and how many rows were rejected."""
    hit = rejected = 0
    table: list[tuple[str, ...]] = []
    left_out = 0
    writer = make_csv_writer(out) if form == "csv" else None
    if writer is not None:
        writer.writerow(_COLUMNS)
    for row in rows:
        if isinstance(row, RejectedRecord):
            rejected += 1
            field = f", field {row.field}" if row.field else ""
            report(f"rejected: {row.file}, line {row.line}{field}: {row.problem}")
            continue
        hit += bool(row.reasons)
        if form == "jsonl":
            line = {
                "id": row.id,
                "line": row.line,
                "name": row.subject.name,
                "reasons": row.reasons,
            }
            out.write(msgspec.json.encode(line).decode("utf-8") + "\n")
            continue
        for cells in _make_cells(row):
            if writer is not None:
                writer.writerow([quote_cell(cell) for cell in cells])
            elif len(table) < _ROWS_MAX:
                table.append(cells)
            else:
                left_out += 1
    if form == "table":
        make_console(out).print(
            make_grid(
                ("id", "name", "effect", "score", "list", "record", "entity", "matched name"),
                [(c[0], c[1], c[3], c[4], c[5], c[6], c[7] or "(no hit)", c[8]) for c in table],
                right=("score",),
                narrow=("effect", "list", "record"),
            )
        )
        if left_out:
            report(f"{left_out} more rows: use --format csv or jsonl for all of them.")
    return hit, rejected


def _make_cells(row: Matched) -> Iterator[tuple[str, ...]]:
    if not row.reasons:
        yield (row.id, row.subject.name, *[""] * (len(_COLUMNS) - 2))
    for reason in row.reasons:
        yield (
            row.id,
            row.subject.name,
            reason.code,
            reason.effect.value,
            _show_score(reason),
            reason.list_id,
            reason.record_id,
            reason.entity_name,
            reason.matched_name,
            reason.text,
        )


def _show_score(reason: Reason) -> str:
    return "" if reason.score is None else str(reason.score)


@click.command(
    short_help="Score pairs of names.",
    epilog="""\b
Examples:
  amur compare pairs.csv
  amur compare pairs.csv --out scored.csv
The CSV has the columns schema, name1, name2; further ones are kept as they are.
""",
)
@click.argument("pairs", type=click.Path(path_type=Path), metavar="PAIRS.csv")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write there instead of standard output.",
)
@click.pass_context
def compare(ctx: click.Context, *, pairs: Path, out: Path | None) -> None:
    """Score pairs of names: the same rows, with a column `score` from 0.000 to 1.000.

    A row that cannot be compared keeps its place, with an empty score, and gives exit code 3.
    """
    rejected = 0
    pace = Pace()
    header = read_pair_header(pairs)
    with open_output(out) as output:
        writer = make_csv_writer(output)
        writer.writerow([*header, "score"])
        for scored in follow(compare_pairs(pairs), pace, "pairs"):
            row = scored.row
            if scored.score is None:
                rejected += 1
                report(f"rejected: {pairs.name}, line {row.line}: {row.problem}")
            cells = (*row.cells, *[""] * len(header))[: len(header)]
            writer.writerow([*cells, "" if scored.score is None else f"{scored.score / 1000:.3f}"])
    report(f"{pace.count} pairs, {rejected} rejected; {pace.per_second:,.0f} per second")
    ctx.exit(Exit.HELD if rejected else Exit.DONE)
