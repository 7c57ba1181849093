"""OFAC's delimited files: real publications, variants, and what must be refused."""

from __future__ import annotations

import csv
import gzip
import io
import time
from datetime import date
from pathlib import Path

import pytest

from amur.errors import (
    IncompleteError,
    InputError,
    LimitError,
    MalformedError,
    UnsupportedError,
)
from amur.intake.lists import LISTS, read_publication
from amur.intake.lists.us_ofac_remarks import split_remarks
from amur.model import Entity, IdentifierKind, NameKind, NamePart, NameQuality, Publication, Schema
from tests.intake.lists.samples import ADD, ALT, END, KNOWN_AT, SDN, write_set

LIST = "us-ofac-sdn"


def read(path: Path, published_on: date | None = None) -> Publication:
    return read_publication(LIST, path, published_on=published_on, known_at=KNOWN_AT)


def find(publication: Publication, record_id: str) -> Entity:
    return next(each for each in publication.entities if each.source.record_id == record_id)


# --- real files ----------------------------------------------------------------------------------
def test_native_set_of_2021_counts_and_speed(corpora: Path) -> None:
    started = time.perf_counter()
    publication = read(corpora / "us-ofac-legacy-csv" / "commit-2021-07-07-full")
    assert time.perf_counter() - started < 10  # about 0.7 s; a bound that only a blow-up breaks
    assert publication.counts == {
        "entities": 8976,
        "aliases": 11910,
        "address_rows": 13837,
        "addresses": 11440,
    }
    assert publication.rejected == ()
    assert [(each.name, each.records) for each in publication.files] == [
        ("sdn.csv", 8976),
        ("add.csv", 13837),
        ("alt.csv", 11910),
    ]
    kinds = [note.kind for entity in publication.entities for note in entity.notes]
    remarks = 32_700
    assert kinds.count("other") / remarks < 0.005
    # Five columns are full, and no sdn_comments.csv continues them.
    assert kinds.count("truncated") == 5
    weak = [
        name
        for entity in publication.entities
        for name in entity.names
        if name.quality is NameQuality.WEAK
    ]
    assert len(weak) > 2000
    assert all(entity.names[0].quality is NameQuality.PRIMARY for entity in publication.entities)
    assert sum(len(entity.addresses) for entity in publication.entities) == 11440


def test_every_statement_of_2021_is_kept(corpora: Path) -> None:
    """Each remark statement ends in exactly one fact: none is dropped, none counted twice."""
    folder = corpora / "us-ofac-legacy-csv" / "commit-2021-07-07-full"
    publication = read(folder)
    rows = csv.reader(
        io.StringIO(
            gzip.decompress((folder / "sdn.csv.gz").read_bytes()).decode().rstrip("\x1a"),
            newline="",
        )
    )
    statements = {
        row[0]: 0 if row[11].strip() == "-0-" else len(split_remarks(row[11])) for row in rows
    }
    assert sum(statements.values()) == 32_700
    for entity in publication.entities:
        fields = [
            *(each.field for each in entity.births),
            *(each.field for each in entity.notes),
            *(each.field for each in entity.names),
            *(each.field for each in entity.links),
            *(each.field for each in entity.identifiers),
            *(each.field for each in entity.birth_places),
            *(each.field for each in entity.countries if each.kind != "birth"),
        ]
        facts = sum(field.startswith("sdn.csv/Remarks") for field in fields)
        facts += entity.gender != ""
        assert facts == statements[entity.source.record_id]


def test_set_of_mixed_dates_is_refused_and_the_odd_file_named(corpora: Path) -> None:
    with pytest.raises(MalformedError, match=r"10 rows of sdn_comments\.csv .* ent_num 17018") as e:
        read(corpora / "us-ofac-legacy-csv" / "commit-2019-01-04-full")
    assert e.value.line == 4


