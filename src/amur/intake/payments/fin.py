"""SWIFT FIN text: blocks 1 to 5, fields with their options, several messages in one file.

Source: SWIFT FIN message structure (basic header, application header, user header, text,
trailers); character sets X and Z.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from amur.errors import InputError, MalformedError
from amur.intake.payments.facts import BIC

_BLOCK = re.compile(r"\{([1-5S]):")
_ANY_BLOCK = re.compile(r"\{[1-4]:")
_NESTED = re.compile(r"\{(\w{3}):([^{}]*)\}", re.ASCII)
_TEXT_END = re.compile(r"[\r\n]-\}|-\}(?=\s*(?:\{[1-5S]:|[$\x00\x01\x03]|\Z))")
"""Where block 4 ends: `-}` on its own line, or at the end of a line when a block or nothing
follows. A closing brace alone may stand inside a field against the character set."""

_FIELD = re.compile(r"^:(\d{2})([A-Z]?):", re.ASCII | re.MULTILINE)
_SEPARATORS: Final = " \t\r\n\x00\x01\x03${}"
"""What stands between the messages of a batch file: blanks, `$` (RJE), SOH and ETX (DOS/PCC)."""

_INPUT = re.compile(r"I(\d{3})([A-Z0-9]{12})[A-Z]?\d{0,4}", re.ASCII)
_OUTPUT = re.compile(r"O(\d{3})\d{4}\d{6}([A-Z0-9]{12})[0-9A-Z]{10}\d{10}[A-Z]?", re.ASCII)
_BASIC = re.compile(r"[FAL](\d{2})([A-Z0-9]{12})(?:\d{10})?", re.ASCII)
_SERVICE_FIN: Final = "01"
_HEADER_CHARS_MAX: Final = 100
"""Characters of a header block: the longest, of output, has 48."""

_ADVICE: Final = "Ask the sender for the complete message."


@dataclass(frozen=True, slots=True)
class FinField:
    """One field of block 4.

    Attributes:
        number: e.g. `50`.
        option: option letter, empty if none.
        lines: content, line by line, trailing blanks off.
        line: 1-based line of the file.
    """

    number: str
    option: str
    lines: tuple[str, ...]
    line: int

    @property
    def tag(self) -> str:
        """Number and option, e.g. `50K`."""
        return self.number + self.option


@dataclass(frozen=True, slots=True)
class FinMessage:
    """One message.

    Attributes:
        message_type: e.g. `MT103`, `MT202COV`; empty where no header says it.
        sender: BIC of the sender, empty without headers.
        receiver: BIC of the receiver.
        received: the application header is that of output: the sender stands in block 2.
        user: fields of block 3, e.g. `121`.
        fields: fields of block 4 in order.
        text: the message's own characters.
        line: 1-based line of its first character.
    """

    message_type: str
    sender: str
    receiver: str
    received: bool
    user: dict[str, str]
    fields: tuple[FinField, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FinDefect:
    """A stretch of a file that is no message that can be read, with its own characters."""

    error: InputError
    text: str
    message_type: str = ""


@dataclass(slots=True)
class _Blocks:
    """The blocks of one message as found."""

    single: dict[str, str]
    user: dict[str, str]
    text: str | None = None
    text_line: int = 0


@dataclass(slots=True)
class _Stream:
    """A file while it is split.

    Attributes:
        text: all of it.
        source: its name.
        endless: no block 4 that begins after this offset ends. Kept so that a file of many
            unfinished messages costs one search, not one per message.
    """

    text: str
    source: str
    endless: int


def split_messages(text: str, *, source: str) -> Iterator[FinMessage | FinDefect]:
    """Yield every message of a file, and a defect for each stretch that is none.

    *Cost*: linear in the characters.
    """
    stream = _Stream(text, source, len(text))
    position, line, counted = 0, 1, 0
    while position < len(text):
        found = _ANY_BLOCK.search(text, position)
        start = found.start() if found else len(text)
        gap = text[position:start]
        if gap.strip(_SEPARATORS):
            skipped = len(gap) - len(gap.lstrip(_SEPARATORS))
            line += _count_lines(text, counted, position + skipped)
            counted = position + skipped
            yield _read_gap(gap[skipped:], line, source=source)
        line += _count_lines(text, counted, start)
        counted = start
        if found is None:
            return
        blocks = _Blocks({}, {})
        try:
            position = _read_blocks(stream, start, line, blocks)
            yield _make_message(blocks, text[start:position], line, source=source)
        except InputError as error:
            following = text.find("{1:", max(position, start + 3))
            position = max(position, len(text) if following < 0 else following)
            yield FinDefect(error, text[start:position], _find_type(blocks))


def _count_lines(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end)


def _read_gap(gap: str, line: int, *, source: str) -> FinMessage | FinDefect:
    """Read what stands outside of any block: bare fields, else a defect."""
    if _FIELD.match(gap):
        body = gap.rstrip(_SEPARATORS)
        try:
            fields = _read_fields(body.removesuffix("-"), line, source=source)
        except InputError as error:
            return FinDefect(error, gap)
        return FinMessage("", "", "", False, {}, fields, gap, line)
    return FinDefect(
        MalformedError("text outside of any message", source=source, line=line, advice=_ADVICE), gap
    )


def _read_blocks(stream: _Stream, start: int, line: int, blocks: _Blocks) -> int:
    """Read the blocks of the message at `start` and return where it ends."""
    text, source = stream.text, stream.source
    position = start
    while True:
        blank = position
        while blank < len(text) and text[blank] in " \t\r\n":
            blank += 1
        found = _BLOCK.match(text, blank)
        if found is None:
            return position
        name = found.group(1)
        if name == "1" and position != start:
            return position
        if name in blocks.single or (name == "4" and blocks.text is not None):
            raise MalformedError(
                f"block {name} stands twice",
                source=source,
                field=f"block {name}",
                line=line + _count_lines(text, start, blank),
                advice=_ADVICE,
            )
        position = found.end()
        here = line + _count_lines(text, start, blank)
        if name == "4":
            position = _read_text(stream, position, here, blocks)
        elif name in "12":
            end = text.find("}", position, position + _HEADER_CHARS_MAX)
            if end < 0 or "{" in text[position:end]:
                raise MalformedError(
                    "the block does not end",
                    source=source,
                    line=here,
                    field=f"block {name}",
                    advice=_ADVICE,
                )
            blocks.single[name] = text[position:end]
            position = end + 1
        else:
            position = _read_nested(text, position, blocks.user if name == "3" else {})
            blocks.single[name] = ""


def _read_text(stream: _Stream, position: int, line: int, blocks: _Blocks) -> int:
    text = stream.text
    blocks.text_line = line
    if text.startswith("{", position):  # service messages: block 4 holds nested fields
        blocks.text = ""
        return _read_nested(text, position, {})
    end = _TEXT_END.search(text, position - 1) if position <= stream.endless else None
    if end is None:
        stream.endless = min(stream.endless, position - 1)
        raise MalformedError(
            "block 4 does not end", source=stream.source, line=line, field="block 4", advice=_ADVICE
        )
    blocks.text = text[position : end.start()] if end.start() >= position else ""
    return end.end()


def _read_nested(text: str, position: int, fields: dict[str, str]) -> int:
    """Read `{108:..}{121:..}}`; a closing brace cut off at the end names nobody and may lack."""
    while (found := _NESTED.match(text, position)) is not None:
        fields.setdefault(found.group(1), found.group(2))
        position = found.end()
    return position + 1 if text.startswith("}", position) else position


def _find_type(blocks: _Blocks) -> str:
    kind = blocks.single.get("2", "")[1:4]
    if not (len(kind) == 3 and kind.isascii() and kind.isdigit()):
        return ""
    return f"MT{kind}{_find_suffix(f'MT{kind}', blocks)}"


def _find_suffix(message_type: str, blocks: _Blocks) -> str:
    """Return `COV` for a cover payment, which says so in field 119 alone."""
    covers = message_type in ("MT202", "MT205") and blocks.user.get("119") == "COV"
    return "COV" if covers else ""


def _make_message(blocks: _Blocks, text: str, line: int, *, source: str) -> FinMessage:
    message_type, sender, receiver = _read_headers(blocks, line, source=source)
    if blocks.text is None:
        raise MalformedError(
            "the message has no text block",
            source=source,
            line=line,
            field="block 4",
            advice=_ADVICE,
        )
    message_type += _find_suffix(message_type, blocks)
    fields = _read_fields(blocks.text, blocks.text_line, source=source)
    received = blocks.single.get("2", "").startswith("O")
    return FinMessage(message_type, sender, receiver, received, blocks.user, fields, text, line)


def _read_headers(blocks: _Blocks, line: int, *, source: str) -> tuple[str, str, str]:
    """Return message type, sender and receiver; empty where both headers are cut off."""
    basic, application = blocks.single.get("1"), blocks.single.get("2")
    own = ""
    if basic is not None:
        found = _BASIC.fullmatch(basic)
        if found is None:
            raise _bad_header("block 1", line, source)
        if found.group(1) != _SERVICE_FIN and application is None:
            return f"service {found.group(1)}", "", ""
        own = _read_terminal(found.group(2), "block 1", line, source)
    if application is None:
        return "", own, ""
    found = _INPUT.fullmatch(application)
    if found is not None:
        other = _read_terminal(found.group(2), "block 2", line, source)
        return f"MT{found.group(1)}", own, other
    found = _OUTPUT.fullmatch(application)
    if found is None:
        raise _bad_header("block 2", line, source)
    other = _read_terminal(found.group(2), "block 2", line, source)
    return f"MT{found.group(1)}", other, own


def _bad_header(block: str, line: int, source: str) -> MalformedError:
    return MalformedError("not a FIN header", source=source, line=line, field=block, advice=_ADVICE)


def _read_terminal(terminal: str, block: str, line: int, source: str) -> str:
    """Return the BIC of a logical terminal: without character 9, and without branch `XXX`."""
    bic = (terminal[:8] + terminal[9:]).removesuffix("XXX")
    if BIC.fullmatch(bic) is None:
        raise _bad_header(block, line, source)
    return bic


def _read_fields(body: str, line: int, *, source: str) -> tuple[FinField, ...]:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    starts = list(_FIELD.finditer(body))
    head = body[: starts[0].start()] if starts else body
    if head.strip():
        raise MalformedError(
            "the text does not begin with a field",
            source=source,
            line=line,
            field="block 4",
            advice=_ADVICE,
        )
    if not starts:
        return ()
    fields = []
    counted = 0
    for found, end in zip(starts, [*(s.start() for s in starts[1:]), len(body)], strict=True):
        line += body.count("\n", counted, found.start())
        counted = found.start()
        lines = [part.rstrip() for part in body[found.end() : end].split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        fields.append(FinField(found.group(1), found.group(2), tuple(lines), line))
    return tuple(fields)
