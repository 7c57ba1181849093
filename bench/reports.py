"""What a run prints, kept so that it can be committed under bench/runs/."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

from amur.engine import ENGINE_VERSION
from bench.corpora import ROOT, describe_machine


class Report:
    """Lines that are printed at once and may be written at the end."""

    def __init__(self, what: str) -> None:
        """Start with the line that says where and on what."""
        self.lines: list[str] = []
        self.what = what
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
        self.say(f"# {what}, engine {ENGINE_VERSION}, commit {commit}, {now} UTC")
        self.say(f"# {describe_machine()}")

    def say(self, line: str) -> None:
        """Print and keep a line."""
        print(line, flush=True)
        self.lines.append(line)

    def write(self) -> None:
        """Write the lines under bench/runs/."""
        folder = ROOT / "bench" / "runs"
        folder.mkdir(exist_ok=True)
        name = self.what.split(",")[0].replace(" ", "-")
        (folder / f"{name}.txt").write_text("\n".join(self.lines) + "\n", encoding="utf-8")
