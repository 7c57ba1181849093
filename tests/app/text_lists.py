"""A list in a format of its own for tests: first line the date, then `id|name` per line.

A line `!id` is a record that cannot be read; `broken` as the first line is a file that cannot.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

from amur.app.lists import ListStore
from amur.errors import MalformedError
from amur.model import ListFile, Publication, RejectedRecord
from tests.evidence.makers import make_entity


def read_text_list(
    list_id: str, path: Path, /, *, published_on: date | None, known_at: datetime
) -> Publication:
    """Read one file."""
    content = path.read_bytes()
    head, *lines = content.decode().splitlines()
    if head == "broken":
        raise MalformedError("not a list", source=path.name, line=1, advice="Get it again.")
    day = published_on or date.fromisoformat(head)
    sha256 = hashlib.sha256(content).hexdigest()
    return Publication(
        list_id,
        day,
        "given" if published_on else "file",
        known_at,
        (ListFile(path.name, sha256, len(content), len(lines)),),
        tuple(
            make_entity(*line.split("|"), list_id=list_id, sha256=sha256, published_on=day)
            for line in lines
            if not line.startswith("!")
        ),
        tuple(
            RejectedRecord(path.name, number, line[1:], "name", "the name is empty")
            for number, line in enumerate(lines, start=2)
            if line.startswith("!")
        ),
        {"entities": len(lines)},
    )


def write_list(path: Path, day: str, *records: str) -> Path:
    """Write a list file."""
    path.write_text("\n".join([day, *records]) + "\n")
    return path


def make_store(home: Path) -> ListStore:
    """Return a store that reads such lists, without tables."""
    return ListStore(home, tables={}, read=read_text_list)
