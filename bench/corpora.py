"""The corpora that figures are stated on, built through the product's own readers and snapshots.

The real list files are not part of the project: they are looked for in the folder named by
`AMUR_TEST_DATA`, else in `../shared/data`.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import os
import platform
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amur.app.lists import ListStore
from amur.engine import Index, build_index
from amur.evidence.snapshot import Snapshot
from bench.loaders import Party, load_party_lists

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"

KNOWN_AT = datetime(2026, 3, 1, tzinfo=UTC)
"""When the small corpus is taken as known: after the newer of its two publications."""


def find_data() -> Path:
    """Return the folder of real files, or end the run saying what is missing."""
    given = os.environ.get("AMUR_TEST_DATA")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        sys.exit(f"no real list files in {folder}: set AMUR_TEST_DATA to the folder that has them")
    return folder


def open_small() -> Snapshot:
    """Return corpus S: OFAC of 2021-07 and UN of 2026-02, added as a user would add them."""
    data = find_data()
    store = ListStore(BUILD / "S")
    try:
        snapshot = store.open_snapshot()
        if len(snapshot.lists) == 2:
            return snapshot
    except Exception as error:  # noqa: BLE001 - any failure means: build it
        print(f"building corpus S ({type(error).__name__})", file=sys.stderr)
    store.add_list(
        "us-ofac-sdn",
        data / "us-ofac-legacy-csv/commit-2021-07-07-full",
        now=KNOWN_AT,
        published_on=date(2021, 7, 7),
        known_at=KNOWN_AT,
    )
    store.add_list(
        "un-sc",
        data / "un-sc-consolidated/UN_consolidated_2026-02-27.xml.gz",
        now=KNOWN_AT,
        known_at=KNOWN_AT,
    )
    return store.open_snapshot()


def open_medium() -> tuple[list[Party], Index]:
    """Return corpus M: its 35,669 entities and the index over them, in the same order."""
    parties = load_party_lists(find_data())
    path = BUILD / "M.index"
    BUILD.mkdir(parents=True, exist_ok=True)
    build_index((party.entry for party in parties), path)
    return parties, Index(path)


def read_negatives() -> list[dict[str, str]]:
    """Return the 50,000 synthetic persons who are on no list, as rows."""
    path = find_data() / "negatives/negatives_us.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_extra(module: str) -> Any:
    """Return a module of the `bench` extra, or end the run saying how to install it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        sys.exit(f"{error}; the benchmarks need: pip install -e '.[bench]'")


def describe_machine() -> str:
    """Return one line about where a figure was measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} processors, Python {platform.python_version()}"
