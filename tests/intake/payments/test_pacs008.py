"""pacs.008: envelopes, parties, agents, texts, and what makes a transaction unreadable."""

from __future__ import annotations

import re

import pytest

from amur.intake.payments import read_payments
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
from tests.intake.payments.samples import (
    HEADER,
    NAMESPACE,
    TRANSACTION,
    document,
    held,
    read,
    read_one,
    with_parts,
)


def test_ids_amount_and_date() -> None:
    payment = read_one(document())
    assert payment.message_type == "pacs.008.001.08"
    assert (
        payment.message_id,
        payment.instruction_id,
        payment.end_to_end_id,
        payment.transaction_id,
    ) == ("M-1", "I-1", "E-1", "T-1")
    assert payment.uetr == "0c5a1f34-2f0e-4b59-9b1d-1a2b3c4d5e6f"
    assert payment.amount == Money(245050, "EUR", 2)
    assert str(payment.value_date) == "2024-05-16"
    assert payment.unmapped == ()


ENVELOPES = {
    "bare": document(),
    "siblings": HEADER + document(),
    "declared siblings": f'<?xml version="1.0"?>\n{HEADER}\n<?xml version="1.0"?>\n{document()}',
    "swift": f'<Envelope xmlns="urn:swift:xsd:envelope">{HEADER}{document()}</Envelope>',
    "payload": f"<RequestPayload>{HEADER}{document()}</RequestPayload>",
    "nvlp": f'<BusMsgEnvlp xmlns="urn:iso:std:iso:20022:tech:xsd:nvlp.001.001.01"><Hdr>{HEADER}'
    f"</Hdr><Doc>{document()}</Doc></BusMsgEnvlp>",
    "pdu": f'<S:DataPDU xmlns:S="urn:swift:saa:xsd:saa.2.0"><S:Revision>2.0.14</S:Revision>'
    f"<S:Body>{HEADER}{document()}</S:Body></S:DataPDU>",
    "soap": '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    f"{HEADER}{document()}</s:Body></s:Envelope>",
    "cdata": f'<m>\n<![CDATA[<?xml version="1.0" encoding="UTF-16"?>{HEADER}{document()}]]></m>',
    "escaped": "<m><body>" + document().replace("&", "&amp;").replace("<", "&lt;") + "</body></m>",
    "comment before": "<!-- licence -->\n" + document(),
}


