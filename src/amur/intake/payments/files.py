"""Files, folders, zip archives and standard input -> (source, bytes), nothing left out silently."""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, Final

from amur.errors import InputError, LimitError, MalformedError, UnsupportedError
from amur.intake.payments.refusals import hold
from amur.limits import ARCHIVE_MEMBERS_MAX, ARCHIVE_RATIO_MAX, PAYMENT_FILE_BYTES_MAX
from amur.model import Unscreened

STANDARD_INPUT: Final = "-"
"""The path that stands for standard input."""

_ZIP_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK_BYTES: Final = 1 << 20
_RATIO_FREE_BYTES: Final = 1_000_000
"""Up to this size the ratio does not count: a short file of blanks is no bomb."""

_ENCRYPTED: Final = 0x1
_HIDDEN_FOLDERS: Final = frozenset({"__MACOSX"})

Found = tuple[str, bytes] | Unscreened
"""A file's name and bytes, or why it could not be read."""


def walk_files(paths: Sequence[Path | str], *, stdin: BinaryIO | None = None) -> Iterator[Found]:
    """Yield the bytes of every file, one at a time.

    Shape: a file; a folder, read recursively in sorted order; a zip archive (told by its first
    bytes, not by its name), whose members are named `archive.zip!folder/member.xml`, sorted; `-`
    is standard input. Hidden files and folders (`.name`, and `__MACOSX` in archives) are skipped
    inside folders and archives: file managers, editors and version control put them there, and
    writers of payment files use such names for files that are not complete yet. What cannot be
    read is yielded as `Unscreened`, its `sha256` that of the bytes that were read, or empty where
    there were none.

    Cost: one file in memory, at most `PAYMENT_FILE_BYTES_MAX`; of an archive, its directory too.

    Args:
        paths: what the user gave.
        stdin: what `-` stands for; the process's own standard input where None is given.

    Raises:
        InputError: a path that was given does not exist; before anything is read.
    """
    for path in paths:
        if str(path) != STANDARD_INPUT and not os.path.lexists(path):
            raise InputError(
                "there is no such file or folder", source=str(path), advice="Check the path."
            )
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _read_standard_input(stdin)
        else:
            yield from _walk(Path(path))


def _walk(start: Path) -> Iterator[Found]:
    waiting = [start]
    while waiting:
        path = waiting.pop()
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
            linked = is_folder and path is not start and path.is_symlink()
            names = sorted(os.listdir(path), reverse=True) if is_folder and not linked else []
        except OSError as error:
            yield _hold_os(error, _name(path))
            continue
        if linked:
            yield hold(
                UnsupportedError(
                    "a link to a folder is not followed",
                    source=_name(path),
                    advice="Name the folder itself.",
                ),
                source=_name(path),
                sha256="",
            )
        elif is_folder:
            waiting.extend(path / name for name in names if not name.startswith("."))
        else:
            yield from _read_file(path)


def _name(path: Path) -> str:
    """Return a path as text that any encoding can hold; names on disk may be any bytes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _hold_os(error: OSError, source: str) -> Unscreened:
    return hold(
        InputError(
            f"the file cannot be read: {error.strerror or type(error).__name__}",
            source=source,
            advice="Check that it is there and may be read.",
        ),
        source=source,
        sha256="",
    )


def _read_file(path: Path) -> Iterator[Found]:
    source = _name(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield hold(
                UnsupportedError(
                    "not a regular file", source=source, advice="Copy its content into a file."
                ),
                source=source,
                sha256="",
            )
            return
        with path.open("rb") as file:
            mark = file.read(len(_ZIP_MARKS[0]))
            file.seek(0)
            if mark in _ZIP_MARKS:
                yield from _read_archive(file, source)
            else:
                yield _read_stream(file, source)
    except OSError as error:
        yield _hold_os(error, source)


def _read_standard_input(stdin: BinaryIO | None) -> Iterator[Found]:
    try:
        found = _read_stream(stdin or sys.stdin.buffer, STANDARD_INPUT)
    except OSError as error:
        found = _hold_os(error, STANDARD_INPUT)
    if isinstance(found, tuple) and found[1].startswith(_ZIP_MARKS):
        yield from _read_archive(io.BytesIO(found[1]), STANDARD_INPUT)
    else:
        yield found


def _read_stream(stream: IO[bytes], source: str, ratio_of: int | None = None) -> Found:
    """Read a stream up to the cap, and an archive member up to the ratio."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK_BYTES):
        chunks.append(chunk)
        size += len(chunk)
        error: InputError | None = None
        if size > PAYMENT_FILE_BYTES_MAX:
            error = LimitError(
                "the file is too large",
                limit=PAYMENT_FILE_BYTES_MAX,
                got=size,
                unit="bytes",
                source=source,
                advice="Split it.",
            )
        elif (
            ratio_of is not None
            and size > _RATIO_FREE_BYTES
            and size > ARCHIVE_RATIO_MAX * max(ratio_of, 1)
        ):
            error = LimitError(
                "the archive member unpacks to too much",
                limit=ARCHIVE_RATIO_MAX,
                got=size // max(ratio_of, 1),
                unit="bytes per packed byte",
                source=source,
                advice="It may be an attack. Ask its sender.",
            )
        if error is not None:
            sha256 = hashlib.sha256(b"".join(chunks)).hexdigest()
            return hold(error, source=source, sha256=sha256)
    return source, b"".join(chunks)


def _read_archive(file: IO[bytes], source: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = sorted(
                (member for member in archive.infolist() if not member.is_dir()),
                key=lambda member: member.filename,
            )
            if len(members) > ARCHIVE_MEMBERS_MAX:
                error: InputError = LimitError(
                    "the archive has too many members",
                    limit=ARCHIVE_MEMBERS_MAX,
                    got=len(members),
                    unit="members",
                    source=source,
                    advice="Split it.",
                )
                yield hold(error, source=source, sha256="")
                return
            for member in members:
                if not _is_hidden(member.filename):
                    yield _read_member(archive, member, f"{source}!{member.filename}")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as cause:
        error = MalformedError(
            f"the zip archive cannot be read ({type(cause).__name__})",
            source=source,
            advice="Pack it again.",
        )
        yield hold(error, source=source, sha256="")


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part in _HIDDEN_FOLDERS for part in name.split("/"))


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str) -> Found:
    error: InputError
    if member.flag_bits & _ENCRYPTED:
        error = UnsupportedError(
            "the archive member is encrypted", source=source, advice="Pack it without a password."
        )
        return hold(error, source=source, sha256="")
    try:
        with archive.open(member) as stream:
            found = _read_stream(stream, source, member.compress_size)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as cause:
        error = MalformedError(
            f"the archive member cannot be unpacked ({type(cause).__name__})",
            source=source,
            advice="Pack the archive again.",
        )
        return hold(error, source=source, sha256="")
    if isinstance(found, tuple) and found[1].startswith(_ZIP_MARKS):
        error = UnsupportedError(
            "an archive inside an archive is not opened",
            source=source,
            advice="Unpack the outer one.",
        )
        return hold(error, source=source, sha256=hashlib.sha256(found[1]).hexdigest())
    return found