def test_same_set_without_the_odd_file_reads(corpora: Path, tmp_path: Path) -> None:
    for path in (corpora / "us-ofac-legacy-csv" / "commit-2019-01-04-full").glob("*.gz"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    publication = read(tmp_path)
    assert publication.counts["entities"] == 7379
    assert publication.rejected == ()


@pytest.mark.parametrize(
    "folder", ["commit-2024-01-08", "commit-2025-01-03", "commit-2025-01-06", "commit-2025-12-24"]
)
def test_sets_without_primary_names_are_refused(corpora: Path, folder: str) -> None:
    with pytest.raises(IncompleteError, match=r"incomplete: sdn\.csv missing"):
        read(corpora / "us-ofac-legacy-csv" / folder)


def test_altered_set_of_2023(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "us-ofac-legacy-csv" / "commit-2023-01-21"
    with pytest.raises(IncompleteError, match=r"incomplete: alt\.csv missing"):
        read(folder)
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "ALT.CSV").write_text("ent_num,alt_num,alt_type,alt_name,alt_remarks\n\x1a\n")
    publication = read(tmp_path)
    assert publication.rejected == ()
    assert publication.counts["entities"] == 11_443
    assert publication.counts["addresses"] == 13_835 - 1  # the header is no address


# --- the join ------------------------------------------------------------------------------------
def test_small_set(tmp_path: Path) -> None:
    publication = read(write_set(tmp_path))
    assert publication.rejected == ()
    assert publication.counts == {"entities": 3, "aliases": 3, "address_rows": 3, "addresses": 2}
    firm, person, vessel = publication.entities
    assert firm.schema is Schema.ORGANIZATION
    assert firm.primary_name == "EXAMPLE BANK, LTD."
    assert firm.programmes == ("NPWMD", "IFSR")
    assert [(each.text, each.kind) for each in firm.names[1:]] == [
        ("EXAMPLE SAVINGS BANK", NameKind.FORMER)
    ]
    assert [(each.kind, each.value, each.country) for each in firm.identifiers] == [
        (IdentifierKind.BIC, "EXMPRUMM", ""),
        (IdentifierKind.TAX, "7700000000", "RU"),
    ]
    assert firm.links[0].name == "SAMPLE HOLDING, S.A."
    assert firm.addresses[0].lines == ("1 Example Street",)
    assert firm.addresses[0].country == "RU"
    assert person.primary_name == "Ivan Petrovich TESTOV"
    assert person.names[0].parts == (
        (NamePart.FAMILY, "TESTOV"),
        (NamePart.GIVEN, "Ivan Petrovich"),
    )
    assert [(each.text, each.quality) for each in person.names[1:]] == [
        ("Ivan TESTOW", NameQuality.STRONG),
        ("Ivan IVANOV", NameQuality.STRONG),
        ("SHORTY", NameQuality.WEAK),
    ]
    assert person.names[1].field == "alt.csv/alt_name"
    assert person.addresses == ()
    assert person.gender == "male"
    assert [birth.circa for birth in person.births] == [False, True]
    assert person.births[0].field == "sdn.csv/Remarks: DOB"
    assert person.identifiers[0].note == "issued 01 Jan 2010 expires 01 Jan 2020"
    assert {(each.kind, each.country) for each in person.countries} == {
        ("birth", "BY"),
        ("nationality", "RU"),
    }
    assert vessel.schema is Schema.VESSEL
    assert [(each.kind, each.value) for each in vessel.identifiers] == [
        (IdentifierKind.CALL_SIGN, "CL0001"),
        (IdentifierKind.IMO, "9000001"),
    ]
    assert vessel.countries[0].kind == "flag"
    assert vessel.countries[0].country == "CU"
    assert vessel.links[0].kind == "vessel_owner"
    assert [(each.kind, each.text) for each in vessel.notes] == [
        ("vessel_type", "Tug"),
        ("tonnage", "1,200"),
        ("gross_tonnage", "212"),
    ]


def test_dates_of_the_publication(tmp_path: Path) -> None:
    folder = write_set(tmp_path)
    given = read(folder, date(2024, 5, 14))
    assert (given.published_on, given.published_basis) == (date(2024, 5, 14), "given")
    assert given.entities[0].source.published_on == date(2024, 5, 14)
    assumed = read(folder)
    assert (assumed.published_on, assumed.published_basis) == (date(2024, 5, 16), "assumed")


def test_copies_passed_on_read_the_same(tmp_path: Path) -> None:
    native = read(write_set(tmp_path))
    other = tmp_path / "copy"
    other.mkdir()
    header = "ID,Name,Type,Program,Title,F,G,H,I,J,K,Details\n"
    (other / "SDN.csv.gz").write_bytes(
        gzip.compress(("\ufeff" + header + SDN.replace("-0- ", "").replace("\r\n", "\n")).encode())
    )
    (other / "sdn_address.CSV").write_text(
        "id,num,a,c,n,r\n" + ADD.replace("\r\n", "\n") + ",,,,,\n", newline=""
    )
    (other / "alt.csv").write_text(ALT.replace("\r\n", "\n").rstrip(), newline="")
    copy = read(other / "SDN.csv.gz")
    assert copy.rejected == ()
    assert copy.counts == native.counts
    assert [each.names for each in copy.entities] == [each.names for each in native.entities]
    assert [each.identifiers for each in copy.entities] == [
        each.identifiers for each in native.entities
    ]


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("Passport A0123456 (Ir", "an); MMSI 123456789."),
        ("Passport A0123456 (Iran);", " MMSI 123456789."),
        ("Passport A0123456 (Iran); ", "MMSI 123456789."),
        ("Passport A0123456 ", "(Iran); MMSI 123456789."),
    ],
)
def test_cut_remark_continues_without_a_blank(tmp_path: Path, first: str, rest: str) -> None:
    start = "Website " + "x" * (1000 - 8 - 2 - len(first)) + "; " + first
    assert len(start) == 1000
    sdn = SDN.replace("Vessel Registration Identification IMO 9000001.", start)
    whole = read(write_set(tmp_path, sdn=sdn + END, comments=f'103,"{rest}"\r\n' + END))
    assert whole.rejected == ()
    _, passport, mmsi = find(whole, "103").identifiers
    assert (passport.value, passport.country) == ("A0123456", "IR")
    assert mmsi.kind is IdentifierKind.MMSI
    (tmp_path / "sdn_comments.csv").unlink()
    cut = find(read(tmp_path), "103")
    assert [each.kind for each in cut.identifiers] == [IdentifierKind.CALL_SIGN]
    assert "truncated" in [note.kind for note in cut.notes]


