"""What screening needs of the evidence: the questions it asks, as protocols.

`amur.evidence` answers them from a snapshot; a test answers them from a few records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from amur.engine import Match, Mention, Subject
from amur.model import Entity, Source, Span


class ListState(Protocol):
    """One list of the evidence."""

    @property
    def list_id(self) -> str:
        """E.g. `un-sc`."""

    @property
    def published_on(self) -> date:
        """Date of the publication in force."""


class Matcher(Protocol):
    """Who does a subject match, whom does a text mention? Batches in, batches out."""

    def match(self, subjects: Sequence[Subject], *, at_least: int) -> Sequence[tuple[Match, ...]]:
        """Return the matches of each subject, best first."""

    def scan(self, texts: Sequence[str], *, at_least: int) -> Sequence[tuple[Mention, ...]]:
        """Return the mentions in each text, in text order."""


class Evidence(Protocol):
    """An immutable snapshot of what is known."""

    @property
    def id(self) -> str:
        """Hash that names the snapshot."""

    @property
    def lists(self) -> Sequence[ListState]:
        """The lists that it holds."""

    @property
    def index(self) -> Matcher:
        """The matching engine over its entities."""

    def entity(self, ordinal: int) -> Entity:
        """Return an entity by its ordinal in the index."""

    def span(self, ordinal: int) -> Span:
        """Return when the entity was in force."""

    def table(self, name: str) -> Sequence[Mapping[str, str]]:
        """Return the rows of a hand-kept table, e.g. `territories`."""

    def table_source(self, name: str) -> Source:
        """Return the citation of a hand-kept table; `record_id` and `field` are empty."""