@pytest.mark.parametrize("text", ENVELOPES.values(), ids=ENVELOPES.keys())
def test_every_envelope(text: str) -> None:
    payment = read_one(text)
    assert [party.name for party in payment.parties] == ["Amber Reed Ltd", "Quiet Harbour GmbH"]
    assert payment.sender == "EXMAGB2L"
    has_header = any(agent.role is Role.SENDER for agent in payment.agents)
    assert has_header == ("AppHdr" in text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(encoding: str) -> None:
    assert read_one(document().encode(encoding)).message_id == "M-1"
    assert read_one((HEADER + document()).encode(encoding)).message_id == "M-1"


def test_text_inside_text_is_opened_one_level_only() -> None:
    inner = document().replace("&", "&amp;").replace("<", "&lt;")
    twice = f"<a>{inner}</a>".replace("&", "&amp;").replace("<", "&lt;")
    assert held(f"<m>{twice}</m>").error == "MalformedError"


def test_error_inside_text_has_the_line_of_the_file() -> None:
    body = document(with_parts(IntrBkSttlmAmt="\n<IntrBkSttlmAmt Ccy='EUR'>1,5</IntrBkSttlmAmt>"))
    direct = held(body)
    assert direct.line == 5
    assert held(f"<m>\n\n<![CDATA[{body}]]></m>").line == 7


def test_type_from_the_header_where_the_namespace_says_none() -> None:
    bare = document(namespace="urn:bank:own")
    assert read_one(f"<m>{HEADER}{bare}</m>").message_type == "pacs.008.001.08"
    assert held(bare).field == "Document"


def test_namespace_wins_over_the_header() -> None:
    other = document(namespace=NAMESPACE.replace("008.001.08", "009.001.08"))
    items = read(f"<m>{HEADER}{other}</m>")
    assert [item.message_type for item in items if isinstance(item, UnsupportedMessage)] == [
        "pacs.009.001.08"
    ]


@pytest.mark.parametrize("version", ["02", "07", "12", "13"])
def test_any_version(version: str) -> None:
    text = document(namespace=NAMESPACE.replace(".08", f".{version}"))
    assert read_one(text).message_type == f"pacs.008.001.{version}"


def test_a_header_without_document_is_held() -> None:
    assert held(HEADER).field == "AppHdr"


def test_several_messages_of_several_types() -> None:
    statement = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>'
    items = read(f"<m>{HEADER}{document()}{statement}{document()}</m>")
    assert [type(item) for item in items] == [Message, UnsupportedMessage, Message]
    assert isinstance(items[2], Message)
    assert not any(agent.role is Role.SENDER for agent in items[2].payment.agents)


def test_transactions_are_numbered_and_indexed() -> None:
    items = read(document(TRANSACTION, TRANSACTION))
    payments = [item.payment for item in items if isinstance(item, Message)]
    assert [payment.sequence for payment in payments] == [0, 1]
    assert payments[1].parties[0].path == "CdtTrfTxInf[2]/Dbtr/Nm"


def test_one_bad_transaction_leaves_the_others() -> None:
    bad = with_parts(IntrBkSttlmDt="<IntrBkSttlmDt>2024-02-31</IntrBkSttlmDt>")
    items = read(document(TRANSACTION, bad, TRANSACTION))
    assert [type(item) for item in items] == [Message, Unscreened, Message]
    assert isinstance(items[1], Unscreened)
    assert items[1].field == "CdtTrfTxInf[2]/IntrBkSttlmDt"


def test_a_wrong_count_is_held_beside_what_is_found() -> None:
    items = read(document(count="3"))
    assert [type(item) for item in items] == [Unscreened, Message]
    assert isinstance(items[0], Unscreened)
    assert items[0].field == "GrpHdr/NbOfTxs"


DEFECTS = {
    "no transaction": (document(" "), "IncompleteError", "CdtTrfTxInf"),
    "no debtor": (document(with_parts(Dbtr="")), "IncompleteError", "CdtTrfTxInf/Dbtr"),
    "no creditor": (document(with_parts(Cdtr="")), "IncompleteError", "CdtTrfTxInf/Cdtr"),
    "two debtors": (document(with_parts(more="<Dbtr/>")), "MalformedError", "CdtTrfTxInf/Dbtr"),
    "two names": (
        document(with_parts(Dbtr="<Dbtr><Nm>A</Nm><Nm>B</Nm></Dbtr>")),
        "MalformedError",
        "CdtTrfTxInf/Dbtr/Nm[2]",
    ),
    "no body": (f'<Document xmlns="{NAMESPACE}"/>', "MalformedError", "Document"),
    "bad BIC": (
        document(
            with_parts(DbtrAgt="<DbtrAgt><FinInstnId><BICFI>SHORT</BICFI></FinInstnId></DbtrAgt>")
        ),
        "MalformedError",
        "CdtTrfTxInf/DbtrAgt/FinInstnId/BICFI",
    ),
    "bad birth date": (
        document(
            with_parts(
                Dbtr="<Dbtr><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1970-13-01</BirthDt></DtAndPlcOfBirth>"
                "</PrvtId></Id></Dbtr>"
            )
        ),
        "MalformedError",
        "CdtTrfTxInf/Dbtr/Id/PrvtId/DtAndPlcOfBirth/BirthDt",
    ),
}


@pytest.mark.parametrize(("text", "error", "field"), DEFECTS.values(), ids=DEFECTS.keys())
def test_defects_are_named(text: str, error: str, field: str) -> None:
    item = held(text)
    assert (item.error, item.field) == (error, field)
    assert item.line == text.count("\n", 0, text.find("<Document")) + 1 or item.line is not None
    assert item.message_type == "pacs.008.001.08"


AMOUNTS = {
    ("JPY", "100"): 100,
    ("EUR", "0.5"): 50,
    ("KWD", "1.234"): 1234,
    ("USD", "7."): 700,
    ("EUR", "1.234"): None,
    ("JPY", "1.0"): None,
    ("EUR", "1,5"): None,
    ("EUR", "-1"): None,
    ("EUR", "1e3"): None,
    ("EUR", ""): None,
    ("EUR", "1234567890123456789"): None,
    ("eur", "1"): None,
    ("", "1"): None,
}


@pytest.mark.parametrize(("written", "minor"), AMOUNTS.items(), ids=str)
def test_amounts(written: tuple[str, str], minor: int | None) -> None:
    part = f'<IntrBkSttlmAmt Ccy="{written[0]}">{written[1]}</IntrBkSttlmAmt>'
    text = document(with_parts(IntrBkSttlmAmt=part))
    if minor is None:
        assert held(text).field == "CdtTrfTxInf/IntrBkSttlmAmt"
    else:
        amount = read_one(text).amount
        assert amount is not None
        assert amount.amount_minor == minor


def test_no_amount_is_readable() -> None:
    assert read_one(document(with_parts(IntrBkSttlmAmt=""))).amount is None


PERSON = """<Dbtr><Nm>Ada  Fenwick</Nm>
<PstlAdr><StrtNm>Low Road</StrtNm><BldgNb>7</BldgNb><PstCd>LS1</PstCd><TwnNm>CUTOVER2026</TwnNm>
<CtrySubDvsn>Yorkshire</CtrySubDvsn><Ctry>gb</Ctry><AdrLine>c/o Fenwick Family</AdrLine></PstlAdr>
<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1971-02-03</BirthDt><CityOfBirth>Riga</CityOfBirth>
<CtryOfBirth>LV</CtryOfBirth></DtAndPlcOfBirth>
<Othr><Id>P123</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm><Issr>LV</Issr></Othr>
<Othr><Id>N456</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr>
<Othr><Id>X789</Id><SchmeNm><Prtry>Club card</Prtry></SchmeNm></Othr></PrvtId></Id>
<CtryOfRes>GB</CtryOfRes><CtctDtls><Nm>Ben Fenwick</Nm><EmailAdr>a@b.example</EmailAdr></CtctDtls>
</Dbtr>"""


def test_a_person_with_everything() -> None:
    party, contact, *_ = read_one(document(with_parts(Dbtr=PERSON))).parties
    assert (party.name, party.schema) == ("Ada Fenwick", Schema.PERSON)
    assert party.address is not None
    assert party.address.lines == ("Low Road 7", "c/o Fenwick Family")
    assert (party.address.town, party.address.country, party.address.region) == (
        "",
        "GB",
        "Yorkshire",
    )
    assert party.birth is not None
    assert str(party.birth.earliest) == "1971-02-03"
    assert party.birth_place == "Riga, LV"
    assert party.countries == ("GB", "LV")
    assert [(each.kind, each.value, each.country, each.label) for each in party.identifiers] == [
        (IdentifierKind.PASSPORT, "P123", "LV", "CCPT"),
        (IdentifierKind.NATIONAL_ID, "N456", "", "NIDN"),
        (IdentifierKind.OTHER, "X789", "", "Club card"),
    ]
    assert (contact.role, contact.name) == (Role.OTHER_PARTY, "Ben Fenwick")
    assert contact.path == "CdtTrfTxInf/Dbtr/CtctDtls/Nm"


def test_an_organisation_with_ids() -> None:
    part = (
        "<UltmtCdtr><Nm>Tern Ltd</Nm><Id><OrgId><AnyBIC>exmcfrpp</AnyBIC>"
        "<LEI>00000000000000000098</LEI><Othr><Id>77</Id><SchmeNm><Cd>TXID</Cd></SchmeNm>"
        "</Othr></OrgId></Id></UltmtCdtr>"
    )
    party = read_one(document(with_parts(more=part))).parties[-1]
    assert (party.role, party.schema) == (Role.ULTIMATE_CREDITOR, Schema.ORGANIZATION)
    assert [(each.kind, each.value) for each in party.identifiers] == [
        (IdentifierKind.BIC, "EXMCFRPP"),
        (IdentifierKind.LEI, "00000000000000000098"),
        (IdentifierKind.TAX, "77"),
    ]


def test_placeholders_name_nobody() -> None:
    part = "<Dbtr><Nm>NOTPROVIDED</Nm><PstlAdr><AdrLine>NOTPROVIDED</AdrLine></PstlAdr></Dbtr>"
    agent = "<DbtrAgt><FinInstnId><BICFI>NOTPROVIDED</BICFI></FinInstnId></DbtrAgt>"
    payment = read_one(document(with_parts(Dbtr=part, DbtrAgt=agent)))
    assert payment.parties[0].name == ""
    assert payment.parties[0].address is None
    assert payment.agents[0].bic == ""


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("IRAN", "IR"),
        ("TEHRAN, IRAN", "IR"),
        ("TEHRAN IRAN", "IR"),
        ("SRI LANKA", "LK"),
        ("SAN DIEGO CA", ""),
        ("ATLANTA GEORGIA", ""),
        ("GEORGIA", "GE"),
        ("SANTA FE NEW MEXICO", ""),
    ],
)
def test_country_that_ends_the_address_lines(line: str, country: str) -> None:
    part = f"<Dbtr><Nm>A</Nm><PstlAdr><AdrLine>{line}</AdrLine></PstlAdr></Dbtr>"
    address = read_one(document(with_parts(Dbtr=part))).parties[0].address
    assert address is not None
    assert address.country == country
    assert address.lines == (line,)


