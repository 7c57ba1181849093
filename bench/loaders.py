"""Names of whole lists for benchmarks, also from files that are not in a publisher's own format.

Every loader answers with the same small record, `Party`: what matching needs and no more. The UN
list comes through the product's reader; the others are read here, because the files at hand are
reductions by third parties. Entity counts are asserted against what the files are known to hold.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from amur.engine import IndexEntry
from amur.intake.countries import find_country
from amur.intake.lists import read_publication
from bench.scripts import find_script

KNOWN_AT = datetime(2026, 9, 1, tzinfo=UTC)
"""When the medium corpus is taken as known: after the newest of its publications."""

PATHS = {
    "us-ofac-sdn": "us-ofac-sdn-json/ofac-sdn_2026-08-20.json.gz",
    "un-sc": "un-sc-consolidated/UN_consolidated_2026-02-27.xml.gz",
    "gb-ofsi-conlist": "uk-sanctions-list/ConList_2025-04-10_from-xlsx.csv.gz",
    "eu-fsf": "eu-fsf-json-2025-04/eu_sanctions.json.gz",
    "ca-sema": "canada-sema/sema-lmes_commit-2025-05-25.xml.gz",
    "us-bis-dpl": "us-bis-dpl/dpl_commit-2023-11-30.txt",
}
ENTITIES = {
    "us-ofac-sdn": 19_249,
    "un-sc": 1_003,
    "gb-ofsi-conlist": 4_686,
    "eu-fsf": 5_307,
    "ca-sema": 4_759,
    "us-bis-dpl": 665,
}
MEDIUM = tuple(ENTITIES)
FOUR = ("un-sc", "eu-fsf", "gb-ofsi-conlist", "us-ofac-sdn")

Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class PartyName:
    """One name: text, quality (`primary`, `strong`, `weak`), script, original-script field."""

    text: str
    quality: str
    script: str
    original: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """One listed entity.

    Attributes:
        list_id: e.g. `un-sc`.
        record_id: the publisher's id, or one made of the row where it gives none.
        schema: value of `amur.model.Schema`.
        names: distinct, primary first.
        births: (earliest, latest).
        countries: ISO alpha-2.
    """

    list_id: str
    record_id: str
    schema: str
    names: tuple[PartyName, ...]
    births: tuple[Span, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def entry(self) -> IndexEntry:
        """The entity as the engine indexes it."""
        return IndexEntry(
            self.schema,
            tuple((n.text, n.quality) for n in self.names),
            self.births,
            self.countries,
        )


def load_party_lists(data: Path, lists: Iterable[str] = MEDIUM) -> list[Party]:
    """Return the entities of the lists, in file order, counts checked.

    Raises:
        ValueError: a list holds another number of entities than is known.
    """
    found: list[Party] = []
    for list_id in lists:
        parties = [keep_distinct(p) for p in LOADERS[list_id](data / PATHS[list_id])]
        if len(parties) != ENTITIES[list_id]:
            raise ValueError(
                f"{list_id}: {len(parties)} entities, {ENTITIES[list_id]} expected; "
                f"is {PATHS[list_id]} another file?"
            )
        found.extend(parties)
    return found


def keep_distinct(party: Party) -> Party:
    """Return the party with each text once, in the best quality it was given in."""
    best: dict[str, PartyName] = {}
    order = {"primary": 0, "strong": 1, "weak": 2}
    for name in party.names:
        text = " ".join(name.text.split())
        known = best.get(text)
        if text and (known is None or order[name.quality] < order[known.quality]):
            best[text] = replace(name, text=text)
    names = sorted(best.values(), key=lambda n: order[n.quality])
    return replace(party, names=tuple(names))


def make_name(text: str, quality: str, *, original: bool = False) -> PartyName:
    """Return a name with its script found."""
    return PartyName(text, quality, find_script(text), original)


def read_day(text: str) -> Span | None:
    """Return the span of `YYYY`, `YYYY-MM-DD`, `DD/MM/YYYY` (00 for unknown), else None."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)):
        parts = found.groups()[::-1]
    if parts is None:
        return None
    year, month, day = (int(p) for p in parts)
    try:
        if not month or not day:
            return date(year, 1, 1), date(year, 12, 31)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def read_un(path: Path) -> list[Party]:
    """Read the UN list through the product's reader."""
    publication = read_publication("un-sc", path, published_on=None, known_at=KNOWN_AT)
    parties = []
    for entity in publication.entities:
        names = tuple(
            make_name(n.text, n.quality.value, original=n.kind.value == "original_script")
            for n in entity.names
        )
        parties.append(
            Party(
                "un-sc",
                entity.source.record_id,
                entity.schema.value,
                names,
                tuple((b.earliest, b.latest) for b in entity.births),
                tuple(dict.fromkeys(c.country for c in entity.countries if c.country)),
            )
        )
    return parties


