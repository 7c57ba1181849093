"""Lists: the files of each publisher, to entities. One module per publisher.

The formats read are in `LISTS`; `read_publication` reads one publication of one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from amur.errors import UnsupportedError
from amur.intake.lists import un_sc, us_ofac_sdn
from amur.model import Publication

__all__ = ["LISTS", "ListFormat", "Reader", "read_publication"]


class Reader(Protocol):
    """Reads one publication; see `read_publication`."""

    def __call__(self, path: Path, *, published_on: date | None, known_at: datetime) -> Publication:
        """Return the publication."""
        ...


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One list that can be read.

    Attributes:
        title: the list's name.
        regime: whose law it is: `US`, `UN`.
        publisher: who publishes it.
        licence: under what terms.
        read: its reader.
    """

    title: str
    regime: str
    publisher: str
    licence: str
    read: Reader


LISTS: Mapping[str, ListFormat] = MappingProxyType(
    {
        us_ofac_sdn.LIST_ID: ListFormat(
            title="Specially Designated Nationals and Blocked Persons List (SDN)",
            regime="US",
            publisher="US Department of the Treasury, Office of Foreign Assets Control (OFAC)",
            licence="public domain (work of the US government)",
            read=us_ofac_sdn.read_us_ofac_sdn,
        ),
        un_sc.LIST_ID: ListFormat(
            title="United Nations Security Council Consolidated List",
            regime="UN",
            publisher="United Nations Security Council",
            licence="United Nations terms: reuse with attribution",
            read=un_sc.read_un_sc,
        ),
    }
)
"""The lists that can be read, by id."""


def read_publication(
    list_id: str, path: Path, *, published_on: date | None, known_at: datetime
) -> Publication:
    """Return one publication of a list.

    Shape: `path` is a file or the folder of a publication's files, plain or gzip. Records that
    cannot be read are in `rejected`, each with file, line and field; a file that cannot be read
    as a whole is an error.

    Args:
        list_id: key of `LISTS`.
        path: file or folder.
        published_on: date of the publication, for files that carry none.
        known_at: UTC instant from which it was known.

    Raises:
        UnsupportedError: no such list.
        IncompleteError: a file of the set is missing.
        MalformedError: a file is not in its format, or the files are not of one moment.
        LimitError: a cap of `amur.limits`.
        InputError: a file cannot be read, or the dates contradict each other.
    """
    form = LISTS.get(list_id)
    if form is None:
        raise UnsupportedError(
            f"there is no reader for the list {list_id!r}",
            source=str(path),
            advice=f"Lists that can be read: {', '.join(LISTS)}.",
        )
    return form.read(path, published_on=published_on, known_at=known_at)
