"""Tables on a terminal, and their plain form in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_PLAIN_COLUMNS: Final = 160
"""Width in a pipe or file, where nobody says how wide the reader's screen is."""

_STYLES: Final = {
    "CLEAR": "green",
    "REVIEW": "yellow",
    "STOP": "bold red",
    "UNSCREENED": "magenta",
    "UNSUPPORTED": "magenta",
    "INFO": "dim",
}
"""Colours of verdicts and effects; the word always stands there too."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def make_console(out: TextIO) -> Console:
    """Return a console: as wide as the terminal, or plain and of fixed width elsewhere."""
    return Console(
        file=out,
        width=None if out.isatty() else _PLAIN_COLUMNS,
        highlight=False,
        soft_wrap=False,
        emoji=False,
        markup=False,
    )


def make_grid(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    right: Sequence[str] = (),
    narrow: Sequence[str] = (),
) -> Table:
    """Return a table of texts.

    Args:
        headers: names of the columns.
        rows: cells; the words of verdicts and effects are coloured.
        title: stands above; may be empty.
        right: columns of numbers.
        narrow: columns that are never broken over lines.
    """
    # Title and cells are plain text: a name with brackets must not be taken for markup.
    table = Table(
        title=Text(title) if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        title_style="bold",
    )
    for header in headers:
        table.add_column(
            header,
            justify="right" if header in right else "left",
            no_wrap=header in narrow or header in right,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(show_plainly(cell), _STYLES.get(cell, "")) for cell in row))
    return table


def show_plainly(text: str) -> str:
    """Return a text without control characters, which a message could use against a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def quote_cell(text: str) -> str:
    """Return a CSV cell that a spreadsheet does not run as a formula.

    Shape: a leading `=`, `+`, `-`, `@`, tab or carriage return gets an apostrophe before it.

    Source: OWASP, CSV Injection.

    Examples:
        >>> quote_cell("=1+1"), quote_cell("Acme")
        ("'=1+1", 'Acme')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