def turn_comma(text: str) -> str:
    """Return `SURNAME, Given` as `Given SURNAME`."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else text


OFAC_TYPES = {
    "individual": "person",
    "entity": "organization",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def read_ofac_json(path: Path) -> list[Party]:
    """Read the JSON reduction of SDN.CSV and ALT.CSV (no dates, no alias quality)."""
    with gzip.open(path, "rt", encoding="utf-8") as text:
        entries = json.load(text)["entries"]
    parties = []
    for e in entries:
        schema = OFAC_TYPES[e["type"]]
        texts = [e["name"], *e["alternateNames"]]
        if schema == "person":
            texts = [turn_comma(t) for t in texts]
        names = tuple(make_name(t, "strong" if i else "primary") for i, t in enumerate(texts))
        parties.append(Party("us-ofac-sdn", str(e["uid"]), schema, names))
    return parties


def read_eu_json(path: Path) -> list[Party]:
    """Read the JSON reduction of the FSF list."""
    with gzip.open(path, "rt", encoding="utf-8") as text:
        rows = json.load(text)["data"]
    parties = []
    for row in rows:
        names = [make_name(row["name"], "primary")]
        for alias in row["details"]["aliases"]:
            name = make_name(alias, "strong")
            names.append(replace(name, original=name.script != "latin"))
        birth = read_day(row["details"].get("birthDate") or "")
        parties.append(
            Party(
                "eu-fsf",
                row["id"],
                "person" if row["type"] == "INDIVIDUAL" else "organization",
                tuple(names),
                (birth,) if birth else (),
            )
        )
    return parties


def read_uk_csv(path: Path) -> list[Party]:
    """Read ConList.csv: a party is the rows of one Group ID."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        next(lines)
        rows = list(csv.DictReader(lines))
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row["Group ID"], []).append(row)
    kinds = {"Individual": "person", "Entity": "organization", "Ship": "vessel"}
    parties = []
    for group, members in groups.items():
        names: list[PartyName] = []
        births: dict[Span, None] = {}
        countries: dict[str, None] = {}
        for row in members:
            parts = [row[f"Name {i}"].strip() for i in range(1, 7)]
            low = row["Alias Quality"].startswith("Low")
            quality = "primary" if row["Alias Type"] == "Primary name" else "strong"
            names.append(make_name(" ".join(filter(None, parts)), "weak" if low else quality))
            if row["Name Non-Latin Script"].strip():
                names.append(make_name(row["Name Non-Latin Script"], "strong", original=True))
            if birth := read_day(row["DOB"]):
                births[birth] = None
            for text in (row["Nationality"], row["Country"], row["Country of Birth"]):
                if code := find_country(text):
                    countries[code] = None
        parties.append(
            Party(
                "gb-ofsi-conlist",
                group,
                kinds[members[0]["Group Type"]],
                tuple(names),
                tuple(births),
                tuple(countries),
            )
        )
    return parties


def read_ca_xml(path: Path) -> list[Party]:
    """Read the Canadian consolidated list."""
    with gzip.open(path, "rb") as content:
        root = ET.parse(content).getroot()
    parties = []
    for number, record in enumerate(root.iter("record")):
        cells = {child.tag: (child.text or "").strip() for child in record}
        whole = cells.get("EntityOrShip", "")
        text = whole or f"{cells.get('GivenName', '')} {cells.get('LastName', '')}"
        schema = "vessel" if "ShipIMONumber" in cells else "organization" if whole else "person"
        aliases = [a for a in re.split(r"[;\n]", cells.get("Aliases", "")) if a.strip()]
        birth = read_day(cells.get("DateOfBirthOrShipBuildDate", ""))
        parties.append(
            Party(
                "ca-sema",
                f"{number}",
                schema,
                (make_name(text, "primary"), *(make_name(a, "strong") for a in aliases)),
                (birth,) if birth and schema == "person" else (),
            )
        )
    return parties


def read_bis_txt(path: Path) -> list[Party]:
    """Read the Denied Persons List; it does not say who is a person: organizations by word."""
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    firm = re.compile(
        r"\b(inc|llc|ltd|limited|co|corp|company|gmbh|airlines?|trading|group|international|"
        r"corporation|ag|b\.?v|s\.?a|fze|llp|jsc|services|technology|systems|industries)\b",
        re.IGNORECASE,
    )
    parties = []
    for number, row in enumerate(rows):
        text = turn_comma(row["Name"]) if not firm.search(row["Name"]) else row["Name"]
        schema = "organization" if firm.search(row["Name"]) else "person"
        country = (row["Country"],) if re.fullmatch("[A-Z]{2}", row["Country"]) else ()
        names = (make_name(text, "primary"),)
        parties.append(Party("us-bis-dpl", f"{number}", schema, names, (), country))
    return parties


LOADERS: dict[str, Callable[[Path], list[Party]]] = {
    "us-ofac-sdn": read_ofac_json,
    "un-sc": read_un,
    "gb-ofsi-conlist": read_uk_csv,
    "eu-fsf": read_eu_json,
    "ca-sema": read_ca_xml,
    "us-bis-dpl": read_bis_txt,
}
