"""Add a list and die by SIGKILL at the N-th touch of a file in the home folder.

Run as `python -m tests.app.killed_add HOME LIST N`; ends normally where there are fewer touches.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.app.text_lists import make_store

_TOUCHES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "fcntl.flock",
    "mmap.__new__",
}


def main(home: Path, path: Path, touches: int) -> None:
    left = touches

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in _TOUCHES:
            return
        if event == "open" and not str(arguments[0]).startswith(str(home)):
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store = make_store(home)
    sys.addaudithook(count)
    store.add_list("un-sc", path, now=datetime(2024, 12, 1, tzinfo=UTC))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
