"""A file of records, one canonical JSON text a line, of which any one is read without the others.

Two files belong together: `<name>.jsonl` holds the lines, `<name>.offsets` where each begins: one
unsigned 64-bit little-endian number per record, and one more for the end.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable
from pathlib import Path

from amur.errors import ChecksumError
from amur.evidence import storage

_OFFSET = struct.Struct("<Q")
_PAIR = struct.Struct("<QQ")


def write_records(folder: Path, name: str, lines: Iterable[bytes]) -> tuple[str, str]:
    """Write the two files of `name` and return their file names."""
    lines_name, offsets_name = f"{name}.jsonl", f"{name}.offsets"
    offsets = bytearray(_OFFSET.pack(0))
    body = bytearray()
    for line in lines:
        body += line
        body += b"\n"
        offsets += _OFFSET.pack(len(body))
    storage.write_file(folder / lines_name, bytes(body))
    storage.write_file(folder / offsets_name, bytes(offsets))
    return lines_name, offsets_name


class Records:
    """The two files of `name` in a folder, memory-mapped and read-only. Safe for threads."""

    __slots__ = ("_body", "_offsets", "_path", "count")

    def __init__(self, folder: Path, name: str) -> None:
        """Map the files.

        Cost: no record is read.

        Raises:
            ChecksumError: the offsets do not end where the lines do.
        """
        self._path = folder / f"{name}.jsonl"
        self._body = _map(self._path)
        self._offsets = _map(folder / f"{name}.offsets")
        size = len(self._offsets)
        if size < _OFFSET.size or size % _OFFSET.size:
            raise self._damaged()
        self.count = size // _OFFSET.size - 1
        if _OFFSET.unpack_from(self._offsets, size - _OFFSET.size)[0] != len(self._body):
            raise self._damaged()

    def __len__(self) -> int:
        return self.count

    def line(self, ordinal: int) -> bytes:
        """Return the bytes of one record, without the line feed.

        Raises:
            IndexError: no such ordinal.
            ChecksumError: the offsets make no sense.
        """
        if not 0 <= ordinal < self.count:
            raise IndexError(f"record {ordinal} of {self.count}")
        start, end = _PAIR.unpack_from(self._offsets, ordinal * _OFFSET.size)
        if not start < end <= len(self._body):
            raise self._damaged()
        return self._body[start : end - 1]

    def _damaged(self) -> ChecksumError:
        return ChecksumError(
            f"{self._path}: the lines and their offsets do not fit together",
            advice="Rebuild the snapshot.",
        )


def _map(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        # An empty file cannot be mapped.
        if path.stat().st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