def test_every_agent_has_its_role() -> None:
    bic = "<FinInstnId><BICFI>EXMZFRPP</BICFI></FinInstnId>"
    tags = {
        "PrvsInstgAgt1": Role.PREVIOUS_INSTRUCTING_AGENT,
        "InstgAgt": Role.INSTRUCTING_AGENT,
        "InstdAgt": Role.INSTRUCTED_AGENT,
        "IntrmyAgt3": Role.INTERMEDIARY_AGENT,
    }
    more = "".join(f"<{tag}>{bic}</{tag}>" for tag in tags)
    charges = f"<ChrgsInf><Amt Ccy='EUR'>1</Amt><Agt>{bic}</Agt></ChrgsInf>"
    group = f"<SttlmInf><ThrdRmbrsmntAgt>{bic}</ThrdRmbrsmntAgt></SttlmInf>"
    payment = read_one(document(with_parts(more=more + charges), group=group))
    found = {agent.path: agent.role for agent in payment.agents}
    assert found == {
        "GrpHdr/SttlmInf/ThrdRmbrsmntAgt": Role.REIMBURSEMENT_AGENT,
        "CdtTrfTxInf/DbtrAgt": Role.DEBTOR_AGENT,
        "CdtTrfTxInf/CdtrAgt": Role.CREDITOR_AGENT,
        **{f"CdtTrfTxInf/{tag}": role for tag, role in tags.items()},
        "CdtTrfTxInf/ChrgsInf/Agt": Role.CHARGES_AGENT,
    }
    assert payment.unmapped == ()


