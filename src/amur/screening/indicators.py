"""Words and codes in a payment that show that a missing check matters (table `indicators`).

Kinds of row: `word`, a word or phrase, any case, not inside another word; `pattern`, a regular
expression, any case; `purpose_code`, an ISO 20022 purpose or category purpose code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amur.errors import SnapshotError
from amur.model import Payment, Source
from amur.screening.frame import cite_row

_COLUMNS: Final = ("check", "kind", "value", "note")

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sign:
    """An indicator found in a payment.

    Attributes:
        check: the check that matters.
        path: where it stands.
        value: the touched words.
        note: why it matters, from the table.
        source: the row of the table.
    """

    check: str
    path: str
    value: str
    note: str
    source: Source


class IndicatorTable:
    """The table, prepared once.

    Cost: a text is split into words and each is looked up, then read once for the patterns. A word
    row costs nothing until its first word occurs; a hundred rows in one regular expression took
    180 microseconds a text.

    Raises:
        SnapshotError: a column is missing, a row is of an unknown kind, or its pattern is no
            regular expression.
    """

    __slots__ = ("_codes", "_literals", "_patterns", "_rows", "_sources", "_words")

    def __init__(self, rows: Sequence[Mapping[str, str]], origin: Source) -> None:
        self._rows = rows
        self._sources = [cite_row(origin, number, "value") for number in range(1, len(rows) + 1)]
        self._codes: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        self._literals: list[tuple[int, str]] = []
        self._patterns: list[tuple[int, re.Pattern[str]]] = []
        for number, row in enumerate(rows):
            try:
                self._add(number, row)
            except (KeyError, ValueError, re.error) as error:
                raise SnapshotError(
                    f"{origin.file} row {number + 1}: {error} is missing or not usable",
                    advice="Correct the table and rebuild the snapshot.",
                ) from error

    def _add(self, number: int, row: Mapping[str, str]) -> None:
        check, kind, value, _ = (row[column] for column in _COLUMNS)
        if not check or not value:
            raise ValueError("an empty check or value")
        if kind == "purpose_code":
            self._codes.setdefault(value, []).append(number)
        elif kind == "word":
            words = r"\s+".join(map(re.escape, value.split()))
            whole = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
            first = _WORD.findall(value.casefold())
            if not first:
                raise ValueError(f"the value {value!r} without a word")
            self._words.setdefault(first[0], []).append((number, whole))
        elif kind == "pattern":
            pattern = re.compile(value, re.IGNORECASE)
            if re.escape(value) == value:
                self._literals.append((number, value.casefold()))
            else:
                self._patterns.append((number, pattern))
        else:
            raise ValueError(f"the kind {kind!r}")

    def find(self, payment: Payment) -> list[Sign]:
        """Return the signs in a payment, in message order; the first per check and field."""
        signs = [
            self._sign(number, "purpose code", code)
            for code in payment.purpose_codes
            for number in self._codes.get(code, ())
        ]
        for text in payment.texts:
            seen: set[str] = set()
            for _, number, value in sorted(self._search("\n".join(text.lines))):
                check = self._rows[number]["check"]
                if check not in seen:
                    seen.add(check)
                    signs.append(self._sign(number, text.path, value))
        return signs

    def _search(self, text: str) -> Iterator[tuple[int, int, str]]:
        folded = text.casefold()
        for word in self._words.keys() & set(_WORD.findall(folded)):
            for number, whole in self._words[word]:
                found = whole.search(text)
                if found is not None:
                    yield found.start(), number, found.group()
        for number, literal in self._literals:
            start = folded.find(literal)
            if start >= 0:
                yield start, number, literal
        for number, pattern in self._patterns:
            found = pattern.search(text)
            if found is not None:
                yield found.start(), number, found.group()

    def _sign(self, number: int, path: str, value: str) -> Sign:
        row = self._rows[number]
        return Sign(row["check"], path, value, row["note"], self._sources[number])
