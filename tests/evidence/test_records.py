from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import ChecksumError
from amur.evidence.records import Records, write_records

LINES = st.lists(st.binary(min_size=1).filter(lambda line: b"\n" not in line), max_size=20)


@given(LINES)
def test_every_line_comes_back(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        names = write_records(Path(folder), "rows", lines)
        assert names == ("rows.jsonl", "rows.offsets")
        records = Records(Path(folder), "rows")
        assert [records.line(each) for each in range(len(records))] == lines


def test_offsets_that_do_not_fit(tmp_path: Path) -> None:
    write_records(tmp_path, "rows", [b"one", b"two"])
    offsets = tmp_path / "rows.offsets"
    whole = offsets.read_bytes()
    for damaged in (b"", whole[:-1], whole[:-8]):
        offsets.write_bytes(damaged)
        with pytest.raises(ChecksumError, match="do not fit"):
            Records(tmp_path, "rows")
    # The end is right, the middle is not.
    offsets.write_bytes(whole[:8] + b"\xff" * 8 + whole[16:])
    records = Records(tmp_path, "rows")
    for ordinal in (0, 1):
        with pytest.raises(ChecksumError, match="do not fit"):
            records.line(ordinal)
