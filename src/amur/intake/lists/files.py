"""List files as bytes: plain or gzip, capped and hashed while they are read."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from amur import limits
from amur.errors import IncompleteError, InputError, LimitError, MalformedError

_GZIP_MAGIC = b"\x1f\x8b"
_LINE_READ_BYTES = 1 << 16


class ListStream:
    """One list file, opened for reading once: decompressed, counted and hashed on the way.

    Use it as a context manager. Whether a file is gzip follows from its first bytes, not its name.

    *Units*: bytes after decompression. *Cost*: memory of one read or one line.

    Attributes:
        source: the path as errors name it.
        size_bytes: bytes read so far.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            InputError: it cannot be opened.
        """
        self.source = str(path)
        self.size_bytes = 0
        self._hash = hashlib.sha256()
        try:
            self._raw: BinaryIO = path.open("rb")
            packed = self._raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
            self._raw.seek(0)
        except OSError as error:
            raise InputError(
                f"cannot be opened ({error.strerror})",
                source=self.source,
                advice="Check the path and the right to read it.",
            ) from error
        self._stream = cast(BinaryIO, gzip.GzipFile(fileobj=self._raw)) if packed else self._raw

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        self._raw.close()

    def read(self, size: int = _LINE_READ_BYTES) -> bytes:
        """Return up to `size` bytes; empty at the end.

        Raises:
            MalformedError: damaged or cut short (gzip).
            LimitError: more than `LIST_FILE_BYTES_MAX`.
            InputError: the disk or share failed.
        """
        try:
            chunk = self._stream.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise MalformedError(
                "the gzip file is damaged or cut short",
                source=self.source,
                advice="Fetch it again.",
            ) from error
        except OSError as error:
            raise InputError(
                f"cannot be read ({error.strerror or type(error).__name__})",
                source=self.source,
                advice="Check the disk or share.",
            ) from error
        self.size_bytes += len(chunk)
        if self.size_bytes > limits.LIST_FILE_BYTES_MAX:
            raise LimitError(
                "the file is too large",
                limit=limits.LIST_FILE_BYTES_MAX,
                got=self.size_bytes,
                unit="bytes",
                source=self.source,
                advice="No publisher sends such a list; fetch it again from the publisher.",
            )
        self._hash.update(chunk)
        return chunk

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield (1-based number, line without its line feed) for each line.

        Raises:
            LimitError: a line longer than `LIST_LINE_BYTES_MAX`; and all that `read` raises.
        """
        rest = b""
        number = 0
        while chunk := self.read():
            parts = (rest + chunk).split(b"\n")
            rest = parts.pop()
            for line in parts:
                number += 1
                self._check_line(number, line)
                yield number, line
            self._check_line(number + 1, rest)
        if rest:
            yield number + 1, rest

    def _check_line(self, number: int, line: bytes) -> None:
        if len(line) > limits.LIST_LINE_BYTES_MAX:
            raise LimitError(
                "the line is too long",
                limit=limits.LIST_LINE_BYTES_MAX,
                got=len(line),
                unit="bytes",
                source=self.source,
                line=number,
                advice="It is no list of this format; fetch the file again.",
            )

    def sha256(self) -> str:
        """Return the hash of the bytes read, lower-case hex."""
        return self._hash.hexdigest()


def find_file(folder: Path, names: tuple[str, ...]) -> Path | None:
    """Return the one file in `folder` with one of these names, or None.

    Case does not count, and `.gz` may follow the name.

    Raises:
        InputError: the folder cannot be read, or several files answer to the names.
    """
    wanted = {name.casefold() for name in names}
    found = [
        path for path in list_folder(folder) if path.name.casefold().removesuffix(".gz") in wanted
    ]
    if len(found) > 1:
        several = ", ".join(path.name for path in found)
        raise InputError(
            f"several files for {names[0]}: {several}",
            source=str(folder),
            advice="Keep the one that belongs to this publication.",
        )
    return found[0] if found else None


def list_folder(folder: Path) -> list[Path]:
    """Return the files of a folder by name, hidden ones left out.

    Raises:
        InputError: it is no folder, or it cannot be read.
        IncompleteError: there is nothing at this path.
    """
    try:
        return sorted(
            path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
        )
    except FileNotFoundError as error:
        raise IncompleteError(
            "there is no such file or folder",
            source=str(folder),
            advice="Check the path.",
        ) from error
    except OSError as error:
        raise InputError(
            f"the folder cannot be read ({error.strerror})",
            source=str(folder),
            advice="Check the path and the right to read it.",
        ) from error
