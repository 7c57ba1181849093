"""Safe XML: a streaming reader that refuses what no payment or list ever needs.

No document type, so no entities of its own, no external entities and no entity bombs; capped
depth, element count, text length and markup length. Encodings: UTF-8, UTF-16, US-ASCII, the
ISO-8859 and Windows-125x families and KOI8; Python knows more by name, some of which are no text.
Errors name the source, the line and the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from amur import limits
from amur.errors import LimitError, MalformedError

_CHUNK_BYTES = 1 << 16
_SEPARATOR = "\n"
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(?:-?[bl]e)?|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1"
    r"|(?:windows-|cp)125\d|koi8-[ru]",
    re.I,
)


@dataclass(slots=True)
class Element:
    """One element of a document: names are local, the namespace stands apart.

    Attributes:
        tag: local name.
        namespace: namespace URI, empty if none.
        line: 1-based line of the start tag.
        attributes: by local name.
        text: character data directly inside, in order, unstripped; white space between child
            elements is left out, so that the indentation of a long list costs nothing.
        children: child elements in document order.
    """

    tag: str
    namespace: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def child(self, tag: str) -> Element | None:
        """Return the first child with this local name, or None."""
        for element in self.children:
            if element.tag == tag:
                return element
        return None

    def find(self, path: str) -> Element | None:
        """Return the first element at a `/`-separated path of local names, or None."""
        element: Element | None = self
        for tag in path.split("/"):
            if element is None:
                return None
            element = element.child(tag)
        return element

    def value(self, path: str) -> str:
        """Return the stripped text at a path, or an empty string."""
        element = self.find(path)
        return element.text.strip() if element is not None else ""

    def all(self, tag: str) -> list[Element]:
        """Return the children with this local name."""
        return [element for element in self.children if element.tag == tag]


class _Builder:
    """Expat callbacks that build elements and keep the caps."""

    def __init__(self, source: str, record_tags: frozenset[str]) -> None:
        self.source = source
        self.record_tags = record_tags
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration
        self.stack: list[Element] = []
        self.texts: list[list[str]] = []
        self.chars: list[int] = []
        self.parent: list[bool] = []  # whether the open element had a child (records are detached)
        self.root: Element | None = None
        self.done: list[Element] = []
        # Counted since the last record ended: bounds a record, and what stands between records.
        self.elements = 0
        self.elements_max = (
            limits.XML_RECORD_ELEMENTS_MAX if record_tags else limits.XML_ELEMENTS_MAX
        )
        self.fed_bytes = 0

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and _ENCODINGS.fullmatch(encoding) is None:
            raise MalformedError(
                "the declared encoding is none that is read",
                source=self.source,
                line=self.parser.CurrentLineNumber,
                field="encoding",
                advice="Send it as UTF-8.",
            )

    def doctype(self, *_: object) -> None:
        raise MalformedError(
            "a document type declaration (DOCTYPE) is not allowed",
            source=self.source,
            line=self.parser.CurrentLineNumber,
            advice="Lists and payments carry none; it may be an attack. Remove it at its origin.",
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(_SEPARATOR)
        line = self.parser.CurrentLineNumber
        self.elements += 1
        if len(self.stack) >= limits.XML_DEPTH_MAX:
            raise LimitError(
                "elements nested too deep",
                limit=limits.XML_DEPTH_MAX,
                got=len(self.stack) + 1,
                unit="levels",
                source=self.source,
                line=line,
                field=tag,
            )
        if self.elements > self.elements_max:
            raise LimitError(
                "too many elements",
                limit=self.elements_max,
                got=self.elements,
                unit="elements",
                source=self.source,
                line=line,
                field=tag,
                advice="Split the file.",
            )
        element = Element(
            tag,
            namespace,
            line,
            {key.rpartition(_SEPARATOR)[2]: v for key, v in attributes.items()},
        )
        if self.stack:
            self.stack[-1].children.append(element)
            self.parent[-1] = True
            if all(text.isspace() for text in self.texts[-1]):
                self.texts[-1].clear()
                self.chars[-1] = 0
        else:
            self.root = element
        self.stack.append(element)
        self.texts.append([])
        self.chars.append(0)
        self.parent.append(False)

    def characters(self, text: str) -> None:
        if self.parent[-1] and not self.texts[-1] and text.isspace():
            return
        self.chars[-1] += len(text)
        if self.chars[-1] > limits.XML_TEXT_BYTES_MAX:
            raise LimitError(
                "text of one element too long",
                limit=limits.XML_TEXT_BYTES_MAX,
                got=self.chars[-1],
                unit="characters",
                source=self.source,
                line=self.parser.CurrentLineNumber,
                field=self.stack[-1].tag,
            )
        self.texts[-1].append(text)

    def end(self, _name: str) -> None:
        element = self.stack.pop()
        self.chars.pop()
        self.parent.pop()
        element.text = "".join(self.texts.pop())
        if element.tag in self.record_tags:
            self.done.append(element)
            self.elements = 0
            if self.stack:
                self.stack[-1].children.pop()

    def feed(self, chunk: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as error:
            raise MalformedError(
                self.describe(error, chunk),
                source=self.source,
                line=error.lineno,
                field=self.stack[-1].tag if self.stack else "",
                advice="Fetch the file again, or ask its sender for a well-formed one.",
            ) from error
        except (LookupError, ValueError) as error:
            raise MalformedError(
                f"the declared encoding cannot be read ({error})",
                source=self.source,
                line=self.parser.CurrentLineNumber,
                advice="Send it as UTF-8.",
            ) from error
        self.fed_bytes += len(chunk)
        # Expat keeps a tag, comment or instruction until it ends: an endless one would cost
        # memory without bound, and time that grows with its square.
        pending = self.fed_bytes - self.parser.CurrentByteIndex
        if not final and pending > limits.XML_MARKUP_BYTES_MAX:
            raise LimitError(
                "one tag, comment or processing instruction too long",
                limit=limits.XML_MARKUP_BYTES_MAX,
                got=pending,
                unit="bytes",
                source=self.source,
                line=self.parser.CurrentLineNumber,
                field=self.stack[-1].tag if self.stack else "",
            )

    def describe(self, error: expat.ExpatError, chunk: bytes) -> str:
        text = f"not well-formed XML: {expat.ErrorString(error.code)}, column {error.offset + 1}"
        offset = self.parser.ErrorByteIndex - self.fed_bytes
        if 0 <= offset < len(chunk) and not 0x20 <= chunk[offset] < 0x7F:
            text += f", byte 0x{chunk[offset]:02X}"
        return text


class ByteStream(Protocol):
    """What records are read from: an open binary file, or anything that reads like one."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; empty at the end."""
        ...