def test_agent_ids_account_and_branch() -> None:
    part = (
        "<DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>USABA</Cd></ClrSysId><MmbId>021"
        "</MmbId></ClrSysMmbId><Nm>Reed Bank</Nm></FinInstnId><BrnchId><Id>9</Id><Nm>"
        "Harbour Branch</Nm></BrnchId></DbtrAgt><DbtrAgtAcct><Id><Othr><Id>55</Id></Othr></Id>"
        "<Nm>Reed Nominees</Nm></DbtrAgtAcct>"
    )
    payment = read_one(document(with_parts(DbtrAgt=part)))
    agent = payment.agents[0]
    assert (agent.name, agent.account) == ("Reed Bank", "55")
    assert [(each.value, each.country, each.label) for each in agent.identifiers] == [
        ("021", "US", "USABA")
    ]
    others = [
        (party.name, party.path) for party in payment.parties if party.role is Role.OTHER_PARTY
    ]
    assert others == [
        ("Harbour Branch", "CdtTrfTxInf/DbtrAgt/BrnchId/Nm"),
        ("Reed Nominees", "CdtTrfTxInf/DbtrAgtAcct/Nm"),
    ]


def test_texts_and_purposes() -> None:
    more = (
        "<InstrForCdtrAgt><Cd>HOLD</Cd><InstrInf>CALL TERN</InstrInf></InstrForCdtrAgt>"
        "<InstrForNxtAgt><InstrInf>NEXT</InstrInf></InstrForNxtAgt>"
        "<Purp><Prtry>BOAT HIRE</Prtry></Purp>"
        "<PmtTpInf><CtgyPurp><Cd>SUPP</Cd></CtgyPurp><SvcLvl><Cd>G001</Cd></SvcLvl></PmtTpInf>"
        "<RgltryRptg><Authrty><Nm>Office</Nm><Ctry>FR</Ctry></Authrty><Dtls><Cd>A1</Cd>"
        "<Inf>ONE</Inf><Inf>TWO</Inf></Dtls></RgltryRptg>"
        "<SplmtryData><Envlp><x:Note xmlns:x='urn:own'>SAILS</x:Note></Envlp></SplmtryData>"
    )
    payment = read_one(
        document(
            with_parts(
                more=more, RmtInf="<RmtInf><Ustrd>ONE\nTWO</Ustrd><Ustrd>THREE</Ustrd></RmtInf>"
            )
        )
    )
    assert [
        (text.kind, text.lines, text.path.removeprefix("CdtTrfTxInf/")) for text in payment.texts
    ] == [
        (TextKind.REMITTANCE, ("ONE", "TWO"), "RmtInf/Ustrd[1]"),
        (TextKind.REMITTANCE, ("THREE",), "RmtInf/Ustrd[2]"),
        (TextKind.INSTRUCTION, ("CALL TERN",), "InstrForCdtrAgt/InstrInf"),
        (TextKind.INSTRUCTION, ("NEXT",), "InstrForNxtAgt/InstrInf"),
        (TextKind.PURPOSE, ("BOAT HIRE",), "Purp/Prtry"),
        (TextKind.REGULATORY, ("ONE", "TWO"), "RgltryRptg/Dtls/Inf"),
        (TextKind.REGULATORY, ("A1",), "RgltryRptg/Dtls/Cd"),
        (TextKind.OTHER, ("SAILS",), "SplmtryData/Envlp/Note"),
    ]
    assert payment.purpose_codes == ("SUPP",)
    assert payment.unmapped == ()
    assert [(party.name, party.countries) for party in payment.parties[2:]] == [("Office", ("FR",))]


