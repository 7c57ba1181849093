from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amur.errors import ChecksumError, VersionError
from amur.evidence import publications as module
from amur.evidence.publications import (
    keep_publication,
    load_publication,
    read_summary,
    summarise,
)
from tests.evidence.makers import make_publication

DAY = date(2024, 5, 14)
LATER = datetime(2025, 1, 1, tzinfo=UTC)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    publication = make_publication(DAY, ["1", "2"], rejected=["3"])
    summary = keep_publication(publication, tmp_path)
    assert summary == summarise(publication)
    assert summary.name.startswith("2024-05-14_")
    folder = tmp_path / summary.name
    assert load_publication(folder, known_at=publication.known_at) == publication
    assert load_publication(folder, known_at=LATER) == replace(publication, known_at=LATER)
    assert read_summary(folder, known_at=LATER) == replace(summary, known_at=LATER)


def test_keeping_twice_is_one(tmp_path: Path) -> None:
    publication = make_publication(DAY, ["1"])
    keep_publication(publication, tmp_path)
    keep_publication(replace(publication, known_at=LATER), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_other_content_is_another(tmp_path: Path) -> None:
    keep_publication(make_publication(DAY, ["1"]), tmp_path)
    keep_publication(make_publication(DAY, ["2"]), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("entities.jsonl", b"Organisation", b"Organization"),
        ("publication.json", b'"entities":1', b'"entities":2'),
        ("publication.json", b'"sha256":"', b'"sha256":"f'),
        ("publication.json", b"{", b"["),
    ],
)
def test_a_change_is_found(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    publication = make_publication(DAY, ["1"])
    folder = tmp_path / keep_publication(publication, tmp_path).name
    content = (folder / name).read_bytes()
    assert old in content
    (folder / name).write_bytes(content.replace(old, new, 1))
    with pytest.raises(ChecksumError, match="add the list's files again"):
        load_publication(folder, known_at=LATER)


@pytest.mark.parametrize("name", ["entities.jsonl", "publication.json"])
def test_a_missing_file_is_found(tmp_path: Path, name: str) -> None:
    folder = tmp_path / keep_publication(make_publication(DAY, ["1"]), tmp_path).name
    (folder / name).unlink()
    with pytest.raises(ChecksumError, match=name):
        load_publication(folder, known_at=LATER)


def test_another_layout_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / keep_publication(make_publication(DAY, ["1"]), tmp_path).name
    monkeypatch.setattr(module, "FORMAT_VERSION", 2)
    with pytest.raises(VersionError, match="layout 1"):
        load_publication(folder, known_at=LATER)
