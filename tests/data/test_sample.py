"""The sample and the hand-kept tables keep their shape and hold what the demonstration tells."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from amur.model import Action, Effect, Verdict
from amur.policy import ReasonCode

DATA = Path(str(resources.files("amur"))) / "data"
SAMPLE = DATA / "sample"
SEASONS = ("2024-spring", "2024-autumn")
NOTICE = "not for compliance use"
COLUMNS = {"sdn": 12, "add": 6, "alt": 5, "sdn_comments": 2}
DAYS = ("2024_05_16", "2024_11_22")
STORY = (
    "soybeans",
    "furniture-listed-bank-cny",
    "furniture-listed-bank-usd",
    "gas-unlisted-bank",
    "gas-listed-bank",
    "cyrillic-debtor",
    "transliteration",
    "common-name-birth-far",
    "common-name-no-birth",
    "branch-bic",
    "vessel-imo-usd",
    "listed-name-in-text",
    "chinese-script",
    "lathes-hs-code",
    "resubmitted-one-letter",
    "identification-reused",
    "iran-address-cny",
    "north-korea-address",
    "weak-alias",
    "un-listed-party",
    "passport",
    "wallet-usd",
    "ultimate-creditor-usd",
    "initiating-party",
    "lookalike-company",
    "lookalike-street",
)
ACTIONS = {
    Verdict.CLEAR: {Action.RELEASE},
    Verdict.REVIEW: {Action.HOLD},
    Verdict.STOP: {Action.DECLINE, Action.REJECT, Action.FREEZE},
}


def read_ofac(season: str, table: str) -> list[list[str]]:
    raw = (SAMPLE / "lists" / season / "us-ofac-sdn" / f"{table}.csv").read_bytes()
    assert raw.endswith(b"\x1a")
    text = raw[:-1].decode("ascii")
    assert text.count("\n") == text.count("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {COLUMNS[table]}
    return rows


def read_un(season: str) -> ET.Element:
    return ET.parse(SAMPLE / "lists" / season / "un-sc" / "consolidated.xml").getroot()


def read_table(name: str) -> list[dict[str, str]]:
    lines = (DATA / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_expected() -> list[dict[str, str]]:
    with (SAMPLE / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imo_is_valid(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False))
    return total % 10 == int(number[6])


@pytest.mark.parametrize("season", SEASONS)
def test_ofac_tables_are_in_the_publishers_form(season: str) -> None:
    entries = {row[0]: row for row in read_ofac(season, "sdn")}
    assert len(entries) >= 150
    assert {row[2].strip() for row in entries.values()} == {
        "-0-",
        "individual",
        "vessel",
        "aircraft",
    }
    for table in ("add", "alt", "sdn_comments"):
        assert {row[0] for row in read_ofac(season, table)} <= set(entries)
    assert {row[0] for row in read_ofac(season, "add")} == set(entries)
    raw = (SAMPLE / "lists" / season / "us-ofac-sdn" / "sdn.csv").read_bytes()
    assert b",-0- ," in raw
    assert b'"-0-' not in raw


@pytest.mark.parametrize("season", SEASONS)
def test_long_remarks_are_cut_at_1000_characters_inside_a_word(season: str) -> None:
    remarks = {row[0]: row[11] for row in read_ofac(season, "sdn")}
    rest = dict(read_ofac(season, "sdn_comments"))
    assert rest
    for record, tail in rest.items():
        assert len(remarks[record]) == 1_000
        assert remarks[record][-1].isalnum()
        assert tail[0].isalnum()
    assert all(len(text) < 1_000 for record, text in remarks.items() if record not in rest)


@pytest.mark.parametrize("season", SEASONS)
def test_ships_carry_a_valid_imo_number(season: str) -> None:
    ships = [row for row in read_ofac(season, "sdn") if row[2] == "vessel"]
    assert len(ships) >= 10
    for ship in ships:
        found = re.search(r"Vessel Registration Identification IMO ([0-9]{7})\b", ship[11])
        assert found is not None, ship[0]
        assert imo_is_valid(found[1]), ship[0]


def test_the_check_digit_rule_can_fail() -> None:
    assert imo_is_valid("9339301")
    assert not imo_is_valid("9339302")


def test_gazprombank_is_on_the_autumn_list_only() -> None:
    spring = {row[0] for row in read_ofac("2024-spring", "sdn")}
    autumn = {row[0]: row for row in read_ofac("2024-autumn", "sdn")}
    assert "17016" not in spring
    assert "SWIFT/BIC GAZPRUMM" in autumn["17016"][11]
    raw = (SAMPLE / "lists/2024-spring/us-ofac-sdn/sdn.csv").read_bytes()
    assert b"GAZPRUMM" not in raw
    assert {"17013", "17018", "34656", "17015", "34737", "34497", "18784", "17260"} <= spring
    assert spring - set(autumn) == {"18293", "38800"}
    assert len(set(autumn) - spring) >= 10


def test_the_sample_holds_all_kinds_of_facts() -> None:
    rows = read_ofac("2024-spring", "sdn")
    tags = Counter(tag for row in rows for tag in row[3].split("] ["))
    assert set(tags) >= {
        "RUSSIA-EO14024",
        "IRAN",
        "CUBA",
        "SYRIA",
        "SDNTK",
        "SDGT",
        "NPWMD",
        "DPRK4",
    }
    words = " ".join(row[11] for row in rows)
    for mark in (
        "DOB ",
        "POB ",
        "Passport ",
        "Gender Male",
        "Gender Female",
        "a.k.a. '",
        "Linked To: ",
        "Digital Currency Address - XBT ",
        "Secondary sanctions risk: ",
        "Aircraft ",
        "SWIFT/BIC ",
    ):
        assert mark in words, mark
    assert {row[2] for row in read_ofac("2024-spring", "alt")} >= {"aka", "fka"}


@pytest.mark.parametrize(
    ("season", "generated"), [("2024-spring", "2024-05-13"), ("2024-autumn", "2024-11-20")]
)
def test_un_list_is_in_the_publishers_form(season: str, generated: str) -> None:
    root = read_un(season)
    assert root.attrib["dateGenerated"].startswith(f"{generated}T")
    entries = [*root.findall("INDIVIDUALS/INDIVIDUAL"), *root.findall("ENTITIES/ENTITY")]
    assert len(entries) >= 40
    for field in ("DATAID", "REFERENCE_NUMBER"):
        values = [entry.findtext(field) for entry in entries]
        assert all(values)
        assert len(set(values)) == len(values)
    days = [entry.findtext("LISTED_ON", "") for entry in entries]
    days += [
        value.text or "" for entry in entries for value in entry.findall("LAST_DAY_UPDATED/VALUE")
    ]
    assert all(date.fromisoformat(day) <= date.fromisoformat(generated) for day in days)
    qualities = {node.text for node in root.iter("QUALITY")}
    assert {"Good", "Low", "a.k.a.", "f.k.a."} <= qualities
    scripts = "".join(node.text or "" for node in root.iter("NAME_ORIGINAL_SCRIPT"))
    names = "".join(node.text or "" for node in root.iter("ALIAS_NAME"))
    assert re.search("[\u0600-\u06ff]", scripts)
    assert re.search("[\u0400-\u04ff]", scripts)
    assert re.search("[\u4e00-\u9fff]", names)
    assert root.find(".//FOURTH_NAME") is not None
    assert root.find(".//INDIVIDUAL_DOCUMENT/NUMBER") is not None


def test_un_list_grows_from_spring_to_autumn() -> None:
    spring, autumn = (
        {node.text for node in read_un(season).iter("REFERENCE_NUMBER")} for season in SEASONS
    )
    assert spring < autumn
    assert "HTi.007" in autumn - spring


def test_expected_and_payments_name_the_same_files() -> None:
    files = sorted(path.name for path in (SAMPLE / "payments").iterdir())
    listed = [row["file"] for row in read_expected()]
    assert listed == files
    assert len(files) >= 24
    slugs = {name[3:].rsplit(".", 1)[0] for name in files}
    assert set(STORY) <= slugs
    assert all(re.fullmatch(r"[0-9]{2}-[a-z0-9-]+\.(xml|fin)", name) for name in files)


@pytest.mark.parametrize("row", read_expected(), ids=lambda row: row["file"])
def test_expected_rows_are_valid(row: dict[str, str]) -> None:
    assert None not in row
    assert row["description"]
    assert row["why"]
    for day in DAYS:
        verdict = Verdict(row[f"verdict_{day}"])
        assert Action(row[f"action_{day}"]) in ACTIONS[verdict]
        codes = [code for code in row[f"codes_{day}"].split(";") if code]
        assert codes == sorted(set(codes))
        assert {ReasonCode(code) for code in codes} <= set(ReasonCode)
        # Everything but CLEAR has a reason.
        assert codes or verdict is Verdict.CLEAR


def test_expected_covers_the_story() -> None:
    rows = {row["file"][3:].rsplit(".", 1)[0]: row for row in read_expected()}
    spring = {slug: row["verdict_2024_05_16"] for slug, row in rows.items()}
    assert spring["soybeans"] == spring["chinese-script"] == "CLEAR"
    assert spring["furniture-listed-bank-cny"] == "REVIEW"
    assert spring["furniture-listed-bank-usd"] == "STOP"
    gas = rows["gas-unlisted-bank"]
    assert gas["codes_2024_05_16"] == "NOT_ASSESSED"
    assert gas["codes_2024_11_22"] == "IDENTIFIER_HIT;NOT_ASSESSED"
    assert rows["un-listed-party"]["action_2024_05_16"] == "FREEZE"
    assert rows["identification-reused"]["codes_2024_05_16"] == "ID_REUSED"
    assert set(spring.values()) == {verdict.value for verdict in Verdict}


def payment_files() -> list[Path]:
    return sorted((SAMPLE / "payments").iterdir())


@pytest.mark.parametrize("path", payment_files(), ids=lambda path: path.name)
def test_payments_are_well_formed(path: Path) -> None:
    raw = path.read_bytes()
    if path.suffix == ".xml":
        assert NOTICE in raw.decode("utf-8")
        root = ET.fromstring(raw)
        documents = [
            node
            for node in root.iter()
            if node.tag == "{urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08}Document"
        ]
        assert len(documents) == 1
        bics = [node.text or "" for node in root.iter() if node.tag.endswith("}BICFI")]
    else:
        text = raw.decode("ascii")
        assert text.startswith("{1:F01")
        assert "{2:I103" in text
        assert text.endswith("\r\n-}")
        body = text[text.index("{4:") :].split("\r\n")[1:-1]
        assert all(len(re.sub(r"^:[0-9]{2}[A-Z]?:", "", line)) <= 35 for line in body)
        bics = re.findall(r"^:5[0-9]A:(?:/[^\r]*\r\n)?([A-Z0-9]+)\r$", text, re.MULTILINE)
    assert bics
    assert all(re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", bic) for bic in bics)
    assert "SMPBCNBH" in bics


def test_only_two_payments_share_an_identification() -> None:
    seen = Counter(
        re.search(rb"<MsgId>([^<]+)|:20:([^\r]+)", path.read_bytes())[0]  # type: ignore[index]
        for path in payment_files()
    )
    shared = {key for key, count in seen.items() if count > 1}
    assert shared == {b"<MsgId>SMPB24051600A"}
    assert seen[b"<MsgId>SMPB24051600A"] == 2


def test_invented_banks_stand_on_no_list() -> None:
    lists = b"".join(
        (SAMPLE / "lists" / season / "us-ofac-sdn" / "sdn.csv").read_bytes() for season in SEASONS
    )
    assert b"SMPBCNBH" not in lists
    assert re.search(rb"SWIFT/BIC EXM", lists) is None


def test_odd_messages_and_notices_are_there() -> None:
    odd = sorted(path.name for path in (SAMPLE / "payments-odd").iterdir())
    assert odd == ["01-cut-off.xml", "02-statement.fin", "03-statement.xml"]
    with pytest.raises(ET.ParseError):
        ET.parse(SAMPLE / "payments-odd" / "01-cut-off.xml")
    for path in (SAMPLE / "README.md", SAMPLE / "policy.toml", *SAMPLE.glob("lists/*/un-sc/*.xml")):
        assert NOTICE in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("name", ["designations", "territories", "indicators", "eu_members"])
def test_tables_state_source_licence_and_date(name: str) -> None:
    lines = (DATA / f"{name}.csv").read_text("utf-8").splitlines()
    notice = " ".join(line for line in lines if line.startswith("#"))
    for word in ("Source:", "Licence:", "Date:"):
        assert word in notice
    rows = read_table(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


def test_dates_of_tables_are_days_in_order() -> None:
    pairs = {
        "designations": ("designated_on", "delisted_on"),
        "territories": ("effective_from", "effective_until"),
        "eu_members": ("effective_from", "effective_until"),
    }
    for name, (begin, end) in pairs.items():
        for row in read_table(name):
            days = [date.fromisoformat(row[column]) for column in (begin, end) if row[column]]
            assert days
            assert days == sorted(days)


def test_designations_date_sample_entries() -> None:
    rows = {(row["list_id"], row["record_id"]): row for row in read_table("designations")}
    assert len(rows) == len(read_table("designations"))
    assert rows["us-ofac-sdn", "17016"]["designated_on"] == "2024-11-21"
    assert {row["confidence"] for row in rows.values()} <= {"A", "B"}
    spring = {row[0] for row in read_ofac("2024-spring", "sdn")}
    for (list_id, record), row in rows.items():
        if list_id == "us-ofac-sdn" and record in spring:
            assert row["designated_on"] <= "2024-05-14", record


def test_territories_are_whole_countries() -> None:
    rows = read_table("territories")
    assert {row["confidence"] for row in rows} <= {"A", "B"}
    assert {Effect(row["effect"]) for row in rows} == {Effect.STOP, Effect.REVIEW}
    assert all(re.fullmatch("[A-Z]{2}", row["country"]) for row in rows)
    american = {row["country"]: row for row in rows if row["regime"] == "US"}
    assert set(american) == {"CU", "IR", "KP", "SY"}
    assert american["SY"]["effective_until"] == "2025-06-30"
    assert american["IR"]["effective_until"] == ""


def find_checks(text: str) -> set[str]:
    found = set()
    for row in read_table("indicators"):
        words = r"\s+".join(map(re.escape, row["value"].split()))
        pattern = row["value"] if row["kind"] == "pattern" else rf"(?<!\w){words}(?!\w)"
        if row["kind"] != "purpose_code" and re.search(pattern, text, re.IGNORECASE):
            found.add(row["check"])
    return found


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("CNC LATHES HS CODE 8458.11 CONTRACT", {"goods"}),
        ("HS 85423100", {"goods"}),
        ("Станки, код ТН ВЭД 8457 10 100 0", {"goods"}),
        ("海关编码：8471.50", {"goods"}),
        ("pipeline  gas deliveries", {"licences"}),
        ("за поставку трубопроводного газа", {"licences"}),
        ("进口天然气货款", {"licences"}),
        ("SOYBEANS CROP 2023 CONTRACT BH-24-017", set()),
        ("HSBC TRANSFER 2024", set()),
        ("GASKET SETS AND COALA TOYS", set()),
        ("SUNFLOWER OIL", set()),
        ("货款 合同 2024-058", set()),
    ],
)
def test_indicators_find_what_they_should(text: str, checks: set[str]) -> None:
    assert find_checks(text) == checks


def test_indicator_patterns_can_be_joined() -> None:
    rows = read_table("indicators")
    assert {row["kind"] for row in rows} == {"word", "pattern", "purpose_code"}
    assert {row["check"] for row in rows} == {"goods", "licences"}
    for row in rows:
        if row["kind"] == "pattern":
            assert re.compile(row["value"]).groups == 0
    assert len({(row["check"], row["kind"], row["value"]) for row in rows}) == len(rows)


def test_eu_members() -> None:
    rows = {row["country"]: row for row in read_table("eu_members")}
    assert len(rows) == 28
    assert rows["GB"]["effective_until"] == "2020-01-31"
    assert all(not row["effective_until"] for code, row in rows.items() if code != "GB")
