"""The grammar of OFAC's Remarks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.intake.lists.us_ofac_dates import read_date
from amur.intake.lists.us_ofac_names import read_name
from amur.intake.lists.us_ofac_remarks import (
    RemarkError,
    Remarks,
    read_remarks,
    split_remarks,
)
from amur.model import IdentifierKind as Kind
from amur.model import NameKind, NameQuality, Schema


def read(text: str, schema: Schema = Schema.PERSON) -> Remarks:
    return read_remarks(text, schema=schema)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "circa"),
    [
        ("07 Oct 1952", date(1952, 10, 7), date(1952, 10, 7), False),
        ("Sep 1970", date(1970, 9, 1), date(1970, 9, 30), False),
        ("Feb 1972", date(1972, 2, 1), date(1972, 2, 29), False),
        ("1962", date(1962, 1, 1), date(1962, 12, 31), False),
        ("circa 1958", date(1958, 1, 1), date(1958, 12, 31), True),
        ("circa 05 Mar 1958", date(1958, 3, 5), date(1958, 3, 5), True),
        ("1955 to 1957", date(1955, 1, 1), date(1957, 12, 31), False),
        ("circa 1979-1982", date(1979, 1, 1), date(1982, 12, 31), True),
        ("01 Jan 1960 to 31 Dec 1965", date(1960, 1, 1), date(1965, 12, 31), False),
        ("Jan 1960 to Feb 1960", date(1960, 1, 1), date(1960, 2, 29), False),
    ],
)
def test_dates(text: str, earliest: date, latest: date, circa: bool) -> None:
    read = read_date(text, field="f")
    assert read is not None
    assert (read.earliest, read.latest, read.circa, read.text) == (earliest, latest, circa, text)


@pytest.mark.parametrize("text", ["in the 1960s", "", "1962?", "7.10.1952", "1952-10-07"])
def test_other_words_are_no_date(text: str) -> None:
    assert read_date(text, field="f") is None
    remarks = read(f"DOB {text}." if text else "DOB.")
    assert remarks.births == []
    assert [note.kind for note in remarks.notes] == ["other"]


@pytest.mark.parametrize(
    "text", ["31 Feb 1960", "00 Jan 1960", "01 Foo 1960", "0000", "1960 to 1959"]
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(RemarkError, match="cannot be"):
        read(f"Gender Male; DOB {text}.")


@pytest.mark.parametrize(
    ("statement", "kind", "value", "country", "label", "note"),
    [
        (
            "Passport A0123456 (Iran) expires 01 Jan 2020",
            Kind.PASSPORT,
            "A0123456",
            "IR",
            "Passport",
            "expires 01 Jan 2020",
        ),
        ("alt. Passport 12 34 (Korea, North)", Kind.PASSPORT, "12 34", "KP", "Passport", ""),
        (
            "Diplomatic Passport 008827 (Iran) issued 1999",
            Kind.PASSPORT,
            "008827",
            "IR",
            "Diplomatic Passport",
            "issued 1999",
        ),
        (
            "Passport K754050 issued 26 May 1999 expires 25 May 2004",
            Kind.PASSPORT,
            "K754050",
            "",
            "Passport",
            "issued 26 May 1999 expires 25 May 2004",
        ),
        (
            "National ID No. 12345 (Congo, Democratic Republic of the)",
            Kind.NATIONAL_ID,
            "12345",
            "CD",
            "National ID No.",
            "",
        ),
        ("Cedula No. 16247821 (Colombia)", Kind.NATIONAL_ID, "16247821", "CO", "Cedula No.", ""),
        (
            "C.U.R.P. GAMR501027HSLXDG00 (Mexico)",
            Kind.NATIONAL_ID,
            "GAMR501027HSLXDG00",
            "MX",
            "C.U.R.P.",
            "",
        ),
        ("R.F.C. DIB-771110-HQ1 (Mexico)", Kind.TAX, "DIB-771110-HQ1", "MX", "R.F.C.", ""),
        ("NIT # 800146749-7 (Colombia)", Kind.TAX, "800146749-7", "CO", "NIT #", ""),
        ("RUC # 20108363101 (Peru)", Kind.TAX, "20108363101", "PE", "RUC #", ""),
        ("Tax ID No. 7744001497 (Russia)", Kind.TAX, "7744001497", "RU", "Tax ID No.", ""),
        (
            "Registration Number 1027700167110 (Russia)",
            Kind.REGISTRATION,
            "1027700167110",
            "RU",
            "Registration Number",
            "",
        ),
        (
            "Legal Entity Number 253400WSS48YWMBUA688",
            Kind.LEI,
            "253400WSS48YWMBUA688",
            "",
            "Legal Entity Number",
            "",
        ),
        (
            "Legal Entity Number 851683897 (Netherlands)",
            Kind.REGISTRATION,
            "851683897",
            "NL",
            "Legal Entity Number",
            "",
        ),
        ("D-U-N-S Number 542957624", Kind.OTHER, "542957624", "", "D-U-N-S Number", ""),
        ("SWIFT/BIC GAZPRUMM", Kind.BIC, "GAZPRUMM", "", "SWIFT/BIC", ""),
        (
            "Vessel Registration Identification IMO 9187629",
            Kind.IMO,
            "9187629",
            "",
            "Vessel Registration Identification IMO",
            "",
        ),
        (
            "Vessel Registration Identification IMO  8730455",
            Kind.IMO,
            "8730455",
            "",
            "Vessel Registration Identification IMO",
            "",
        ),
        (
            "Identification Number IMO 5342883",
            Kind.IMO,
            "5342883",
            "",
            "Identification Number IMO",
            "",
        ),
        (
            "Identification Number 2181558",
            Kind.NATIONAL_ID,
            "2181558",
            "",
            "Identification Number",
            "",
        ),
        ("MMSI 572469210", Kind.MMSI, "572469210", "", "MMSI", ""),
        (
            "alt. Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBoz",
            Kind.WALLET,
            "1Kuf2Rd8mDyAViwBoz",
            "",
            "XBT",
            "",
        ),
        (
            "Aircraft Manufacturer's Serial Number (MSN) 1023409321",
            Kind.SERIAL_NUMBER,
            "1023409321",
            "",
            "Aircraft Manufacturer's Serial Number (MSN)",
            "",
        ),
        ("Aircraft Tail Number N200VR", Kind.TAIL_NUMBER, "N200VR", "", "Aircraft Tail Number", ""),
        # A label nobody has seen, told by its last word.
        (
            "Lunar Colony Permit No. 77-A (Peru)",
            Kind.OTHER,
            "77-A",
            "PE",
            "Lunar Colony Permit No.",
            "",
        ),
    ],
)
def test_identifiers(
    statement: str, kind: Kind, value: str, country: str, label: str, note: str
) -> None:
    remarks = read(f"{statement}; Gender Female.")
    assert remarks.notes == []
    (found,) = remarks.identifiers
    assert (found.kind, found.value, found.country, found.label, found.note) == (
        kind,
        value,
        country,
        label,
        note,
    )


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (
            "Additional Sanctions Information - Subject to Secondary Sanctions",
            "secondary_sanctions",
        ),
        ("Secondary sanctions risk: section 1(b) of Executive Order 13224", "secondary_sanctions"),
        ("Executive Order 13662 Directive Determination - Subject to Directive 4", "directive"),
        ("Listing Date (EO 14024 Directive 3): 24 Feb 2022", "listing_date"),
        ("Effective Date (EO 14024 Directive 3): 26 Mar 2022", "effective_date"),
        ("Website www.example.org", "website"),
        ("alt. Email Address a@example.org", "email"),
        ("Phone Number 982188526300", "phone"),
        ("Organization Established Date 1990", "established"),
        ("Organization Type: Real estate", "organization_type"),
        ("Aircraft Model IL76-TD", "aircraft_model"),
        ("Member of the Example Assembly", "position"),
        ("something nobody foresaw", "other"),
        ("Passports of several kinds", "other"),
        ("Passport issued in Sarajevo", "other"),
    ],
)
def test_notes_keep_the_words(statement: str, kind: str) -> None:
    remarks = read(f"{statement}.")
    assert [(note.kind, note.text) for note in remarks.notes] == [(kind, statement)]
    assert remarks.identifiers == []


def test_position_words_count_for_persons_only() -> None:
    assert read("Member of it.", Schema.VESSEL).notes[0].kind == "other"


def test_aliases_links_and_flags() -> None:
    remarks = read(
        "a.k.a. 'SHORT, Very'; f.k.a. 'O'OLD'; (Linked To: FIRST); "
        "Linked To: CORPS (IRGC); Former Vessel Flag Malta; alt. citizen Burma; "
        "Aircraft Operator YAS AIR."
    )
    assert [(name.text, name.quality, name.kind) for name in remarks.names] == [
        ("Very SHORT", NameQuality.WEAK, NameKind.ALIAS),
        ("O'OLD", NameQuality.WEAK, NameKind.FORMER),
    ]
    assert [(link.kind, link.name) for link in remarks.links] == [
        ("linked_to", "FIRST"),
        ("linked_to", "CORPS (IRGC)"),
        ("aircraft_operator", "YAS AIR"),
    ]
    assert [(each.kind, each.country) for each in remarks.countries] == [
        ("former_flag", "MT"),
        ("citizenship", "MM"),
    ]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Leningrad, Russia", "RU"),
        ("Pyongyang, Korea, North", "KP"),
        ("Shati", None),
        ("Simferopol, Crimea", None),
        ("Kinshasa, Congo, Democratic Republic of the", "CD"),
    ],
)
def test_birth_places(place: str, country: str | None) -> None:
    remarks = read(f"POB {place}.")
    assert [note.text for note in remarks.birth_places] == [place]
    assert [each.country for each in remarks.countries] == ([country] if country else [])


def test_semicolon_in_parentheses_does_not_separate() -> None:
    text = "Gender Male; (Data of a passport: Alt. DOB: 1969; nationality: X; ID 12); MMSI 1."
    assert split_remarks(text) == [
        "Gender Male",
        "(Data of a passport: Alt. DOB: 1969; nationality: X; ID 12)",
        "MMSI 1",
    ]
    # An unclosed parenthesis swallows nothing.
    assert split_remarks("(open; MMSI 1.") == ["(open", "MMSI 1"]


def test_final_stop() -> None:
    assert split_remarks("Linked To: FIRM, S.A.") == ["Linked To: FIRM, S.A."]
    assert split_remarks("Linked To: FIRM.") == ["Linked To: FIRM"]
    assert split_remarks("") == []


@pytest.mark.parametrize(
    ("schema", "text", "natural"),
    [
        (Schema.PERSON, "PUTIN, Vladimir Vladimirovich", "Vladimir Vladimirovich PUTIN"),
        (Schema.PERSON, "DELOS REYES, Feliciano, Jr.", "Feliciano DELOS REYES, Jr."),
        (Schema.PERSON, "TESTER, JR., Adam", "Adam TESTER, JR."),
        (Schema.PERSON, "ABU EXAMPLE", "ABU EXAMPLE"),
        (Schema.PERSON, "ABU,", "ABU,"),
        (Schema.ORGANIZATION, "ANGLO-CARIBBEAN CO., LTD.", "ANGLO-CARIBBEAN CO., LTD."),
        (Schema.VESSEL, "STAR, THE", "STAR, THE"),
    ],
)
def test_names(schema: Schema, text: str, natural: str) -> None:
    name = read_name(
        text, schema=schema, quality=NameQuality.PRIMARY, kind=NameKind.PRIMARY, field="f"
    )
    assert name.text == natural


@given(st.text(max_size=200), st.sampled_from(list(Schema)), st.booleans())
def test_any_text_reads_or_is_a_named_error(text: str, schema: Schema, cut: bool) -> None:
    try:
        remarks = read_remarks(text, schema=schema, cut=cut)
    except RemarkError:
        return
    kept = (
        len(remarks.births)
        + len(remarks.birth_places)
        + len(remarks.identifiers)
        + len(remarks.links)
        + len(remarks.names)
        + len(remarks.notes)
        + sum(each.kind != "birth" for each in remarks.countries)
        + bool(remarks.gender)
    )
    assert kept <= len(split_remarks(text))
    if not remarks.gender:
        assert kept == len(split_remarks(text))
