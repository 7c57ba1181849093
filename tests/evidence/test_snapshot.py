from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from amur import limits
from amur.errors import ChecksumError, MalformedError, SnapshotError, VersionError
from amur.evidence import manifest as manifest_module
from amur.evidence.snapshot import Snapshot, build_snapshot
from amur.evidence.tables import read_packaged_tables
from amur.model import Publication, Schema
from tests.evidence.makers import KNOWN, make_entity, make_publication

SPRING, AUTUMN = date(2024, 5, 14), date(2024, 11, 21)
TABLES = {
    "designations": b"# by hand\nlist_id,record_id,designated_on,delisted_on,source,confidence\n"
    b"un-sc,10,2024-06-12,,https://example.org,A\n",
    "territories": b"regime,country\nUS,XX\n",
}


def make_publications() -> list[Publication]:
    return [
        make_publication(AUTUMN, ["5", "a7"], list_id="us-ofac-sdn"),
        make_publication(SPRING, ["9", "2"]),
        make_publication(AUTUMN, ["10", "9"]),
    ]


def build(folder: Path, publications: Sequence[Publication] | None = None) -> Snapshot:
    return build_snapshot(
        make_publications() if publications is None else publications,
        tables=TABLES,
        folder=folder,
        known_at=KNOWN,
        titles={"un-sc": "United Nations"},
    )