def test_parties_and_texts_of_structured_remittance() -> None:
    part = (
        "<RmtInf><Strd><RfrdDocInf><Nb>D-1</Nb><LineDtls><Desc>ROPES</Desc></LineDtls>"
        "</RfrdDocInf><Invcr><Nm>Tern Ltd</Nm></Invcr><Invcee><Nm>Gull Ltd</Nm></Invcee>"
        "<TaxRmt><Dbtr><TaxId>T9</TaxId><Authstn><Nm>Cara Moss</Nm></Authstn></Dbtr>"
        "<Rcrd><AddtlInf>LATE</AddtlInf></Rcrd></TaxRmt>"
        "<GrnshmtRmt><Grnshee><Nm>Dov Pine</Nm></Grnshee></GrnshmtRmt>"
        "<AddtlRmtInf>MORE</AddtlRmtInf></Strd></RmtInf>"
    )
    payment = read_one(document(with_parts(RmtInf=part)))
    assert [party.name for party in payment.parties[2:]] == [
        "Tern Ltd",
        "Gull Ltd",
        "",
        "Cara Moss",
        "Dov Pine",
    ]
    assert [(each.kind, each.value) for each in payment.parties[4].identifiers] == [
        (IdentifierKind.TAX, "T9")
    ]
    assert [text.lines for text in payment.texts] == [("D-1",), ("ROPES",), ("LATE",), ("MORE",)]
    assert payment.unmapped == ()


