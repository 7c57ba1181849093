"""Files, folders, archives and standard input: everything comes out, or says why not."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from amur import limits
from amur.errors import InputError
from amur.intake.payments import files as module
from amur.intake.payments import walk_files
from amur.model import Unscreened


def names(paths: list[Path | str], root: Path) -> list[str]:
    return [
        (item.source if isinstance(item, Unscreened) else item[0]).removeprefix(f"{root}/")
        for item in walk_files(paths)
    ]


def held(path: Path) -> list[Unscreened]:
    return [item for item in walk_files([path]) if isinstance(item, Unscreened)]


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_folders_are_read_recursively_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.xml", "a/2.xml", "a/1.xml", ".hidden.xml", ".git/x.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert names([tmp_path], tmp_path) == ["a/1.xml", "a/2.xml", "b.xml"]
    assert list(walk_files([tmp_path / ".hidden.xml"])) == [
        (f"{tmp_path}/.hidden.xml", b".hidden.xml")
    ]


def test_a_missing_path_is_the_callers_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(InputError, match="no such file"):
        next(walk_files([tmp_path / "a", tmp_path / "b"]))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(walk_files(["-"], stdin=io.BytesIO(b"x"))) == [("-", b"x")]
    assert list(walk_files([Path("-")], stdin=io.BytesIO(b"x"))) == [("-", b"x")]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"y")))
    assert list(walk_files(["-"])) == [("-", b"y")]


def test_archive_members(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path / "p.dat", {"b.xml": b"b", "f/a.xml": b"a", "__MACOSX/._b": b"-", ".x": b"-"}
    )
    assert list(walk_files([path])) == [(f"{path}!b.xml", b"b"), (f"{path}!f/a.xml", b"a")]
    assert list(walk_files(["-"], stdin=io.BytesIO(path.read_bytes()))) == [
        ("-!b.xml", b"b"),
        ("-!f/a.xml", b"a"),
    ]


def test_a_bomb_is_held_and_its_neighbours_are_read(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", {"a": b"a", "bomb": b" " * 20_000_000, "c": b"c"})
    items = list(walk_files([path]))
    assert [isinstance(item, Unscreened) for item in items] == [False, True, False]
    assert isinstance(items[1], Unscreened)
    assert (items[1].source, items[1].error) == (f"{path}!bomb", "LimitError")


def test_damage_is_held(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", {"a": os.urandom(5_000), "b": b"b"})
    data = bytearray(path.read_bytes())
    data[100:110] = b"0123456789"
    path.write_bytes(bytes(data))
    items = list(walk_files([path]))
    assert [isinstance(item, Unscreened) for item in items] == [True, False]
    path.write_bytes(bytes(data[:300]))
    assert [item.error for item in held(path)] == ["MalformedError"]


def test_encrypted_and_nested_archives_are_held(tmp_path: Path) -> None:
    inner = make_zip(tmp_path / "i.zip", {"a": b"a"}).read_bytes()
    path = make_zip(tmp_path / "p.zip", {"i.zip": inner, "z": b"z"})
    assert [(item.source, item.error) for item in held(path)] == [
        (f"{path}!i.zip", "UnsupportedError")
    ]
    data = path.read_bytes()
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data = data[:at] + b"\x01" + data[at + 1 :]
    path.write_bytes(data)
    assert next(item.problem for item in held(path)).startswith("the archive member is encrypted")


def test_caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAYMENT_FILE_BYTES_MAX", 10)
    monkeypatch.setattr(module, "ARCHIVE_MEMBERS_MAX", 2)
    (tmp_path / "a").write_bytes(b"x" * 10)
    (tmp_path / "b").write_bytes(b"x" * 11)
    assert [(item.source, item.error) for item in held(tmp_path)] == [
        (f"{tmp_path}/b", "LimitError")
    ]
    path = make_zip(tmp_path / "z", {"1": b"", "2": b""})
    assert held(path) == []
    path = make_zip(tmp_path / "z", {"1": b"", "2": b"", "3": b""})
    assert [item.error for item in held(path)] == ["LimitError"]
    assert limits.ARCHIVE_MEMBERS_MAX > 2


def test_what_is_no_file_is_held(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [(Path(item.source).name, item.error) for item in held(tmp_path)] == [
        ("gone", "InputError"),
        ("loop", "UnsupportedError"),
        ("pipe", "UnsupportedError"),
    ]


def test_names_on_disk_may_be_any_bytes(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.xml"
    with open(path, "wb") as file:
        file.write(b"x")
    ((name, data),) = (item for item in walk_files([tmp_path]) if isinstance(item, tuple))
    assert data == b"x"
    assert name.encode("utf-8")
