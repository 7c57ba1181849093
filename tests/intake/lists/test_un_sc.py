"""The UN consolidated list: real publications, its traps, and what must be refused."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from amur.errors import AmurError, IncompleteError, InputError, MalformedError
from amur.intake.lists import read_publication
from amur.intake.lists.un_sc_names import read_alias
from amur.intake.lists.un_sc_values import find_months, read_document, split_number
from amur.model import (
    Identifier,
    IdentifierKind,
    NameKind,
    NamePart,
    NameQuality,
    Note,
    Publication,
    Schema,
)
from tests.intake.lists.samples import KNOWN_AT, UN, write_un


def read(path: Path, published_on: date | None = None) -> Publication:
    return read_publication("un-sc", path, published_on=published_on, known_at=KNOWN_AT)


# --- real files ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "individuals", "entities"),
    [(date(2025, 4, 19), 684, 193), (date(2025, 11, 20), 727, 273), (date(2026, 2, 27), 730, 273)],
)
def test_real_publications(corpora: Path, day: date, individuals: int, entities: int) -> None:
    publication = read(corpora / "un-sc-consolidated" / f"UN_consolidated_{day}.xml.gz")
    counts = publication.counts
    assert (counts["individuals"], counts["entities_only"]) == (individuals, entities)
    assert counts["entities"] == individuals + entities == len(publication.entities)
    assert publication.rejected == ()
    assert (publication.published_on, publication.published_basis) == (day, "file")
    assert all(entity.listed_on for entity in publication.entities)
    notes = [note for entity in publication.entities for note in entity.notes]
    assert not [note for note in notes if note.kind == "other"]
    assert sum(note.kind == "document" for note in notes) < 5
    imos = {
        each.value
        for entity in publication.entities
        for each in entity.identifiers
        if each.kind is IdentifierKind.IMO
    }
    assert "5342883" in imos
    assert publication.files[0].name == "consolidated.xml"


def test_broken_publication_names_line_and_byte(corpora: Path) -> None:
    with pytest.raises(MalformedError, match="byte 0x19") as caught:
        read(corpora / "un-sc-consolidated" / "UN_consolidated_2025-08-16.xml.gz")
    assert caught.value.line == 53


# --- a small list --------------------------------------------------------------------------------
def test_individual(tmp_path: Path) -> None:
    publication = read(write_un(tmp_path))
    assert publication.rejected == ()
    assert publication.counts == {"individuals": 1, "entities_only": 1, "entities": 2, "aliases": 3}
    person = publication.entities[0]
    assert person.source.record_id == "9001"
    assert person.names[0].text == "ALPHA BETA"
    assert person.names[0].parts == ((NamePart.FIRST, "ALPHA"), (NamePart.SECOND, "BETA"))
    assert [(n.text, n.quality, n.kind) for n in person.names[1:]] == [
        ("ألفا", NameQuality.STRONG, NameKind.ORIGINAL_SCRIPT),
        ("بيتا", NameQuality.STRONG, NameKind.ORIGINAL_SCRIPT),
        ("Al-Fa", NameQuality.STRONG, NameKind.ALIAS),
        ("Alfa", NameQuality.STRONG, NameKind.ALIAS),
        ("Shorty", NameQuality.WEAK, NameKind.ALIAS),
        ("Коротыш", NameQuality.WEAK, NameKind.ORIGINAL_SCRIPT),
    ]
    assert [(b.earliest, b.latest, b.circa) for b in person.births] == [
        (date(1955, 1, 1), date(1955, 12, 31), False),
        (date(1964, 7, 17), date(1964, 7, 17), False),
        (date(1965, 1, 1), date(1965, 12, 31), True),
        (date(1960, 1, 1), date(1962, 12, 31), False),
    ]
    assert person.listed_on is not None
    assert person.listed_on.earliest == date(2015, 7, 1)
    assert person.updated_on is not None
    assert person.updated_on.latest == date(2020, 1, 2)
    assert "2018-01-02" in person.updated_on.text
    assert person.addresses == ()
    assert person.programmes == ("DPRK",)
    assert person.countries[0].country == "IR"
    assert [(i.kind, i.value, i.country) for i in person.identifiers] == [
        (IdentifierKind.IMO, "9000001", ""),
        (IdentifierKind.PASSPORT, "SE 012820", "LY"),
    ]
    notes = {note.kind: note.text for note in person.notes}
    assert notes["position"] == "Example Officer"
    assert notes["email"] == "a.b@example.org"
    assert notes["reference"] == "KPi.999"
    assert notes["other"] == "NEW_ELEMENT: Something new"


def test_entity(tmp_path: Path) -> None:
    firm = read(write_un(tmp_path)).entities[1]
    assert firm.schema is Schema.ORGANIZATION
    assert [(n.text, n.quality, n.kind) for n in firm.names] == [
        ("FIRST FIRM (FF)", NameQuality.PRIMARY, NameKind.PRIMARY),
        ("SECOND FIRM", NameQuality.STRONG, NameKind.ALIAS),
        ("Old Firm", NameQuality.STRONG, NameKind.FORMER),
    ]
    (address,) = firm.addresses
    assert (address.lines, address.town, address.region, address.country) == (
        ("1 Road",),
        "Goma",
        "North Kivu",
        "CD",
    )


def test_folder_gzip_and_dates(tmp_path: Path) -> None:
    plain = read(write_un(tmp_path))
    (tmp_path / "consolidated.xml").unlink()
    with pytest.raises(IncompleteError, match="no XML file"):
        read(tmp_path)
    (tmp_path / "list.xml.gz").write_bytes(gzip.compress(UN.encode()))
    packed = read(tmp_path, date(2024, 5, 13))
    assert packed.files == plain.files
    assert packed.published_basis == "file"
    with pytest.raises(InputError, match="published on 2024-05-13, not on 2024-05-14"):
        read(tmp_path, date(2024, 5, 14))
    write_un(tmp_path)
    with pytest.raises(InputError, match="2 XML files"):
        read(tmp_path)


def test_file_without_a_date(tmp_path: Path) -> None:
    path = write_un(tmp_path, UN.replace(' dateGenerated="2024-05-13T23:00:00.123Z"', ""))
    assert read(path).published_basis == "assumed"
    assert read(path, date(2024, 5, 1)).published_on == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("1964-07-17", "1964-02-30", "INDIVIDUAL_DATE_OF_BIRTH", "no date"),
        ("1964-07-17", "17.7.1964", "INDIVIDUAL_DATE_OF_BIRTH", "yyyy-mm-dd"),
        ("<YEAR>1965", "<YEAR>65", "INDIVIDUAL_DATE_OF_BIRTH", "no year"),
        ("<TO_YEAR>1962", "<TO_YEAR>1902", "INDIVIDUAL_DATE_OF_BIRTH", "no span"),
        ("2015-07-01-04:00", "2015-17-01", "LISTED_ON", "no date"),
        ("2015-07-01-04:00", "", "LISTED_ON", "missing or empty"),
        (">9001<", "><", "DATAID", "missing or empty"),
        (">9001<", ">x<", "DATAID", "whole number"),
        ("<FIRST_NAME>ALPHA</FIRST_NAME>", "", "INDIVIDUAL", "FIRST_NAME is missing"),
        (">Good<", ">Excellent<", "QUALITY", "none of"),
        (">Al-Fa; Alfa<", ">;<", "ALIAS_NAME", "no letter"),
        (">Al-Fa; Alfa<", ">" + "A" * 1001 + "<", "INDIVIDUAL_ALIAS", "1001 characters"),
    ],
)
def test_bad_record_is_rejected_with_its_line(
    tmp_path: Path, old: str, new: str, field: str, problem: str
) -> None:
    assert UN.count(old) == 1
    publication = read(write_un(tmp_path, UN.replace(old, new)))
    (rejected,) = publication.rejected
    assert rejected.field == field
    assert problem in rejected.problem
    element = UN.rindex(f"<{field}", 0, UN.index(old) + len(old))
    assert rejected.line == UN[:element].count("\n") + 1
    assert publication.counts["entities"] == 1
    assert publication.files[0].records == 2


def test_second_record_with_the_same_id_is_rejected(tmp_path: Path) -> None:
    publication = read(write_un(tmp_path, UN.replace("9002", "9001")))
    assert [(each.record_id, each.field) for each in publication.rejected] == [("9001", "DATAID")]


@pytest.mark.parametrize(
    ("text", "error", "match"),
    [
        ("<OTHER/>", MalformedError, "root element"),
        ("", MalformedError, "no element found"),
        (
            "<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>",
            IncompleteError,
            "section ENTITIES",
        ),
        (
            "<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>",
            MalformedError,
            "holds no record",
        ),
        (UN.replace("2024-05-13T", "13 May "), MalformedError, "date of generation"),
        (UN[: UN.index("<ENTITIES>")], MalformedError, "no element found"),
        (
            "<R>" + UN[UN.index("<INDIVIDUALS>") :].replace("</CONSOLIDATED_LIST>", "</R>"),
            MalformedError,
            "root element",
        ),
    ],
)
def test_what_is_no_list(tmp_path: Path, text: str, error: type[AmurError], match: str) -> None:
    with pytest.raises(error, match=match):
        read(write_un(tmp_path, text))


# --- values --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "words", "number", "rest"),
    [
        ("Afghan passport number SE 012820", "Afghan passport number", "SE 012820", ""),
        ("381110042 (Expired 25 Jan. 2016)", "", "381110042", "(Expired 25 Jan. 2016)"),
        ("96 03 464086", "", "96 03 464086", ""),
        (
            "SSN 156-92-9858 (United States of America)",
            "SSN",
            "156-92-9858",
            "(United States of America)",
        ),
        ("issued in 1993, under another name", "issued in 1993, under another name", "", ""),
        (
            "Moroccan national identity card DE- 473900",
            "Moroccan national identity card DE-",
            "473900",
            "",
        ),
        ("no number at all", "no number at all", "", ""),
        ("", "", "", ""),
    ],
)
def test_split_number(text: str, words: str, number: str, rest: str) -> None:
    assert split_number(text) == (words, number, rest)


def test_documents() -> None:
    ration = read_document(
        {
            "TYPE_OF_DOCUMENT": "National Identification Number",
            "TYPE_OF_DOCUMENT2": "national passport",
            "NUMBER": "8200203535",
            "ISSUING_COUNTRY": "Russian Federation",
            "NOTE": "expired",
        },
        field="f",
    )
    assert isinstance(ration, Identifier)
    assert (ration.kind, ration.country) == (IdentifierKind.PASSPORT, "RU")
    assert ration.note == "(Russian Federation); expired"
    in_type = read_document(
        {
            "TYPE_OF_DOCUMENT": "National Identification Number",
            "TYPE_OF_DOCUMENT2": "Afghan card (tazkira) number 545167",
            "NOTE": "issued in 1974",
        },
        field="f",
    )
    assert isinstance(in_type, Identifier)
    assert (in_type.value, in_type.country, in_type.note) == ("545167", "AF", "issued in 1974")
    in_note = read_document(
        {"TYPE_OF_DOCUMENT": "Passport", "NOTE": "Libyan passport number 347834, issued elsewhere"},
        field="f",
    )
    assert isinstance(in_note, Identifier)
    assert (in_note.value, in_note.note) == ("347834", "issued elsewhere")
    tax = read_document(
        {
            "TYPE_OF_DOCUMENT": "National Identification Number",
            "NOTE": "Italian Fiscal Code: DAOMMD74T11Z352Z",
        },
        field="f",
    )
    assert isinstance(tax, Identifier)
    assert tax.kind is IdentifierKind.TAX
    none = read_document(
        {"TYPE_OF_DOCUMENT": "Birth certificate", "NOTE": "issued for X"}, field="f"
    )
    assert isinstance(none, Note)
    assert none.text == "TYPE_OF_DOCUMENT: Birth certificate; NOTE: issued for X"
    assert read_document({}, field="f") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Nov. 1973", date(1973, 11, 1), date(1973, 11, 30)),
        ("August 1961", date(1961, 8, 1), date(1961, 8, 31)),
        ("Between Aug. and Sep. 1977", date(1977, 8, 1), date(1977, 9, 30)),
        ("30-35 years old", None, None),
        ("Foo 1973", None, None),
        ("Nov. 0000", None, None),
    ],
)
def test_months(text: str, first: date | None, last: date | None) -> None:
    found = find_months(text, field="f")
    assert ((found.earliest, found.latest) if found else (None, None)) == (first, last)


@pytest.mark.parametrize(
    ("text", "note", "names"),
    [
        ("Haji Example (حاجی)", "", [("Haji Example", "alias"), ("حاجی", "original_script")]),
        (
            "حاجی (Haji A; Haji B)",
            "",
            [("حاجی", "original_script"), ("Haji A", "alias"), ("Haji B", "alias")],
        ),
        ("Example (birth name)", "", [("Example", "alias")]),
        ("Example (EX)", "", [("Example (EX)", "alias")]),
        ("Example, born in Kandahar on 01 Jan.1967", "", [("Example", "alias")]),
        ("Amir (original script: Амир)", "", [("Amir", "alias"), ("Амир", "original_script")]),
        ("A b) C; D", "", [("A b) C", "alias"), ("D", "alias")]),
        (") Stray", "", [("Stray", "alias")]),
        (
            "Example (false identity of an example (1))",
            "",
            [("Example (false identity of an example (1))", "alias")],
        ),
        ("A; B (x; y)", "", [("A", "alias"), ("B (x; y)", "alias")]),
        ("Example (previously listed as)", "", [("Example", "former")]),
        ("Example", "formerly listed as", [("Example", "former")]),
        ("Example", "in Arabic: مثال", [("Example", "alias"), ("مثال", "original_script")]),
        ("Example", "born in Syria: Damascus", [("Example", "alias")]),
    ],
)
def test_aliases(text: str, note: str, names: list[tuple[str, str]]) -> None:
    read = read_alias(
        text, quality=NameQuality.STRONG, kind=NameKind.ALIAS, note=note, field="X/ALIAS_NAME"
    )
    assert [(name.text, name.kind.value) for name in read] == names
