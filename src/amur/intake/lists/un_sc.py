"""The United Nations Security Council Consolidated List, XML.

*Source*: the schema the files name (https://www.un.org/sc/resources/sc-sanctions.xsd) and the
published files of April, August and November 2025 and February 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from amur import limits
from amur.errors import IncompleteError, InputError, LimitError, MalformedError
from amur.intake.lists.dating import date_publication
from amur.intake.lists.files import ListStream, list_folder
from amur.intake.lists.un_sc_records import Record, RecordError
from amur.intake.xml import Element, Records
from amur.model import ListFile, Publication, RejectedRecord, Schema, Source

LIST_ID = "un-sc"
FILE = "consolidated.xml"

_ROOT = "CONSOLIDATED_LIST"
_RECORDS = frozenset({"INDIVIDUAL", "ENTITY"})


def read_un_sc(path: Path, *, published_on: date | None, known_at: datetime) -> Publication:
    """Return one publication of the consolidated list.

    Shape: `path` is the XML file, or a folder with just one, plain or gzip. `counts`:
    `individuals`, `entities_only`, `entities` (their sum), `aliases` (named alias elements).
    The publication date is the day in `dateGenerated`.

    *Cost*: about 0.3 ms per record; memory of the entities.

    Args:
        path: file or folder.
        published_on: only to confirm the date in the file.
        known_at: UTC instant from which the publication was known.

    Raises:
        IncompleteError: no XML file in the folder, or a section of the list is missing.
        MalformedError: not well-formed, not this list, or without records.
        LimitError: a cap of `amur.limits`.
        InputError: unreadable, several files, or another date than the caller's.
    """
    chosen = _choose_file(path)
    with ListStream(chosen) as stream:
        reading = _read_records(stream)
    when, basis = date_publication(
        reading.generated_on, given=published_on, known_at=known_at, source=stream.source
    )
    file = ListFile(
        FILE, stream.sha256(), stream.size_bytes, len(reading.records) + len(reading.rejected)
    )
    entities = tuple(
        record.build(Source(LIST_ID, FILE, file.sha256, record.record_id, "", when))
        for record in reading.records
    )
    individuals = sum(entity.schema is Schema.PERSON for entity in entities)
    return Publication(
        list_id=LIST_ID,
        published_on=when,
        published_basis=basis,
        known_at=known_at,
        files=(file,),
        entities=entities,
        rejected=tuple(reading.rejected),
        counts={
            "individuals": individuals,
            "entities_only": len(entities) - individuals,
            "entities": len(entities),
            "aliases": sum(record.aliases for record in reading.records),
        },
    )


def _choose_file(path: Path) -> Path:
    if path.is_file():
        return path
    found = [
        each
        for each in list_folder(path)
        if each.name.casefold().removesuffix(".gz").endswith(".xml")
    ]
    if not found:
        raise IncompleteError(
            "there is no XML file here",
            source=str(path),
            advice="Give the publisher's consolidated.xml.",
        )
    if len(found) > 1:
        raise InputError(
            f"there are {len(found)} XML files here",
            source=str(path),
            advice="Give the one file of the publication.",
        )
    return found[0]


@dataclass(slots=True)
class _Reading:
    records: list[Record] = field(default_factory=list)
    rejected: list[RejectedRecord] = field(default_factory=list)
    generated_on: date | None = None


def _read_records(stream: ListStream) -> _Reading:
    reading = _Reading()
    seen: set[str] = set()
    records = Records(stream, source=stream.source, tags=_RECORDS)
    for element in records:
        _check_root(records.root, stream.source)
        if len(reading.records) + len(reading.rejected) >= limits.LIST_RECORDS_MAX:
            raise LimitError(
                "too many records",
                limit=limits.LIST_RECORDS_MAX,
                got=limits.LIST_RECORDS_MAX + 1,
                unit="records",
                source=stream.source,
                line=element.line,
            )
        record_id = element.value("DATAID")
        try:
            record = Record(element)
            if record_id in seen:
                raise RecordError(
                    element.child("DATAID") or element, "stands in an earlier record already"
                )
        except RecordError as error:
            reading.rejected.append(
                RejectedRecord(FILE, error.line, record_id, error.field, error.problem)
            )
        else:
            reading.records.append(record)
        seen.add(record_id)
    root = records.root
    _check_root(root, stream.source)
    assert root is not None
    _check_sections(root, reading, stream.source)
    reading.generated_on = _read_generated(root, stream.source)
    return reading


def _check_root(root: Element | None, source: str) -> None:
    if root is None or root.tag != _ROOT:
        raise MalformedError(
            f"the root element is not {_ROOT}",
            source=source,
            line=root.line if root else None,
            field=root.tag if root else "",
            advice="Give the publisher's consolidated list in XML.",
        )


def _check_sections(root: Element, reading: _Reading, source: str) -> None:
    missing = [tag for tag in ("INDIVIDUALS", "ENTITIES") if root.child(tag) is None]
    if missing:
        raise IncompleteError(
            f"the list has no section {' and no section '.join(missing)}",
            source=source,
            advice="Fetch the whole list again.",
        )
    if not reading.records and not reading.rejected:
        raise MalformedError("the list holds no record", source=source, advice="Fetch it again.")


def _read_generated(root: Element, source: str) -> date | None:
    text = root.attributes.get("dateGenerated", "").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise MalformedError(
            "the date of generation cannot be read",
            source=source,
            line=root.line,
            field=f"{_ROOT}/@dateGenerated",
            advice="It must be an ISO 8601 date or time.",
        ) from error
