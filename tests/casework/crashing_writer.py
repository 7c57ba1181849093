"""A writer for the kill test: appends batches for ever and reports what is durable.

Run as a script: the path of the store and the number of the first payment. Each line it prints
names the payments of one batch, after `append` returned.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from amur.casework.store import Mode, SqliteStore
from tests.casework.samples import make_arrival, make_payment

BATCH = 5


def write_batches(path: Path, first: int) -> None:
    with SqliteStore(path) as store:
        now = datetime(2024, 5, 16, tzinfo=UTC)
        run = store.start_run(arguments="kill test", at=now)
        while True:
            numbers = range(first, first + BATCH)
            store.append(
                run, [make_arrival(make_payment(n)) for n in numbers], mode=Mode.LIVE, at=now
            )
            sys.stdout.write(" ".join(map(str, numbers)) + "\n")
            sys.stdout.flush()
            first += BATCH


if __name__ == "__main__":
    write_batches(Path(sys.argv[1]), int(sys.argv[2]))