def test_what_no_rule_maps_is_listed_and_what_is_quiet_is_not() -> None:
    more = (
        "<ChrgBr>SHAR</ChrgBr><XchgRate>1.1</XchgRate><NewPart><Who>Someone</Who><Who>Else"
        "</Who></NewPart>"
    )
    payment = read_one(document(with_parts(more=more)))
    assert payment.unmapped == ("CdtTrfTxInf/NewPart/Who",)


def test_the_file_name_is_not_part_of_the_subject() -> None:
    data = document().encode()
    first, second = (next(iter(read_payments(data, source=name))) for name in ("a", "b"))
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert first.payment == second.payment
    assert (first.source, second.source) == ("a", "b")
    assert first.sha256 == second.sha256


RICH = with_parts(
    Dbtr=PERSON,
    more=(
        "<InstrForCdtrAgt><Cd>HOLD</Cd></InstrForCdtrAgt><Purp><Cd>GDDS</Cd></Purp>"
        "<RgltryRptg><Authrty><Nm>Office</Nm></Authrty><Dtls><Inf>ONE</Inf></Dtls></RgltryRptg>"
        "<Tax><Cdtr><TaxId>1</TaxId></Cdtr><Rcrd><Prd><Yr>2024</Yr></Prd></Rcrd></Tax>"
        "<RltdRmtInf><RmtLctnDtls><PstlAdr><Nm>A</Nm><Adr><Ctry>FR</Ctry></Adr></PstlAdr>"
        "</RmtLctnDtls></RltdRmtInf>"
        "<UltmtCdtr><Id><OrgId><LEI>1</LEI></OrgId></Id></UltmtCdtr>"
        "<IntrmyAgt1><FinInstnId><ClrSysMmbId><MmbId>1</MmbId></ClrSysMmbId><Othr><Id>1</Id></Othr>"
        "</FinInstnId><BrnchId><Nm>B</Nm></BrnchId></IntrmyAgt1>"
        "<IntrmyAgt1Acct><Id><Othr><Id>1</Id></Othr></Id><Tp><Cd>CACC</Cd></Tp></IntrmyAgt1Acct>"
        "<SplmtryData><Envlp><a><b>1</b></a></Envlp></SplmtryData>"
    ),
)
"""A transaction with every structure that the reader knows."""

_CLOSINGS = [match.start() for match in re.finditer(r"</\w+></|</\w+>\n</", RICH)]


@pytest.mark.parametrize("at", _CLOSINGS)
def test_nothing_that_is_added_anywhere_is_lost(at: int) -> None:
    end = RICH.index(">", at) + 1  # behind a last child, inside its parent
    text = document(f"{RICH[:end]}<Odd>SECRET</Odd>{RICH[end:]}")
    payment = read_one(text)
    assert "SECRET" in repr(payment) or any(path.endswith("/Odd") for path in payment.unmapped)


@pytest.mark.parametrize("at", _CLOSINGS)
def test_words_beside_elements_are_refused(at: int) -> None:
    end = RICH.index(">", at) + 1
    text = document(f"{RICH[:end]}SECRET{RICH[end:]}")
    item = read(text)[0]
    if isinstance(item, Unscreened):
        assert item.problem.startswith("words beside")
    else:
        assert isinstance(item, Message)
        assert "SECRET" in repr(item.payment)
