"""Country names as list publishers write them, to ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from amur.errors import MalformedError

_TABLE = "countries.csv"


def find_country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country name, or an empty string.

    Knows the English names of the standard, the forms of OFAC ("Korea, North") and of the United
    Nations ("Iran (Islamic Republic of)"), and the alpha-2 codes themselves. Case, accents,
    punctuation, a leading "the" and OFAC's "Region:" do not count ("Region: Gaza"). Another region
    ("Region: Crimea"), a state that is no more ("Netherlands Antilles") and words that name no
    country ("undetermined") give an empty string.

    *Source*: `amur/data/countries.csv`.

    >>> find_country("Korea, North"), find_country("Iran (Islamic Republic of)")
    ('KP', 'IR')
    >>> find_country("undetermined")
    ''
    """
    return _find(text) if text else ""


@lru_cache(maxsize=4096)
def _find(text: str) -> str:
    return _load().get(_fold(text), "")


def _fold(text: str) -> str:
    """Letters and digits only, lower case, single blanks, without accents and leading "the"."""
    bare = "".join(
        letter if letter.isalnum() else " "
        for letter in unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
        if not unicodedata.combining(letter)
    )
    return " ".join(bare.casefold().split()).removeprefix("region ").removeprefix("the ")


@cache
def _load() -> dict[str, str]:
    content = (resources.files("amur") / "data" / _TABLE).read_text(encoding="utf-8")
    names: dict[str, str] = {}
    lines = [line for line in content.splitlines() if line.strip() and not line.startswith("#")]
    for row in csv.DictReader(lines):
        code = row["code"]
        for name in (code, row["name"], *row["aliases"].split(";")):
            key = _fold(name)
            if not key:
                continue
            if names.setdefault(key, code) != code:
                raise MalformedError(
                    f"{name!r} stands for {names[key]} and for {code}",
                    source=_TABLE,
                    field="name",
                    advice="A name may stand for one country only.",
                )
    return names
