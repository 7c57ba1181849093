"""MT103: blocks, options, mandatory fields, several messages in a file."""

from __future__ import annotations

import pytest

from amur.model import (
    IdentifierKind,
    Message,
    Money,
    Role,
    Schema,
    TextKind,
    Unscreened,
    UnsupportedMessage,
)
from tests.intake.payments.samples import MT103, held, mt103, read, read_one


def test_the_whole_message() -> None:
    payment = read_one(MT103)
    assert (payment.message_type, payment.message_id) == ("MT103", "REF1")
    assert payment.uetr == "0c5a1f34-2f0e-4b59-9b1d-1a2b3c4d5e6f"
    assert payment.amount == Money(245050, "EUR", 2)
    assert str(payment.value_date) == "2024-05-16"
    debtor, creditor = payment.parties
    assert (debtor.role, debtor.name, debtor.account) == (Role.DEBTOR, "AMBER REED LTD", "12345678")
    assert debtor.address is not None
    assert (debtor.address.lines, debtor.address.country) == (
        ("1 MILL LANE", "LEEDS, UNITED KINGDOM"),
        "GB",
    )
    assert (creditor.name, creditor.path) == ("QUIET HARBOUR GMBH", "59")
    assert [(agent.role, agent.path, agent.bic) for agent in payment.agents] == [
        (Role.SENDER, "block 1", "EXMAGB2L"),
        (Role.RECEIVER, "block 2", "EXMBDEFF"),
        (Role.CREDITOR_AGENT, "57A", "EXMBDEFF"),
    ]
    assert payment.unmapped == ()


@pytest.mark.parametrize(
    "text",
    [
        MT103.replace("\n", "\r\n"),
        MT103.replace("\n", "\r"),
        "\ufeff" + MT103,
        MT103 + "\n\n",
        "\x01" + MT103 + "\x03",
        MT103 + "{5:{CHK:123456789012}}",
        MT103 + "{5:{CHK:12}",
        MT103 + "{5:{CHK:123456789012}{TNG:}}{S:{SPD:}}",
        MT103.replace("\n-}", "-}"),
        MT103.replace(":23B:CRED\n", ""),
        MT103.replace("{3:{121:", "{3:{119:STP}{121:"),
    ],
    ids=range(11),
)
def test_spellings_that_change_nothing(text: str) -> None:
    assert read_one(text) == read_one(MT103)


def test_without_blocks() -> None:
    fields = MT103[MT103.index(":20:") :]
    for text in (fields.removesuffix("\n-}"), fields.removesuffix("}"), "{4:\n" + fields):
        payment = read_one(text)
        assert [party.name for party in payment.parties] == ["AMBER REED LTD", "QUIET HARBOUR GMBH"]
        assert all(agent.role is Role.CREDITOR_AGENT for agent in payment.agents)


def test_fields_that_tell_no_type_are_held() -> None:
    assert held(":20:A\n:21:B\n:32A:240516EUR1,\n:58A:EXMADEFF").field == "block 2"


def test_output_header_turns_the_direction() -> None:
    head = "{2:O1031200240516EXMBDEFFAXXX00000000002405161201N}"
    payment = read_one(MT103.replace("{2:I103EXMBDEFFXXXXN}", head))
    assert [(agent.role, agent.path, agent.bic) for agent in payment.agents[:2]] == [
        (Role.SENDER, "block 2", "EXMBDEFF"),
        (Role.RECEIVER, "block 1", "EXMAGB2L"),
    ]


