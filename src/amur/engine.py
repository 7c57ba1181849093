"""The typed face of the compiled matching engine. Nothing else imports `amur._engine`.

The engine answers three questions about an index of listed entities: which entities does this
subject match, which does this free text mention, and how do these two names compare. Scores are
integer thousandths of natural log-odds (`milli`); a match's `milli` is exactly the sum of its
contributions, and the name's contribution exactly the sum of its alignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amur import _engine
from amur.errors import ChecksumError, SnapshotError, VersionError
from amur.model import Contribution, TokenPair

ENGINE_VERSION: str = _engine.version()
"""Version of the compiled engine: two engines with the same version score alike."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the engine needs to know of one listed entity.

    Attributes:
        schema: value of `amur.model.Schema`.
        names: (text, quality) pairs; quality is a value of `amur.model.NameQuality`.
        births: (earliest, latest) possible birth days, None where open.
        countries: ISO 3166-1 alpha-2 codes of any tie.
        identifiers: (kind, value) pairs; kind is a value of `amur.model.IdentifierKind`.
    """

    schema: str
    names: tuple[tuple[str, str], ...]
    births: tuple[tuple[date | None, date | None], ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about. Everything but the name may be empty; with identifiers, the name too.

    Attributes:
        name: as sent, any script.
        schema: value of `amur.model.Schema`; `unknown` matches every kind.
        births: (earliest, latest) possible birth days.
        countries: ISO codes of nationality, residence ...
        identifiers: (kind, value) pairs.
    """

    name: str
    schema: str = "unknown"
    births: tuple[tuple[date | None, date | None], ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One entity that a subject matches.

    Attributes:
        entity: ordinal of the entity in the index.
        name: ordinal of the best name among the entity's names; -1 for an identifier hit alone.
        milli: log-odds sum, thousandths.
        score: shown score, thousandths of a probability (0-1000); monotone in `milli`.
        exact: the names have the same tokens, in any order.
        contributions: addends of `milli`.
        alignment: addends of the name's contribution, token by token.
        identifier: (kind, subject's value, relation) of an identifier hit, else None; the
            relation is `same`, or `same bank` for a branch of a listed BIC.
    """

    entity: int
    name: int
    milli: int
    score: int
    exact: bool
    contributions: tuple[Contribution, ...]
    alignment: tuple[TokenPair, ...]
    identifier: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a listed entity in a free text.

    Attributes:
        start: offset of the first character, in code points of the text.
        end: offset past the last character.
        match: the entity and how it was met. For an identifier, `match.identifier` is set.
    """

    start: int
    end: int
    match: Match


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What a build made.

    Attributes:
        entities: entities indexed.
        names: names indexed.
        distinct_names: distinct normalised names.
        identifiers: identifiers indexed.
        scan_floor_names: names below the information floor of `scan` (never found in free text).
        size_bytes: size of the file.
    """

    entities: int
    names: int
    distinct_names: int
    identifiers: int
    scan_floor_names: int
    size_bytes: int


def build_index(entries: Iterable[IndexEntry], path: Path) -> IndexSummary:
    """Write an index file. The same entries in the same order give the same bytes.

    Raises:
        SnapshotError: an entry is not usable (it names the entry), or the file cannot be written.
    """
    rows = [
        (
            e.schema,
            list(e.names),
            [(_day(a), _day(b)) for a, b in e.births],
            list(e.countries),
            list(e.identifiers),
        )
        for e in entries
    ]
    try:
        return IndexSummary(*_engine.build_index(rows, str(path)))
    except (_engine.EngineError, OSError) as error:
        raise SnapshotError(str(error)) from error


class Index:
    """An index file, memory-mapped and read-only. Safe to use from several threads."""

    __slots__ = ("_index",)

    def __init__(self, path: Path) -> None:
        """Open an index file: header and section bounds are checked, bytes are not.

        Raises:
            VersionError: another format version.
            ChecksumError: truncated or damaged header.
            SnapshotError: the file cannot be opened.
        """
        try:
            self._index = _engine.Index(str(path))
        except _engine.VersionMismatchError as error:
            raise VersionError(str(error), advice="Rebuild the snapshot.") from error
        except _engine.DamagedIndexError as error:
            raise ChecksumError(str(error), advice="Rebuild the snapshot.") from error
        except (_engine.EngineError, OSError) as error:
            raise SnapshotError(str(error)) from error

    def match(
        self, subjects: Sequence[Subject], *, at_least: int, exhaustive: bool = False
    ) -> list[tuple[Match, ...]]:
        """Return, for each subject, the entities that score at least `at_least`, best first.

        Args:
            subjects: who is asked about; the GIL is released for the whole batch.
            at_least: threshold in milli; not below `lowest_threshold`.
            exhaustive: score every entity instead of retrieving (the referee in tests).

        Raises:
            SnapshotError: `at_least` is below `lowest_threshold`.
        """
        rows = [
            (
                s.name,
                s.schema,
                [(_day(a), _day(b)) for a, b in s.births],
                list(s.countries),
                list(s.identifiers),
            )
            for s in subjects
        ]
        try:
            found = self._index.match_subjects(rows, at_least, exhaustive)
        except _engine.EngineError as error:
            raise SnapshotError(str(error)) from error
        return [tuple(_match(raw) for raw in hits) for hits in found]

    def count_matches(
        self, names: Sequence[str], *, at_least: int, schema: str = "unknown"
    ) -> list[int]:
        """Return, for each name alone, how many entities score at least `at_least`.

        The same search and score as `match`, without building explanations: for benchmarks and
        for counting alerts over a population.
        """
        try:
            return self._index.count_matches(list(names), at_least, schema)
        except _engine.EngineError as error:
            raise SnapshotError(str(error)) from error

    def scan(self, texts: Sequence[str], *, at_least: int) -> list[tuple[Mention, ...]]:
        """Return, for each free text, the mentions of listed names and identifiers, in text order.

        Names below the information floor are never looked for (`IndexSummary.scan_floor_names`).
        """
        try:
            found = self._index.scan(list(texts), at_least)
        except _engine.EngineError as error:
            raise SnapshotError(str(error)) from error
        return [
            tuple(Mention(start, end, _match(raw)) for start, end, raw in mentions)
            for mentions in found
        ]

    @property
    def lowest_threshold(self) -> int:
        """Lowest `at_least` for which retrieval is proven safe, from the file's header."""
        return self._index.lowest_threshold()

    def below_scan_floor(self) -> list[tuple[int, int]]:
        """Return (entity, name) ordinals of the names that `scan` never looks for."""
        return self._index.below_scan_floor()

    def verify(self) -> None:
        """Check every byte against the file's checksum.

        Raises:
            ChecksumError: the bytes changed since the file was written.
        """
        try:
            self._index.verify()
        except _engine.EngineError as error:
            raise ChecksumError(str(error), advice="Rebuild the snapshot.") from error


def compare(subject: Subject, listed: IndexEntry) -> Match:
    """Score a subject against one entity, with the background weights and no index.

    Shape: the same scorer as `Index.match`; token weights come from the built-in background
    instead of a list. Never fails for lack of similarity: a low score is an answer.
    """
    raw = _engine.compare(
        (
            subject.name,
            subject.schema,
            [(_day(a), _day(b)) for a, b in subject.births],
            list(subject.countries),
            list(subject.identifiers),
        ),
        (
            listed.schema,
            list(listed.names),
            [(_day(a), _day(b)) for a, b in listed.births],
            list(listed.countries),
            list(listed.identifiers),
        ),
    )
    return _match(raw)


def normalise(text: str) -> str:
    """Return the tokens the engine sees in a name, joined by blanks: romanised, lower case."""
    return _engine.normalise(text)


def check_imo(number: str) -> bool:
    """Return whether a ship's IMO number (7 digits) has a correct check digit.

    Source: IMO Resolution A.1117(30): the last digit is the last digit of the sum of the first
    six, each times its weight 7 to 2.
    """
    return _engine.check_imo(number)


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _match(raw: _engine.RawMatch) -> Match:
    entity, name, milli, score, exact, contributions, alignment, identifier = raw
    return Match(
        entity=entity,
        name=name,
        milli=milli,
        score=score,
        exact=exact,
        contributions=tuple(Contribution(*c) for c in contributions),
        alignment=tuple(TokenPair(*p) for p in alignment),
        identifier=identifier,
    )