class Records:
    """Streams the records of a large document: iterate over it.

    Yields each element whose local name is in `tags`, detached from its parents, as it ends.

    *Cost*: memory of one record; time linear in the bytes.

    Attributes:
        root: the root element (its attributes are complete at the first record, its children
            are not kept), None before anything was read.
    """

    def __init__(self, stream: ByteStream, *, source: str, tags: frozenset[str]) -> None:
        self._stream = stream
        self._builder = _Builder(source, tags)

    @property
    def root(self) -> Element | None:
        """The root element."""
        return self._builder.root

    def __iter__(self) -> Iterator[Element]:
        """Yield the records.

        Raises:
            MalformedError: not well-formed, or with a document type.
            LimitError: a cap of `amur.limits`.
        """
        builder = self._builder
        while chunk := self._stream.read(_CHUNK_BYTES):
            builder.feed(chunk, final=False)
            yield from builder.done
            builder.done.clear()
        builder.feed(b"", final=True)
        yield from builder.done


def read_tree(data: bytes, *, source: str) -> Element:
    """Return the root element of a document held in memory.

    Raises:
        MalformedError: not well-formed, or with a document type.
        LimitError: a cap of `amur.limits`.
    """
    builder = _Builder(source, frozenset())
    for start in range(0, len(data), _CHUNK_BYTES):
        builder.feed(data[start : start + _CHUNK_BYTES], final=False)
    builder.feed(b"", final=True)
    assert builder.root is not None
    return builder.root
