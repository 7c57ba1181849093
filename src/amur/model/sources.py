"""Where a fact came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """The place of one fact: list, file, record, field, date (design rule 10).

    Attributes:
        list_id: the list, e.g. `us-ofac-sdn`.
        file: the file's name as the publisher calls it, e.g. `sdn.csv`.
        file_sha256: hash of the file's decompressed bytes, lower-case hex.
        record_id: the publisher's id of the record, e.g. `17016`.
        field: column, element path or remark prefix, e.g. `Remarks/DOB`.
        published_on: date of the publication, if known.
    """

    list_id: str
    file: str
    file_sha256: str
    record_id: str
    field: str
    published_on: date | None = None
