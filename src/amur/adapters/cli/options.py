"""Options that several commands share."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from amur.app.policies import load_policy
from amur.app.times import Times, choose_times, parse_moment
from amur.errors import InputError, SettingsError
from amur.policy import Policy
from amur.settings import Settings, from_environment

F = TypeVar("F", bound=Callable[..., Any])


def read_moment(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> date | datetime | None:
    """Return the day or UTC instant that an option names; a usage error where it is neither."""
    if value is None:
        return None
    try:
        return parse_moment(value)
    except InputError as error:
        raise click.BadParameter(str(error), ctx=ctx, param=param) from error


def home_option(command: F) -> F:
    """Add `--home`."""
    return click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of lists, snapshots and decisions. Default: AMUR_HOME, else ~/.amur.",
    )(command)


def policy_option(command: F) -> F:
    """Add `--policy`."""
    return click.option(
        "--policy",
        "policy_path",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Policy (TOML) that says what differs from the packaged one. Default: AMUR_POLICY, "
        "else policy.toml in the home folder, if there.",
    )(command)


def time_options(command: F) -> F:
    """Add `--law-at` and `--known-at`."""
    command = click.option(
        "--known-at",
        callback=read_moment,
        metavar="TIME",
        help="Look back: what had been learnt then. Default: as --law-at, else now.",
    )(command)
    return click.option(
        "--law-at",
        callback=read_moment,
        metavar="TIME",
        help="Look back: what was in force then, e.g. 2024-05-16. Default: as --known-at, else "
        "now.",
    )(command)


def format_option(default: str) -> Callable[[F], F]:
    """Add `--format` and `--out`."""

    def add(command: F) -> F:
        command = click.option(
            "--out",
            type=click.Path(dir_okay=False, writable=True, path_type=Path),
            metavar="FILE",
            help="Write there instead of standard output.",
        )(command)
        return click.option(
            "--format",
            "form",
            type=click.Choice(["table", "csv", "jsonl"]),
            default=default,
            show_default=True,
            help="table for people, csv and jsonl without limit for programs.",
        )(command)

    return add


def find_settings(home: Path | None) -> Settings:
    """Return where Amur runs: the environment, with `--home` over it."""
    return from_environment().with_home(home)


def open_policy(settings: Settings, path: Path | None) -> Policy:
    """Return the policy that a command names, or that its surroundings give."""
    return load_policy(path if path is not None else settings.find_policy())


def read_times(law_at: date | datetime | None, known_at: date | datetime | None) -> Times:
    """Return both times; a usage error where one lies in the future."""
    try:
        return choose_times(now=datetime.now(UTC), law_at=law_at, known_at=known_at)
    except InputError as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that is written to the end before its name counts."""
    if path is None:
        yield sys.stdout
        return
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            yield out
        unfinished.replace(path)
    except OSError as error:
        raise SettingsError(
            f"cannot write {path}: {error.strerror}",
            key="--out",
            advice="Name a file in an existing folder.",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def make_csv_writer(out: TextIO) -> Any:
    """Return a CSV writer with plain line ends."""
    return csv.writer(out, lineterminator="\n")
