"""The outermost loop of the command line: commands, errors, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from amur.adapters.cli.config import config
from amur.adapters.cli.demo import demo
from amur.adapters.cli.exits import Exit, describe_exits
from amur.adapters.cli.explain import explain
from amur.adapters.cli.lists import lists
from amur.adapters.cli.match import compare, match
from amur.adapters.cli.screen import screen
from amur.errors import AmurError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"\b\nExit codes:\n{describe_exits()}\n\n\b\nStart with:\n  amur demo\n",
)
@click.version_option(package_name="amur", message="amur %(version)s")
def cli() -> None:
    """Sanctions screening of payments and parties: decisions with reasons, sources and a record."""


for _command in (demo, lists, screen, match, compare, explain, config):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with one of the exit codes of `exits`."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="amur",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except AmurError as error:
        click.echo(f"amur: {error}", err=True)
        return Exit.ERROR
    except click.ClickException as error:
        error.show()
        return Exit.USAGE if isinstance(error, click.UsageError) else Exit.ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("amur: interrupted", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output went away (`| head`). What Python would still write at its end
        # must go nowhere, or it complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ERROR
    return code if isinstance(code, int) else Exit.DONE