@pytest.mark.parametrize(
    ("text", "error", "field"),
    [
        (mt103(f20=""), "IncompleteError", "20"),
        (mt103(f32A=""), "IncompleteError", "32A"),
        (mt103(f50K=""), "IncompleteError", "50a"),
        (mt103(f59=""), "IncompleteError", "59a"),
        (mt103(f59=":59:"), "IncompleteError", "59"),
        (mt103(f59=":59:A\n:59:B"), "MalformedError", "59"),
        (mt103(f32A=":32A:240516EUR2450.50"), "MalformedError", "32A"),
        (mt103(f32A=":32A:240516EUR2450"), "MalformedError", "32A"),
        (mt103(f32A=":32A:240231EUR1,"), "MalformedError", "32A"),
        (mt103(f32A=":32A:240516JPY1,5"), "MalformedError", "32A"),
        (mt103(f32A=":32A:240516EUR123456789012345,"), "MalformedError", "32A"),
        (mt103(f57A=":57A:NO BIC"), "MalformedError", "57A"),
        (mt103(f50K=":50F:/1\n1/A B\n4/19701301"), "MalformedError", "50F"),
        (MT103.removesuffix("-}"), "MalformedError", "block 4"),
        (MT103.replace("{1:F01EXMAGB2L", "{1:F01EXMA"), "MalformedError", "block 1"),
        (MT103.replace("{4:\n", "{4:\nHELLO\n"), "MalformedError", "block 4"),
    ],
)
def test_defects_are_named(text: str, error: str, field: str) -> None:
    item = held(text)
    assert (item.error, item.field, item.message_type) == (error, field, "MT103")
    assert item.line is not None


def test_the_line_of_a_defect() -> None:
    assert held("\n\n" + mt103(f32A=":32A:240516EURX")).line == 6


@pytest.mark.parametrize(("day", "year"), [("791231", 2079), ("800101", 1980)])
def test_centuries(day: str, year: int) -> None:
    value_date = read_one(mt103(f32A=f":32A:{day}EUR1,")).value_date
    assert value_date is not None
    assert value_date.year == year


def test_option_f_with_everything() -> None:
    field = (
        ":50F:/12345678\n1/ADA MARY\n1/FENWICK\n2/7 LOW ROAD\n3/GB/LEEDS\n4/19710203\n"
        "5/LV/RIGA\n6/GB/EXMABANK/C77\n7/LV/N456"
    )
    party = read_one(mt103(f50K=field)).parties[0]
    assert (party.name, party.schema, party.account) == (
        "ADA MARY FENWICK",
        Schema.PERSON,
        "12345678",
    )
    assert party.address is not None
    assert (party.address.lines, party.address.town, party.address.country) == (
        ("7 LOW ROAD",),
        "LEEDS",
        "GB",
    )
    assert str(party.birth.earliest if party.birth else "") == "1971-02-03"
    assert (party.birth_place, party.countries) == ("RIGA, LV", ("LV",))
    assert [(each.kind, each.value, each.country) for each in party.identifiers] == [
        (IdentifierKind.OTHER, "EXMABANK/C77", "GB"),
        (IdentifierKind.NATIONAL_ID, "N456", "LV"),
    ]


def test_option_f_with_an_identity_instead_of_an_account() -> None:
    party = read_one(mt103(f50K=":50F:CCPT/LV/P123\n1/ADA FENWICK\n3/LV/RIGA")).parties[0]
    assert [(each.kind, each.value, each.country) for each in party.identifiers] == [
        (IdentifierKind.PASSPORT, "P123", "LV")
    ]
    assert (party.account, party.schema) == ("", Schema.PERSON)


def test_option_a_is_an_organisation() -> None:
    party = read_one(mt103(f50K=":50A:/123\nEXMCFRPPXXX")).parties[0]
    assert (party.name, party.schema, party.account) == ("", Schema.ORGANIZATION, "123")
    assert [each.value for each in party.identifiers] == ["EXMCFRPPXXX"]


@pytest.mark.parametrize(
    ("field", "bic", "name", "account", "country"),
    [
        (":57A:/C/99\nEXMCFRPP", "EXMCFRPP", "", "99", ""),
        (":57B:/99\nPARIS", "", "PARIS", "99", ""),
        (":57C://FW021000089", "", "", "FW021000089", "US"),
        (":57D:/99\nTERN BANK\nPARIS\nFRANCE", "", "TERN BANK", "99", "FR"),
    ],
)
def test_agent_options(field: str, bic: str, name: str, account: str, country: str) -> None:
    agent = read_one(mt103(f57A=field)).agents[-1]
    assert (agent.bic, agent.name, agent.account) == (bic, name, account)
    found = [each.country for each in agent.identifiers]
    if agent.address is not None:
        found.append(agent.address.country)
    assert "".join(found) == country


def test_an_account_between_two_banks_is_no_third_bank() -> None:
    assert len(read_one(mt103(f57A=":53B:/123456")).agents) == 2


