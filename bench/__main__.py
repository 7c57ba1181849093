"""All benchmarks of the running version, one after another; results into `bench/runs`.

python -m bench
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUNS = Path(__file__).resolve().parent / "runs"
BENCHMARKS = ("matching", "planting")


def main() -> None:
    """Run each benchmark in a process of its own and keep what it prints."""
    RUNS.mkdir(exist_ok=True)
    failed = 0
    for name in BENCHMARKS:
        ran = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], check=False, capture_output=True, text=True
        )
        print(ran.stdout, ran.stderr, sep="")
        (RUNS / f"{name}.txt").write_text(ran.stdout, encoding="utf-8")
        failed += ran.returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
