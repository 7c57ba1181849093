"""ISO 20022 envelopes: every `Document` of a file, with the `AppHdr` that belongs to it.

Both are found by local name wherever they stand: bare, beside each other without a root, in
`Envelope`, `RequestPayload`, `BusMsgEnvlp`, `DataPDU`, SOAP, head.002 files or a bank's own
wrapper, and, one level deep, as text (CDATA or escaped) inside an element.

Source: head.001 and head.002 message definitions; SWIFT CBPR+ and SAA envelope samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from amur.errors import IncompleteError, InputError, MalformedError
from amur.intake.xml import Element, read_tree

_TYPE = re.compile(r"[a-z]{4}\.\d{3}\.\d{3}\.\d{2}", re.ASCII)
_TYPE_AT_END = re.compile(rf"(?:^|[:$/])({_TYPE.pattern})$", re.ASCII)
_DECLARATION = re.compile(rb"<\?xml[ \t\r\n][^>]*\?>")
_INNER_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_WRAPPER: Final = b"messages"

_SEVERAL_ROOTS = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT],
        expat.errors.codes[expat.errors.XML_ERROR_MISPLACED_XML_PI],
    }
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it stands in a file.

    Attributes:
        message_type: e.g. `pacs.008.001.08`.
        document: the `Document` element.
        header: the `AppHdr` that stands before it, if any.
        line_offset: what to add to element lines to get lines of the file (text inside text).
    """

    message_type: str
    document: Element
    header: Element | None = None
    line_offset: int = 0


def read_envelopes(data: bytes, *, source: str) -> Iterator[Envelope | InputError]:
    """Yield the messages of an XML file in document order; an error stands for what is none.

    *Cost*: one pass; the tree of the whole file in memory.

    Raises:
        MalformedError: not well-formed, or with a document type.
        LimitError: a cap of `amur.limits`.
    """
    root = _read_roots(data, source=source)
    finder = _Finder(source)
    found = 0
    for item in finder.find(root, offset=0, inner=False):
        found += 1
        yield item
    if finder.header is not None:
        found += 1
        yield finder.orphan(finder.header)
    if not found:
        yield MalformedError(
            "well-formed XML, but no ISO 20022 Document in it",
            source=source,
            line=root.line,
            field=root.tag,
            advice="Send ISO 20022 messages or SWIFT FIN messages.",
        )


def _read_roots(data: bytes, *, source: str) -> Element:
    """Return the root; where several roots stand side by side, one wrapped around them."""
    try:
        return read_tree(data, source=source)
    except MalformedError as error:
        cause = error.__cause__
        if not (isinstance(cause, expat.ExpatError) and cause.code in _SEVERAL_ROOTS):
            raise
        root = read_tree(_wrap(data, source=source), source=source)
        if root.text.strip():
            raise MalformedError(
                "text outside of any element",
                source=source,
                line=error.line,
                advice="Fetch the file again, or ask its sender for a well-formed one.",
            ) from error
        return root


def _wrap(data: bytes, *, source: str) -> bytes:
    """Return the file with one root around all, lines unchanged, inner declarations blanked."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError as error:
            raise MalformedError(
                "the file is not UTF-16, as its first bytes say",
                source=source,
                line=1,
                advice="Send it as UTF-8.",
            ) from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    first = _DECLARATION.search(data)
    encoding = _ENCODING.search(first.group()) if first else None
    head = b""
    if encoding is not None and not encoding.group(1).upper().startswith(b"UTF-16"):
        head = b'<?xml version="1.0" encoding="%s"?>' % encoding.group(1)
    body = _DECLARATION.sub(lambda match: b"\n" * match.group().count(b"\n"), data)
    return b"%s<%s>%s</%s>" % (head, _WRAPPER, body, _WRAPPER)


class _Finder:
    """Walks a tree in document order and remembers the header that waits for its document."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.header: Element | None = None

    def find(
        self, element: Element, *, offset: int, inner: bool
    ) -> Iterator[Envelope | InputError]:
        if element.tag == "AppHdr":
            if self.header is not None:
                yield self.orphan(self.header)
            self.header = element
            return
        if element.tag == "Document":
            yield from self._take(element, offset=offset, inner=inner)
            return
        for child in element.children:
            yield from self.find(child, offset=offset, inner=inner)
        if not inner and not element.children:
            yield from self._find_in_text(element)

    def _take(
        self, document: Element, *, offset: int, inner: bool
    ) -> Iterator[Envelope | InputError]:
        typed = _TYPE_AT_END.search(document.namespace)
        message_type = typed.group(1) if typed else ""
        if not message_type and any(
            child.tag in ("AppHdr", "Document") for child in document.children
        ):
            for child in document.children:
                yield from self.find(child, offset=offset, inner=inner)
            return
        header, self.header = self.header, None
        if not message_type and header is not None:
            stated = header.value("MsgDefIdr")
            message_type = stated if _TYPE.fullmatch(stated) else ""
        if message_type:
            yield Envelope(message_type, document, header, offset)
        else:
            yield MalformedError(
                "the Document's namespace names no ISO 20022 message type",
                source=self.source,
                line=document.line + offset,
                field="Document",
                advice="Send it with the namespace of its message definition.",
            )

    def _find_in_text(self, element: Element) -> Iterator[Envelope | InputError]:
        """Yield the messages that stand as text inside an element (one level only)."""
        text = element.text.lstrip()
        if not text.startswith("<") or "Document" not in text:
            return
        offset = element.line - 1 + element.text[: len(element.text) - len(text)].count("\n")
        bare = _INNER_DECLARATION.sub(lambda match: "\n" * match.group().count("\n"), text)
        try:
            root = _read_roots(bare.encode("utf-8"), source=self.source)
        except InputError as error:
            error.line = None if error.line is None else error.line + offset
            yield error
            return
        yield from self.find(root, offset=offset, inner=True)

    def orphan(self, header: Element) -> InputError:
        return IncompleteError(
            "a header without a Document after it",
            source=self.source,
            line=header.line,
            field="AppHdr",
            advice="Ask the sender for the complete message.",
        )
