"""Whether a publication may come into force (design rule 5). Pure: no file, no clock."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from amur.evidence.publications import PublicationSummary
from amur.model import Publication, RejectedRecord

REJECTED_NAMED_MAX = 20
"""Rejected records that are each a cause of their own; the rest is one cause with their number."""

CLOCK_SLACK = timedelta(days=1)
"""A publisher east of UTC dates a publication up to one day ahead of the UTC day."""


def find_causes(
    publication: Publication, previous: PublicationSummary | None, *, shrink_bp_max: int
) -> tuple[str, ...]:
    """Return why a publication may not come into force, one sentence each; empty if it may.

    Args:
        publication: what was read.
        previous: the newest publication of the same list known by then, if any.
        shrink_bp_max: basis points by which a list may shrink from one publication to the next.
    """
    causes = [_describe(each) for each in publication.rejected[:REJECTED_NAMED_MAX]]
    further = len(publication.rejected) - REJECTED_NAMED_MAX
    if further > 0:
        causes.append(f"{further} further records cannot be read.")
    if not publication.entities:
        causes.append("It holds no entity.")
    twice = _count_repeated(publication)
    if twice:
        causes.append(f"{len(twice)} record ids stand more than once, the first is {twice[0]}.")
    if publication.published_on > publication.known_at.date() + CLOCK_SLACK:
        causes.append(
            f"It is published on {publication.published_on}, after the time from which it is "
            f"known ({publication.known_at.date()})."
        )
    if previous is not None:
        causes.extend(_compare(publication, previous, shrink_bp_max))
    return tuple(causes)


def find_notes(publication: Publication, previous: PublicationSummary | None) -> tuple[str, ...]:
    """Return what a person should know although it is no cause against activation."""
    if previous is None or not _same_files(publication, previous):
        return ()
    return (f"The same content is in force already, as published on {previous.published_on}.",)


def _compare(
    publication: Publication, previous: PublicationSummary, shrink_bp_max: int
) -> list[str]:
    causes = []
    if publication.published_on < previous.published_on:
        causes.append(
            f"It is older ({publication.published_on}) than the one in force "
            f"({previous.published_on})."
        )
    now, before = len(publication.entities), previous.entities
    lost = before - now
    # Exact in integers; an empty publication has its own cause.
    if now and lost * 10_000 > shrink_bp_max * before:
        causes.append(
            f"It holds {now} entities, {lost} fewer than the {before} of {previous.published_on}: "
            f"{lost * 10_000 // before} basis points, the policy permits {shrink_bp_max}."
        )
    return causes


def _same_files(publication: Publication, previous: PublicationSummary) -> bool:
    return sorted(each.sha256 for each in publication.files) == sorted(
        each.sha256 for each in previous.files
    )


def _count_repeated(publication: Publication) -> list[str]:
    times = Counter(entity.source.record_id for entity in publication.entities)
    return [record_id for record_id, count in times.items() if count > 1]


def _describe(rejected: RejectedRecord) -> str:
    record = f", record {rejected.record_id}" if rejected.record_id else ""
    field = f", field {rejected.field}" if rejected.field else ""
    return f"{rejected.file}, line {rejected.line}{record}{field}: {rejected.problem}"
