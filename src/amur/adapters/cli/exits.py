"""Exit codes, as one table (design rule 15)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """What the process says at its end. The meaning of each stands in `MEANINGS`."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    HELD = 3
    INTERRUPTED = 130


MEANINGS: Final = {
    Exit.DONE: "everything was read and decided, whatever the verdicts",
    Exit.ERROR: "an error ended the work; what was answered before stands",
    Exit.USAGE: "the command line is not right",
    Exit.HELD: "done, but something is held undecided: UNSCREENED, unsupported or a rejected row",
    Exit.INTERRUPTED: "interrupted from the keyboard; start it again to go on",
}
"""Exit code -> meaning; shown by `amur --help`."""


def describe_exits() -> str:
    """Return the table as text."""
    return "\n".join(f"  {code.value:>3}  {meaning}" for code, meaning in MEANINGS.items())
