"""Country names as publishers write them."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from amur.intake.countries import find_country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "KP"),
        ("Korea, South", "KR"),
        ("Iran", "IR"),
        ("Burma", "MM"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Congo, Republic of the", "CG"),
        ("Congo, Democratic Republic of the", "CD"),
        ("COTE D'IVOIRE", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("The Gambia", "GM"),
        ("Bahamas, The", "BS"),
        ("Virgin Islands, British", "VG"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Palestinian", "PS"),
        ("Kosovo", "XK"),
        ("us", "US"),
        ("Region: Gaza", "PS"),
        ("  Syrian  Arab Republic ", "SY"),
        ("North Macedonia", "MK"),
        ("", ""),
        ("undetermined", ""),
        ("Region: Crimea", ""),
        ("Netherlands Antilles", ""),
        ("Korea", ""),
        ("Virgin Islands", ""),
        ("the", ""),
        ("Guinea Ecuatorial", ""),
        ("---", ""),
    ],
)
def test_names(text: str, code: str) -> None:
    assert find_country(text) == code


def test_every_country_of_the_published_addresses_is_known(corpora: Path) -> None:
    unknown: set[str] = set()
    rows = 0
    for path in (corpora / "us-ofac-legacy-csv").glob("*/*add*.csv.gz"):
        text = gzip.decompress(path.read_bytes()).decode().replace("\x1a", "")
        for row in csv.reader(io.StringIO(text, newline="")):
            if len(row) == 6 and (country := row[4].strip()) not in {"", "-0-", "Country"}:
                rows += 1
                if not find_country(country):
                    unknown.add(country)
    assert rows > 80_000
    assert unknown == {
        "undetermined",
        "Netherlands Antilles",
        "Region: Crimea",
        "Region: Kafia Kingi",
        "Region: Northern Mali",
        "Region: Commonwealth of Independent States",
        "Region: Jammu and Kashmir",
        "Region: Northern Gaza",
        "Region: North Gaza",
    }


def test_every_country_of_the_un_list_is_known(corpora: Path) -> None:
    unknown: set[str] = set()
    for path in (corpora / "un-sc-consolidated").glob("*.gz"):
        if "2025-08-16" in path.name:  # damaged: not well-formed, accents lost
            continue
        text = gzip.decompress(path.read_bytes()).decode()
        for name in re.findall(r"COUNTRY[A-Z_]*>([^<]+)<", text):
            if name.strip() and not find_country(name):
                unknown.add(name.strip())
    assert unknown == set()
