"""What a blob of bytes is: XML, SWIFT FIN text, or nothing that Amur knows."""

from __future__ import annotations

import re
from enum import StrEnum

_HEAD_BYTES = 4096
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FIN_BLOCK = re.compile(rb"\{[1-5]:")
_FIN_HEADER = re.compile(rb"\{1:[A-Z]\d\d")
_FIN_FIELD = re.compile(rb":\d\d[A-Z]?:")


class Format(StrEnum):
    """Syntax of a payment file."""

    XML = "xml"
    FIN = "fin"
    UNKNOWN = "unknown"


def detect(data: bytes) -> Format:
    """Return the syntax of a file, from its first bytes; file names do not count.

    XML begins with `<` (any byte order mark, white space before it). FIN begins with a block
    (`{1:`), or, where a system stripped its blocks, with a field (`:20:`); separators of batch
    files (`$`, control characters) or other bytes may stand before the first header.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return Format.XML
    head = data[:_HEAD_BYTES]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    head = head.lstrip(b" \t\r\n\x00\x01\x03$")
    if head.startswith(b"<"):
        return Format.XML
    if _FIN_BLOCK.match(head) or _FIN_FIELD.match(head) or _FIN_HEADER.search(data):
        return Format.FIN
    return Format.UNKNOWN