def test_every_agent_field() -> None:
    tags = {
        "51A": Role.OTHER_AGENT,
        "52A": Role.DEBTOR_AGENT,
        "53A": Role.REIMBURSEMENT_AGENT,
        "54A": Role.REIMBURSEMENT_AGENT,
        "55A": Role.REIMBURSEMENT_AGENT,
        "56A": Role.INTERMEDIARY_AGENT,
        "57A": Role.CREDITOR_AGENT,
    }
    lines = "\n".join(f":{tag}:EXMCFRPP" for tag in tags)
    payment = read_one(mt103(f57A=lines))
    assert {agent.path: agent.role for agent in payment.agents[2:]} == tags


def test_texts() -> None:
    lines = (
        ":70:ONE\n//TWO\n:72:/INS/TERN\n:77B:/BENEFRES/FR\n:77T:/NARR/SAILS {OLD}\n"
        ":26T:K90\n:23E:HOLD/CALL TERN\n:23E:SDVA"
    )
    payment = read_one(mt103(f70=lines))
    assert [(text.kind, text.lines, text.path) for text in payment.texts] == [
        (TextKind.REMITTANCE, ("ONE", "//TWO"), "70"),
        (TextKind.INSTRUCTION, ("/INS/TERN",), "72"),
        (TextKind.REGULATORY, ("/BENEFRES/FR",), "77B"),
        (TextKind.REMITTANCE, ("/NARR/SAILS {OLD}",), "77T"),
        (TextKind.INSTRUCTION, ("HOLD/CALL TERN",), "23E"),
    ]
    assert payment.purpose_codes == ("K90",)


def test_unknown_fields_are_listed() -> None:
    assert read_one(mt103(f70=":99Z:X\n:11S:Y")).unmapped == ("11S", "99Z")


def test_a_line_that_begins_with_a_colon_stays_in_its_field() -> None:
    assert read_one(mt103(f70=":70:A\n:B:\nC")).texts[0].lines == ("A", ":B:", "C")


def test_several_messages_with_separators() -> None:
    other = MT103.replace("I103", "I202").replace("{121:", "{119:COV}{121:")
    items = read(f"{MT103}$\n{other}\n{mt103(f20=':20:REF2')}")
    assert [type(item) for item in items] == [Message, UnsupportedMessage, Message]
    assert isinstance(items[1], UnsupportedMessage)
    assert items[1].message_type == "MT202COV"
    assert len({item.sha256 for item in items}) == 3


def test_the_same_message_has_the_same_hash_in_any_file() -> None:
    alone = read(MT103)[0]
    assert read(f"{mt103(f20=':20:REF0')}\n{MT103}")[1].sha256 == alone.sha256


def test_a_broken_message_leaves_the_others() -> None:
    items = read(f"{MT103.removesuffix('-}')}{MT103}")
    # The first has no end of its own, so it runs into the second: held, not guessed at.
    assert Unscreened in {type(item) for item in items}
    items = read(f"{mt103(f59='')}\n{MT103}")
    assert [type(item) for item in items] == [Unscreened, Message]


def test_text_outside_of_messages_is_held_beside_them() -> None:
    items = read(f"{MT103}\nfoo")
    assert [type(item) for item in items] == [Message, Unscreened]
    assert isinstance(items[1], Unscreened)
    assert items[1].line == 15


def test_a_trailer_that_is_cut_off_is_held_beside_the_message() -> None:
    assert [type(item) for item in read(MT103 + "{5:{CHK:1234")] == [Message, Unscreened]


@pytest.mark.parametrize("block", ["{4:\n-}", "{4:-}", "{4:}"])
def test_an_empty_text_block_is_held(block: str) -> None:
    assert held(MT103[: MT103.index("{4:")] + block).message_type == "MT103"


def test_acknowledgement_before_the_copy() -> None:
    ack = "{1:F21EXMAGB2LAXXX0000000000}{4:{177:2405161200}{451:0}}"
    items = read(ack + MT103)
    assert [type(item) for item in items] == [UnsupportedMessage, Message]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("AMBER REED LÜTT", MT103.replace("AMBER REED LTD", "AMBER REED LÜTT").encode("latin-1")),
        ("AMBER REED LÜTT", MT103.replace("AMBER REED LTD", "AMBER REED LÜTT").encode("utf-8")),
    ],
)
def test_encodings(name: str, data: bytes) -> None:
    assert read_one(data).parties[0].name == name