def read_all(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_what_was_known_can_be_asked(tmp_path: Path) -> None:
    snapshot = build(tmp_path)
    assert snapshot.path == tmp_path / snapshot.id
    assert snapshot.known_at == KNOWN
    assert [snapshot.entity(each).source.record_id for each in range(len(snapshot))] == [
        "2",
        "9",
        "10",
        "5",
        "a7",
    ]
    assert snapshot.span(0).until_latest == AUTUMN
    assert snapshot.span(2).from_basis == "table"
    assert snapshot.find("un-sc", "10") == 2
    assert snapshot.find("us-ofac-sdn", "a7") == 4
    assert snapshot.find("us-ofac-sdn", "9") is None
    assert snapshot.find("aa", "1") is None
    assert snapshot.find("zz", "1") is None
    assert snapshot.table("territories") == ({"regime": "US", "country": "XX"},)
    assert snapshot.tables == ("designations", "territories")
    assert snapshot.table_source("designations").file == "designations.csv"
    snapshot.verify()


def test_state_of_each_list(tmp_path: Path) -> None:
    un, us = build(tmp_path).lists
    assert (un.list_id, un.title, un.published_on, un.in_force, un.ended) == (
        "un-sc",
        "United Nations",
        AUTUMN,
        2,
        1,
    )
    assert (us.list_id, us.title, us.in_force, us.ended) == ("us-ofac-sdn", "us-ofac-sdn", 2, 0)
    assert un.files == make_publications()[2].files
    assert (un.published_basis, un.known_at) == ("file", KNOWN)


def test_index_has_the_entities_in_the_same_order(tmp_path: Path) -> None:
    from amur.engine import Subject

    entities = [make_entity("1", "Kalinka Machine Tools"), make_entity("2", "Zenit Aluminium")]
    snapshot = build(tmp_path, [make_publication(SPRING, entities)])
    (found,) = snapshot.index.match(
        [Subject("Zenit Aluminium", Schema.ORGANIZATION.value)],
        at_least=snapshot.index.lowest_threshold,
    )
    assert found[0].entity == 1


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one, other = build(tmp_path / "a"), build(tmp_path / "b")
    assert one.id == other.id
    assert read_all(one.path) == read_all(other.path)
    # Lists may come in any order; within a list they are oldest first.
    turned = make_publications()[1:] + make_publications()[:1]
    assert read_all(build(tmp_path / "c", turned).path) == read_all(one.path)


def test_other_input_other_id(tmp_path: Path) -> None:
    ids = {
        build(tmp_path).id,
        build(tmp_path, make_publications()[1:]).id,
        build_snapshot(make_publications(), tables={}, folder=tmp_path, known_at=KNOWN).id,
        build_snapshot(
            make_publications(),
            tables=TABLES,
            folder=tmp_path,
            known_at=KNOWN + timedelta(seconds=1),
        ).id,
    }
    assert len(ids) == 4


def test_no_publication_is_an_empty_snapshot(tmp_path: Path) -> None:
    snapshot = build(tmp_path, [])
    assert len(snapshot) == 0
    assert snapshot.lists == ()
    assert snapshot.find("un-sc", "1") is None
    snapshot.verify()


def test_building_twice_keeps_the_one_there(tmp_path: Path) -> None:
    before = build(tmp_path).path.stat().st_ino
    assert build(tmp_path).path.stat().st_ino == before
    assert [each.name for each in tmp_path.iterdir()] == [build(tmp_path).id]


def test_building_replaces_a_damaged_one(tmp_path: Path) -> None:
    snapshot = build(tmp_path)
    damage(snapshot.path / "spans.jsonl")
    build(tmp_path).verify()


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


FILES = [
    "entities.jsonl",
    "entities.offsets",
    "spans.jsonl",
    "spans.offsets",
    "names.index",
    "tables/territories.csv",
    "tables/designations.csv",
    "manifest.json",
]


def test_the_files_are_these(tmp_path: Path) -> None:
    assert sorted(read_all(build(tmp_path).path)) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_found(tmp_path: Path, name: str) -> None:
    snapshot = build(tmp_path)
    damage(snapshot.path / name)
    with pytest.raises(ChecksumError, match="Rebuild"):
        Snapshot.open(snapshot.path).verify()
    with pytest.raises(ChecksumError, match="Rebuild"):
        snapshot.verify()


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_found_on_opening(tmp_path: Path, name: str) -> None:
    path = build(tmp_path).path
    content = (path / name).read_bytes()
    (path / name).write_bytes(content[:-1])
    with pytest.raises(ChecksumError, match=r"Rebuild"):
        Snapshot.open(path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_found_on_opening(tmp_path: Path, name: str) -> None:
    path = build(tmp_path).path
    (path / name).unlink()
    with pytest.raises(ChecksumError, match=name):
        Snapshot.open(path)


def test_a_manifest_written_for_changed_files_does_not_fit_the_name(tmp_path: Path) -> None:
    one, other = build(tmp_path), build(tmp_path, make_publications()[1:])
    shutil.copy(other.path / "manifest.json", one.path / "manifest.json")
    with pytest.raises(ChecksumError):
        Snapshot.open(one.path)


def test_unfinished_or_missing_folders_are_not_opened(tmp_path: Path) -> None:
    path = build(tmp_path).path
    unfinished = path.rename(tmp_path / ".building-x")
    with pytest.raises(SnapshotError, match="unfinished"):
        Snapshot.open(unfinished)
    with pytest.raises(SnapshotError, match="there is no snapshot"):
        Snapshot.open(tmp_path / "none")


def test_another_layout_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(tmp_path).path
    monkeypatch.setattr(manifest_module, "FORMAT_VERSION", manifest_module.FORMAT_VERSION + 1)
    with pytest.raises(VersionError, match="layout 1, this build reads 2"):
        Snapshot.open(path)


def test_ordinals_beyond_the_end(tmp_path: Path) -> None:
    snapshot = build(tmp_path)
    for ordinal in (-1, len(snapshot)):
        with pytest.raises(IndexError):
            snapshot.entity(ordinal)
        with pytest.raises(IndexError):
            snapshot.span(ordinal)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="no table"):
        build(tmp_path).table("absent")
    with pytest.raises(SnapshotError, match="no table"):
        build(tmp_path).table("../manifest")


def test_a_publication_known_later_is_refused(tmp_path: Path) -> None:
    late = make_publication(SPRING, ["1"], known_at=KNOWN + timedelta(seconds=1))
    with pytest.raises(SnapshotError, match="after the snapshot's"):
        build(tmp_path, [late])
    assert not tmp_path.exists() or list(tmp_path.iterdir()) == []


def test_known_at_must_be_utc(tmp_path: Path) -> None:
    for known_at in (
        datetime(2024, 12, 1),
        datetime(2024, 12, 1, tzinfo=timezone(timedelta(hours=8))),
    ):
        with pytest.raises(SnapshotError, match="UTC"):
            build_snapshot([], tables={}, folder=tmp_path, known_at=known_at)
    utc = datetime(2024, 12, 1, tzinfo=UTC)
    assert build_snapshot([], tables={}, folder=tmp_path, known_at=utc).known_at == utc


def test_a_broken_table_builds_nothing(tmp_path: Path) -> None:
    with pytest.raises(MalformedError):
        build_snapshot([], tables={"t": b""}, folder=tmp_path / "s", known_at=KNOWN)
    assert not (tmp_path / "s").exists()


def test_decoded_entities_are_kept_up_to_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ENTITY_CACHE_MAX", 2)
    snapshot = build(tmp_path)
    first = snapshot.entity(0)
    assert snapshot.entity(0) is first
    snapshot.entity(1), snapshot.entity(2)
    assert snapshot.entity(0) is not first
    assert snapshot.entity(0) == first


def test_packaged_tables_go_into_a_snapshot(tmp_path: Path) -> None:
    tables = read_packaged_tables()
    snapshot = build_snapshot([], tables=tables, folder=tmp_path, known_at=KNOWN)
    assert snapshot.tables == tuple(sorted(tables))
