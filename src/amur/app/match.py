"""Use case: who is listed? Names, one by one or as a stream of rows, and pairs of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from amur.app.times import Times
from amur.engine import IndexEntry, Subject, compare
from amur.intake.names import NameRow, PairRow, read_names, read_pair_header, read_pairs
from amur.model import Reason, RejectedRecord, Schema
from amur.policy import Policy
from amur.screening import Evidence, Screener

__all__ = [
    "Matched",
    "PairRow",
    "RejectedRecord",
    "Scored",
    "compare_pairs",
    "match_file",
    "match_names",
    "match_subjects",
    "read_pair_header",
]

_BATCH: Final = 1_000
"""Names per call of the engine: enough to make the call itself small, little enough to stream."""


@dataclass(frozen=True, slots=True)
class Matched:
    """One name and what stands against it.

    Attributes:
        line: line of the file; 0 for a name given directly.
        id: the caller's id of the row.
        subject: who was asked about.
        reasons: strongest first; empty where nobody matches.
    """

    line: int
    id: str
    subject: Subject
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of names and how alike they are.

    Attributes:
        row: the pair as read.
        score: thousandths of a probability that both name the same, 0-1000; None where
            `row.problem` says why they cannot be compared.
    """

    row: PairRow
    score: int | None


def match_subjects(
    subjects: Sequence[Subject], evidence: Evidence, policy: Policy, times: Times
) -> tuple[tuple[Reason, ...], ...]:
    """Return the reasons of each subject, strongest first: the path that payments take."""
    screener = Screener(evidence, policy, law_at=times.law_at, known_at=times.known_at)
    return screener.match(subjects)


def match_names(
    names: Sequence[str], evidence: Evidence, policy: Policy, times: Times
) -> Iterator[Matched]:
    """Yield what stands against each name, nothing else being known of who it is."""
    rows = [NameRow(0, "", Subject(name)) for name in names]
    for matched in _match(rows, evidence, policy, times):
        assert isinstance(matched, Matched)
        yield matched


def match_file(
    path: Path, evidence: Evidence, policy: Policy, times: Times
) -> Iterator[Matched | RejectedRecord]:
    """Yield what stands against each row of a CSV of names, in order; rejected rows too.

    Raises:
        InputError: the file cannot be read as a CSV of names.
    """
    return _match(read_names(path), evidence, policy, times)


def compare_pairs(path: Path) -> Iterator[Scored]:
    """Yield each row of a CSV of pairs with its score, in order, none left out.

    Shape: the scorer of production with the background's weights: no list, no threshold.

    Raises:
        InputError: the file cannot be read as a CSV of pairs.
    """
    for row in read_pairs(path):
        if row.problem:
            yield Scored(row, None)
            continue
        # A listed entity always has a kind; without one both sides are taken for organisations'.
        kind = row.schema if row.schema is not Schema.UNKNOWN else Schema.ORGANIZATION
        found = compare(
            Subject(row.name1, row.schema.value), IndexEntry(kind.value, ((row.name2, "primary"),))
        )
        yield Scored(row, found.score)


def _match(
    rows: Iterable[NameRow | RejectedRecord], evidence: Evidence, policy: Policy, times: Times
) -> Iterator[Matched | RejectedRecord]:
    screener = Screener(evidence, policy, law_at=times.law_at, known_at=times.known_at)
    source = iter(rows)
    while batch := tuple(islice(source, _BATCH)):
        answers = iter(screener.match([row.subject for row in batch if isinstance(row, NameRow)]))
        for row in batch:
            if isinstance(row, RejectedRecord):
                yield row
            else:
                yield Matched(row.line, row.id, row.subject, next(answers))
