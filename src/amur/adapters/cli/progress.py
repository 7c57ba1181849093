"""Progress of long work, on standard error, on a terminal only; and the line that sums it up."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

T = TypeVar("T")

_PATIENCE_SECONDS: Final = 1.0
"""Work that ends sooner shows nothing: a bar that flashes by only disturbs."""

_EVERY: Final = 50
"""Items between two looks at the clock."""


class Pace:
    """Counts items and how fast they come.

    Attributes:
        count: items so far.
    """

    __slots__ = ("_started", "count")

    def __init__(self) -> None:
        self.count = 0
        self._started = time.monotonic()

    @property
    def per_second(self) -> float:
        """Items per second since the start."""
        return self.count / max(time.monotonic() - self._started, 1e-9)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started


def follow(items: Iterable[T], pace: Pace, noun: str) -> Iterator[T]:
    """Yield the items and show how many there were, once it takes longer than a moment."""
    bar: Progress | None = None
    task = None
    quiet = not sys.stderr.isatty()
    try:
        for item in items:
            pace.count += 1
            yield item
            if quiet or pace.count % _EVERY:
                continue
            if bar is None and pace.seconds > _PATIENCE_SECONDS:
                bar = Progress(
                    SpinnerColumn(),
                    TextColumn("{task.description}"),
                    TimeElapsedColumn(),
                    console=Console(stderr=True),
                    transient=True,
                )
                task = bar.add_task("")
                bar.start()
            if bar is not None and task is not None:
                bar.update(
                    task, description=f"{pace.count:,} {noun}, {pace.per_second:,.0f} per second"
                )
    finally:
        if bar is not None:
            bar.stop()


def report(text: str) -> None:
    """Write a line for the person at the terminal, out of the way of the output."""
    click.echo(text, err=True)