# --- refusals ------------------------------------------------------------------------------------
@pytest.mark.parametrize("missing", ["sdn", "add", "alt"])
def test_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    write_set(tmp_path)
    (tmp_path / f"{missing}.csv").unlink()
    with pytest.raises(IncompleteError, match=rf"incomplete: {missing}\.csv missing"):
        read(tmp_path)


def test_orphan_alias_refuses_the_set(tmp_path: Path) -> None:
    write_set(tmp_path, alt=ALT + '999,14,"aka","STRANGER",-0- \r\n' + END)
    with pytest.raises(MalformedError, match=r"1 rows of alt\.csv .* ent_num 999") as caught:
        read(tmp_path)
    assert caught.value.line == 4
    assert "STRANGER" not in str(caught.value)


def test_cut_sdn_is_named_as_the_odd_file(tmp_path: Path) -> None:
    lines = SDN.splitlines(keepends=True)
    write_set(tmp_path, sdn="".join(lines[:1]) + END)
    with pytest.raises(MalformedError, match=r"sdn\.csv lacks 2 parties that add\.csv and alt"):
        read(tmp_path)


def test_cut_add_is_refused(tmp_path: Path) -> None:
    write_set(tmp_path, add="".join(ADD.splitlines(keepends=True)[:2]) + END)
    with pytest.raises(MalformedError, match=r"add\.csv has no row for 1 parties.*ent_num 103"):
        read(tmp_path)


def test_file_without_its_end_mark_among_marked_ones_is_refused(tmp_path: Path) -> None:
    write_set(tmp_path, alt=ALT)
    with pytest.raises(MalformedError, match=r"alt\.csv does not end with the mark 0x1A"):
        read(tmp_path)
    write_set(tmp_path, sdn=SDN, add=ADD, alt=ALT)
    assert read(tmp_path).rejected == ()


def test_orphans_of_an_unreadable_party_are_rejected_one_by_one(tmp_path: Path) -> None:
    publication = read(write_set(tmp_path, sdn=SDN.replace("103,", "X03,") + END))
    assert [(each.file, each.line, each.field) for each in publication.rejected] == [
        ("sdn.csv", 3, "ent_num"),
        ("add.csv", 3, "ent_num"),
    ]
    assert publication.counts["entities"] == 2


BAD_SDN = [
    ('101,"EXAMPLE', 'x101,"EXAMPLE', 1, "ent_num", "not a whole number"),
    ('102,"TESTOV', '101,"TESTOV', 2, "ent_num", "earlier row"),
    ('"BLUE TEST"', "-0- ", 3, "SDN_Name", "empty"),
    ('"BLUE TEST"', '"..."', 3, "SDN_Name", "no letter"),
    ('"vessel"', '"submarine"', 3, "SDN_Type", "none of"),
    ("07 Oct 1952", "31 Feb 1952", 2, "sdn.csv/Remarks: DOB", "date cannot be"),
    ("07 Oct 1952", "07 Oxt 1952", 2, "sdn.csv/Remarks: DOB", "no such month"),
    ("07 Oct 1952", "1955 to 1950", 2, "sdn.csv/Remarks: DOB", "before its beginning"),
    ("07 Oct 1952", "0000", 2, "sdn.csv/Remarks: DOB", "date cannot be"),
    ('"Tug",', '"Tug",7,', 3, "", "13 columns where 12"),
    ('"Tug",', "", 3, "", "11 columns where 12"),
    ('"Tug",', '"Tug,', 3, "", "comma-separated"),
    ('"Tug",', '"Tug\x19",', 3, "", "control character 0x19"),
    ('"Tug",', '"Tug\udcff",', 3, "", "byte 0xFF"),
    ('"BLUE TEST"', '"' + "B" * 1001 + '"', 3, "SDN_Name", "1001 characters"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "problem"), BAD_SDN)
