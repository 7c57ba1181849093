"""The manifest of a snapshot: what it holds, what it was built from, and every file's hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from amur.errors import ChecksumError, SnapshotError, VersionError
from amur.evidence import storage
from amur.evidence.publications import PublicationSummary
from amur.model import ListFile, decode

FORMAT_VERSION = 1
"""Version of the folder's layout. Another layout is another number."""

ID_CHARS = 16
"""Hex digits of a snapshot's id: 64 bits, far beyond what one bank's snapshots could collide in."""

_REBUILD = "Rebuild the snapshot from the kept publications."


@dataclass(frozen=True, slots=True)
class FileState:
    """Size and hash of one file.

    Attributes:
        size_bytes: its size.
        sha256: hash of its bytes, lower-case hex.
    """

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ListState:
    """One list as a snapshot holds it.

    Attributes:
        list_id: e.g. `un-sc`.
        title: for people.
        published_on: date of the publication in force.
        published_basis: `file`, `given` or `assumed`.
        known_at: UTC instant from which that publication was known.
        files: its files.
        in_force: entities that no later publication lacks.
        ended: entities that a later publication lacks; they stay in the snapshot.
    """

    list_id: str
    title: str
    published_on: date
    published_basis: str
    known_at: datetime
    files: tuple[ListFile, ...]
    in_force: int
    ended: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        format_version: layout of the folder.
        engine_version: version of the compiled engine that wrote the index.
        known_at: UTC instant up to which it holds what was known.
        entities: entities, ended ones included.
        lists: by list id.
        publications: what it was built from, by list, oldest first.
        files: every other file, relative name to size and hash.
    """

    format_version: int
    engine_version: str
    known_at: datetime
    entities: int
    lists: tuple[ListState, ...]
    publications: tuple[PublicationSummary, ...]
    files: dict[str, FileState]


@dataclass(frozen=True, slots=True)
class _Layout:
    format_version: int


def name_snapshot(content: bytes) -> str:
    """Return the id of the snapshot with these bytes as its manifest."""
    return hashlib.sha256(content).hexdigest()[:ID_CHARS]


def read_manifest(path: Path) -> tuple[Manifest, str]:
    """Return the manifest in a snapshot's folder and the snapshot's id.

    Raises:
        SnapshotError: no such folder, or unfinished work.
        VersionError: another layout.
        ChecksumError: no manifest, or not the one that the folder's name stands for.
    """
    if not path.is_dir():
        raise SnapshotError(
            f"there is no snapshot {path}", advice="Name an existing one, or add lists."
        )
    if path.name.startswith(storage.TEMPORARY_PREFIX):
        raise SnapshotError(
            f"{path} is unfinished work, not a snapshot",
            advice="Open a folder whose name does not begin with a dot.",
        )
    try:
        content = (path / "manifest.json").read_bytes()
    except OSError as error:
        raise ChecksumError(f"{path}/manifest.json: {error.strerror}", advice=_REBUILD) from error
    snapshot_id = name_snapshot(content)
    if snapshot_id != path.name:
        raise ChecksumError(
            f"{path}/manifest.json: its bytes changed since it was written", advice=_REBUILD
        )
    try:
        version = decode(_Layout, content).format_version
    except msgspec.MsgspecError as error:
        raise ChecksumError(f"{path}/manifest.json: not a manifest", advice=_REBUILD) from error
    if version != FORMAT_VERSION:
        raise VersionError(
            f"{path}: layout {version}, this build reads {FORMAT_VERSION}", advice=_REBUILD
        )
    try:
        return decode(Manifest, content), snapshot_id
    except msgspec.MsgspecError as error:
        raise ChecksumError(f"{path}/manifest.json: not a manifest", advice=_REBUILD) from error
