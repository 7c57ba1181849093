"""File operations that survive a crash: every write reaches the disk before its name counts.

Each function does one step and leaves either the old state or the new one. Whatever a crash leaves
behind half-done has a name that starts with a dot, and no reader looks at those. Callers reach the
functions through the module (`storage.replace_file(...)`), so that tests can stop at every step.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY_PREFIX = "."
"""How the names of unfinished files and folders begin."""


def make_folder(path: Path) -> None:
    """Create a folder and its parents where missing, durably."""
    missing = []
    folder = path
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def make_temporary(beside: Path) -> Path:
    """Create an empty folder for unfinished work in folder `beside`; its name starts with a dot."""
    # Not mkdtemp: its folders are for the owner alone, and this one gets its final name later.
    folder = beside / f"{TEMPORARY_PREFIX}building-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def write_file(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on disk."""
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def sync_file(path: Path) -> None:
    """Wait until a file that somebody else wrote is on disk."""
    with path.open("rb") as there:
        os.fsync(there.fileno())


def sync_folder(path: Path) -> None:
    """Wait until a folder's list of names is on disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(finished: Path, path: Path) -> None:
    """Give a finished temporary folder its name. `path` must not exist."""
    finished.rename(path)
    sync_folder(path.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Swap a file's content as a whole: a reader sees the old bytes or the new, never a part."""
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{path.name}.new")
    temporary.unlink(missing_ok=True)
    write_file(temporary, content)
    temporary.replace(path)
    sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file and wait until it is on disk.

    A crash may leave a part of the line; readers must ignore a last line without its line feed,
    and `cut_torn_line` takes it away before the next append.
    """
    new = not path.exists()
    with path.open("ab") as out:
        out.write(line + b"\n")
        out.flush()
        os.fsync(out.fileno())
    if new:
        sync_folder(path.parent)


def cut_torn_line(path: Path) -> bool:
    """Remove an unfinished last line, left by a crash; return whether there was one."""
    if not path.exists():
        return False
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole == len(content):
        return False
    with path.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())
    return True


def remove_temporaries(folder: Path) -> int:
    """Remove what crashed work left in a folder; return how many. Call it under the lock only."""
    if not folder.is_dir():
        return 0
    left = sorted(folder.glob(f"{TEMPORARY_PREFIX}building-*"))
    for each in left:
        shutil.rmtree(each)
    return len(left)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file; wait for whoever holds it. A process that dies lets go of it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