def test_bad_row_is_rejected_with_its_line(
    tmp_path: Path,
    old: str,
    new: str,
    line: int,
    field: str,
    problem: str,
) -> None:
    assert old in SDN
    add, alt = ADD, ALT
    if new.startswith(("x101", "101")):
        gone = "101" if new.startswith("x") else "102"
        add = "".join(row for row in ADD.splitlines(True) if not row.startswith(gone))
        alt = "".join(row for row in ALT.splitlines(True) if not row.startswith(gone))
    publication = read(
        write_set(tmp_path, sdn=SDN.replace(old, new, 1) + END, add=add + END, alt=alt + END)
    )
    assert len(publication.rejected) == 1
    rejected = publication.rejected[0]
    assert (rejected.file, rejected.line, rejected.field) == ("sdn.csv", line, field)
    assert problem in rejected.problem
    assert publication.counts["entities"] == 2
    assert publication.files[0].records == 3


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('"aka"', '"xka"', 2, "alt_type"),
        ('"TESTOW, Ivan"', "-0- ", 2, "alt_name"),
        ("102,13,", "102,12,", 3, "alt_num"),
        ("102,13,", "102,x,", 3, "alt_num"),
    ],
)
def test_bad_alias_is_rejected(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    publication = read(write_set(tmp_path, alt=ALT.replace(old, new, 1) + END))
    assert [(each.file, each.line, each.field) for each in publication.rejected] == [
        ("alt.csv", line, field)
    ]
    assert publication.counts["aliases"] == 2
    assert publication.counts["entities"] == 3


def test_rows_behind_the_end_mark_are_rejected(tmp_path: Path) -> None:
    more = ALT.splitlines(keepends=True)[0].replace(",11,", ",15,")
    publication = read(write_set(tmp_path, alt=ALT + END + "\r\n" + more))
    assert [(each.file, each.line) for each in publication.rejected] == [("alt.csv", 5)]


def test_letters_beyond_ascii_are_allowed(tmp_path: Path) -> None:
    publication = read(write_set(tmp_path, sdn=SDN.replace("TESTOV", "TÉSTOV") + END))
    assert publication.rejected == ()
    assert publication.entities[1].primary_name == "Ivan Petrovich TÉSTOV"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html><body>404</body></html>",
        END,
        "\x00\x01",
        "\ufeff",
        '1,2,"aka"\r\n' * 3,
        "not a list at all\n" * 10,
    ],
)
def test_file_of_another_kind_is_an_error(tmp_path: Path, content: str) -> None:
    write_set(tmp_path)
    (tmp_path / "sdn.csv").write_bytes(content.encode())
    with pytest.raises(InputError):
        read(tmp_path)


def test_utf_16_is_named(tmp_path: Path) -> None:
    write_set(tmp_path)
    (tmp_path / "sdn.csv").write_bytes(SDN.encode("utf-16"))
    with pytest.raises(MalformedError, match="not ASCII or UTF-8"):
        read(tmp_path)


def test_swapped_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match=r"no record is in the format of add\.csv"):
        read(write_set(tmp_path, add=ALT + END, alt=ADD + END))


def test_both_plain_and_gzip_is_ambiguous(tmp_path: Path) -> None:
    write_set(tmp_path)
    (tmp_path / "sdn.csv.gz").write_bytes(gzip.compress(SDN.encode()))
    with pytest.raises(InputError, match=r"several files for sdn\.csv"):
        read(tmp_path)


def test_other_paths(tmp_path: Path) -> None:
    with pytest.raises(IncompleteError, match="no such file"):
        read(tmp_path / "nothing")
    (tmp_path / "list.txt").write_text("x")
    with pytest.raises(UnsupportedError, match="none of the delimited files"):
        read(tmp_path / "list.txt")
    with pytest.raises(UnsupportedError, match="no reader for the list"):
        read_publication("xx", tmp_path, published_on=None, known_at=KNOWN_AT)
    assert set(LISTS) == {"us-ofac-sdn", "un-sc"}


def test_damaged_gzip_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path)
    packed = gzip.compress(SDN.encode() * 50)
    (tmp_path / "sdn.csv").write_bytes(packed[:-20])
    with pytest.raises(MalformedError, match="damaged or cut short"):
        read(tmp_path)
    (tmp_path / "sdn.csv").write_bytes(packed)
    monkeypatch.setattr("amur.limits.LIST_FILE_BYTES_MAX", 1000)
    with pytest.raises(LimitError, match="limit 1000 bytes"):
        read(tmp_path)


def test_endless_line_is_a_limit_error(tmp_path: Path) -> None:
    write_set(tmp_path)
    (tmp_path / "sdn.csv").write_bytes(b"1," + b"x" * 3_000_000)
    with pytest.raises(LimitError, match="line is too long"):
        read(tmp_path)


def test_too_many_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amur.limits.LIST_RECORDS_MAX", 2)
    with pytest.raises(LimitError, match="too many records"):
        read(write_set(tmp_path))
