"""Facts that both message families write: BICs, countries, identifier schemes, placeholders."""

from __future__ import annotations

import re
from typing import Final

from amur.intake.countries import find_country
from amur.model import IdentifierKind

BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
"""ISO 9362 as ISO 20022 types it (`BICFIDec2014Identifier`)."""

PLACEHOLDERS: Final = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})
"""What senders write into a mandatory field that they have nothing for (CBPR+ and FIN usage).

It names nobody. Note that `NOTPROVIDED` has the shape of a BIC, of a bank in Romania.
"""

TOWN_PLACEHOLDER: Final = "CUTOVER2026"
"""Stands in `TwnNm` where an old address has no town of its own (PMPG practice, 2026)."""

SCHEMES: Final = {
    "CCPT": IdentifierKind.PASSPORT,
    "NIDN": IdentifierKind.NATIONAL_ID,
    "SOSE": IdentifierKind.NATIONAL_ID,
    "ARNU": IdentifierKind.NATIONAL_ID,
    "TXID": IdentifierKind.TAX,
    "COID": IdentifierKind.REGISTRATION,
    "CINC": IdentifierKind.REGISTRATION,
    "SREN": IdentifierKind.REGISTRATION,
    "SRET": IdentifierKind.REGISTRATION,
    "LEIC": IdentifierKind.LEI,
}
"""Scheme codes to kinds; every other code is OTHER and keeps itself as label.

Source: ISO 20022 external code sets, ExternalPersonIdentification1Code and
ExternalOrganisationIdentification1Code; SWIFT MT option F uses the same codes.
"""

_AMBIGUOUS: Final = frozenset({"GEORGIA", "JERSEY", "MEXICO", "GUINEA", "SUDAN", "KOREA"})
"""Country names that also end the names of other places (Atlanta Georgia, New Jersey, South
Sudan): they count only where they are a whole line or stand after a comma."""

_COUNTRY_WORDS_MAX: Final = 4


def is_placeholder(text: str) -> bool:
    """Return whether a text says only that nothing is given."""
    return text in PLACEHOLDERS


def find_line_country(lines: tuple[str, ...]) -> tuple[str, str]:
    """Return (code, words) of the country that ends an unstructured address, or two empty strings.

    Only the last line counts: as a whole, after its last comma, or its last words. Names of two
    letters are left alone (`CA` is California, too). What is not recognised stays unknown, which
    the policy treats as a tie, not as harmless.
    """
    if not lines:
        return "", ""
    last = lines[-1].strip(" .,")
    for candidate in (last, last.rpartition(",")[2].strip()):
        if len(candidate) > 2 and (code := find_country(candidate)):
            return code, candidate
    words = last.split()
    for count in range(min(_COUNTRY_WORDS_MAX, len(words) - 1), 0, -1):
        candidate = " ".join(words[-count:])
        if (
            len(candidate) > 2
            and candidate.upper() not in _AMBIGUOUS
            and (code := find_country(candidate))
        ):
            return code, candidate
    return "", ""


def read_country(text: str) -> str:
    """Return an ISO 3166-1 alpha-2 code in upper case; empty where the text is none."""
    code = text.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""
