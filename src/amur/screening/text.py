"""A payment's free texts as questions to the scanner.

Free texts are remittance and other texts, and the address lines below a party's name: a name may
run on into the first address line, or be broken where a line was full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from amur.limits import TEXT_CHARS_MAX
from amur.model import Address, Agent, Party, Payment, TextKind
from amur.screening.parties import Field, name_role

_FULL_LINES: Final = frozenset({33, 35, 65, 70, 140})
"""Line lengths at which senders break words. 35x is the SWIFT MT line, 33 its continuation after
`//`, 65 a line of field 77T; 70 and 140 are Max70Text (AdrLine) and Max140Text (Ustrd) of
ISO 20022."""

_CONTINUATION: Final = "//"
"""What begins a line of fields 72 and 77B that goes on with the one above."""

_KIND_WORDS: Final = {
    TextKind.REMITTANCE: "remittance text",
    TextKind.PURPOSE: "purpose text",
    TextKind.INSTRUCTION: "instruction",
    TextKind.REGULATORY: "regulatory text",
    TextKind.REFERENCE: "reference",
    TextKind.OTHER: "text",
}


@dataclass(frozen=True, slots=True)
class TextQuery:
    """One text to scan.

    Attributes:
        field: the field it stands in; `role` says what the text is.
        text: what is scanned.
        after: mentions that end at or before this offset are the name's own affair: the matcher
            decides on names.
        name_path: path of the name that the text begins with; empty where it begins with none.
        cut: the text was longer than the limit, and its rest is not scanned.
    """

    field: Field
    text: str
    after: int = 0
    name_path: str = ""
    cut: bool = False

    def path_at(self, start: int) -> str:
        """Return the path of the field in which a mention that starts at `start` begins."""
        return self.name_path if start < self.after and self.name_path else self.field.path


def build_text_queries(payment: Payment, kinds: frozenset[TextKind]) -> Iterator[TextQuery]:
    """Yield the texts of a payment: address lines of parties and agents, then its free texts."""
    holders: tuple[Party | Agent, ...] = (*payment.parties, *payment.agents)
    for position, holder in enumerate(holders):
        if holder.address is not None and holder.address.lines:
            yield from _build_address_queries(position, holder, holder.address)
    for position, text in enumerate(payment.texts, start=len(holders)):
        if text.kind in kinds:
            words = "\n".join(text.lines)
            field = Field(position, _KIND_WORDS[text.kind], text.path, words)
            yield from _build_variants(field, text.lines)


def _build_address_queries(
    position: int, holder: Party | Agent, address: Address
) -> Iterator[TextQuery]:
    role = f"{name_role(holder.role).lower()} address"
    path = find_address_path(holder.path)
    field = Field(position, role, path, "\n".join(address.lines))
    if holder.name:
        yield from _build_variants(
            field, (holder.name, *address.lines), len(holder.name), holder.path
        )
    else:
        yield from _build_variants(field, address.lines)


def _build_variants(
    field: Field, lines: Sequence[str], after: int = 0, name_path: str = ""
) -> Iterator[TextQuery]:
    text = "\n".join(lines)
    if not text.strip():
        return
    for variant in dict.fromkeys((text, glue_full_lines(lines))):
        yield TextQuery(
            field, variant[:TEXT_CHARS_MAX], after, name_path, len(variant) > TEXT_CHARS_MAX
        )


def glue_full_lines(lines: Sequence[str]) -> str:
    """Return the lines joined, without a break where a full line ends inside a word."""
    if not lines:
        return ""
    pieces = [lines[0]]
    for above, below in pairwise(lines):
        rest = below.removeprefix(_CONTINUATION)
        broken = len(above) in _FULL_LINES and not above[-1].isspace() and not rest[:1].isspace()
        pieces.append(rest if broken else f"\n{rest}")
    return "".join(pieces)


def find_address_path(path: str) -> str:
    """Return the path of the address beside a name, e.g. `Dbtr/Nm` -> `Dbtr/PstlAdr`."""
    if path.endswith("/Nm"):
        return f"{path[:-2]}PstlAdr"
    return f"{path}/PstlAdr" if "/" in path else path
