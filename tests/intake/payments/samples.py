"""Messages written for these tests, every name and number in them invented, and their reading."""

from __future__ import annotations

from amur.intake.payments import read_payments
from amur.model import Message, Payment, Unscreened, UnsupportedMessage

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
HEADER_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:head.001.001.02"

TRANSACTION = """<CdtTrfTxInf>
<PmtId><InstrId>I-1</InstrId><EndToEndId>E-1</EndToEndId><TxId>T-1</TxId>
<UETR>0C5A1F34-2F0E-4B59-9B1D-1A2B3C4D5E6F</UETR></PmtId>
<IntrBkSttlmAmt Ccy="EUR">2450.50</IntrBkSttlmAmt>
<IntrBkSttlmDt>2024-05-16</IntrBkSttlmDt>
<Dbtr><Nm>Amber Reed Ltd</Nm><PstlAdr><TwnNm>Leeds</TwnNm><Ctry>GB</Ctry></PstlAdr></Dbtr>
<DbtrAgt><FinInstnId><BICFI>EXMAGB2L</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><BICFI>EXMBDEFFXXX</BICFI></FinInstnId></CdtrAgt>
<Cdtr><Nm>Quiet Harbour GmbH</Nm></Cdtr>
<CdtrAcct><Id><IBAN>DE00123456780000000000</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>INVOICE 1</Ustrd></RmtInf>
</CdtTrfTxInf>"""

HEADER = (
    f'<AppHdr xmlns="{HEADER_NAMESPACE}">'
    "<Fr><FIId><FinInstnId><BICFI>EXMAGB2L</BICFI></FinInstnId></FIId></Fr>"
    "<To><FIId><FinInstnId><BICFI>EXMBDEFFXXX</BICFI></FinInstnId></FIId></To>"
    "<BizMsgIdr>B-1</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr>"
    "<CreDt>2024-05-16T09:00:00Z</CreDt></AppHdr>"
)


def document(
    *transactions: str, group: str = "", count: str | None = None, namespace: str = NAMESPACE
) -> str:
    """Return a Document with a header and the transactions."""
    bodies = transactions or (TRANSACTION,)
    stated = str(len(bodies)) if count is None else count
    return (
        f'<Document xmlns="{namespace}"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M-1</MsgId>'
        f"<CreDtTm>2024-05-16T09:00:00Z</CreDtTm><NbOfTxs>{stated}</NbOfTxs>{group}"
        f"</GrpHdr>{''.join(bodies)}</FIToFICstmrCdtTrf></Document>"
    )


def with_parts(**parts: str) -> str:
    """Return the transaction with elements replaced (`Dbtr="<Dbtr/>"`) or, under `more`, added."""
    text = TRANSACTION
    for tag, part in parts.items():
        if tag == "more":
            text = text.replace("</CdtTrfTxInf>", f"{part}</CdtTrfTxInf>")
            continue
        start = min(at for mark in "> " if (at := text.find(f"<{tag}{mark}")) >= 0)
        closing = f"</{tag}>"
        text = text[:start] + part + text[text.index(closing) + len(closing) :]
    return text


MT103 = """{1:F01EXMAGB2LAXXX0000000000}{2:I103EXMBDEFFXXXXN}{3:{121:0C5A1F34-2F0E-4B59-9B1D-1A2B3C4D5E6F}}{4:
:20:REF1
:23B:CRED
:32A:240516EUR2450,50
:50K:/12345678
AMBER REED LTD
1 MILL LANE
LEEDS, UNITED KINGDOM
:57A:EXMBDEFF
:59:/DE00123456780000000000
QUIET HARBOUR GMBH
:70:INVOICE 1
:71A:SHA
-}"""  # noqa: E501


def mt103(**fields: str) -> str:
    """Return the message with fields replaced (`f50K=":50A:/1\\n..."`; empty takes it out)."""
    text = MT103
    for key, field in fields.items():
        tag = f":{key[1:]}:"
        start = text.index(f"\n{tag}") + 1
        end = (
            min(position for mark in ("\n:", "\n-}") if (position := text.find(mark, start)) > 0)
            + 1
        )
        text = text[:start] + (field + "\n" if field else "") + text[end:]
    return text


def read(text: str | bytes) -> list[Message | Unscreened | UnsupportedMessage]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_payments(data, source="a.file"))


def read_one(text: str | bytes) -> Payment:
    items = read(text)
    assert len(items) == 1
    assert isinstance(items[0], Message), items
    return items[0].payment


def held(text: str | bytes) -> Unscreened:
    items = read(text)
    assert len(items) == 1
    assert isinstance(items[0], Unscreened), items
    return items[0]
