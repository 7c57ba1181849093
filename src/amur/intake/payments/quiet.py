"""Leaves of pacs.008 that name nobody: present, known, and on purpose not screened.

A leaf that no rule of the reader maps and that is not in this table is reported in
`Payment.unmapped`. The table is derived from the element paths of pacs.008.001.08 and .12: what
holds a reference, a code, a date, an amount, a rate, an account or a phone number.
"""

from __future__ import annotations

from typing import Final

_REFERENCES = frozenset(
    {
        "MsgId",
        "InstrId",
        "EndToEndId",
        "TxId",
        "UETR",
        "ClrSysRef",
        "RmtId",
        "RefNb",
        "Ref",
        "Nb",
        "SeqNb",
        "Issr",
        "MmbId",
        "AgrmtId",
        "MndtId",
        "CertId",
        "AdmstnZone",
        "Vrsn",
        "TaxTp",
    }
)
_CODES = frozenset(
    {
        "Cd",
        "ChrgBr",
        "SttlmPrty",
        "SttlmMtd",
        "InstrPrty",
        "ClrChanl",
        "BtchBookg",
        "NbOfTxs",
        "DbtCdtRptgInd",
        "CdtDbtInd",
        "AdrTp",
        "Mtd",
        "CtgyDtls",
        "DbtrSts",
        "FrmsCd",
        "NmPrfx",
        "PrefrdMtd",
        "PrefrdAgt",
        "FmlyMdclInsrncInd",
        "MplyeeTermntnInd",
        "Yr",
        "Tp",
        "SndgMtd",
    }
)
_TIMES = frozenset(
    {
        "CreDtTm",
        "IntrBkSttlmDt",
        "AccptncDtTm",
        "PoolgAdjstmntDt",
        "DbtDtTm",
        "CdtDtTm",
        "CLSTm",
        "TillTm",
        "FrTm",
        "RjctTm",
        "XpryDtTm",
        "Dt",
        "DtTm",
        "RltdDt",
        "FrDt",
        "ToDt",
        "DtOfSgntr",
    }
)
_NUMBERS = frozenset(
    {
        "Amt",
        "IntrBkSttlmAmt",
        "TtlIntrBkSttlmAmt",
        "InstdAmt",
        "XchgRate",
        "CtrlSum",
        "Rate",
        "DuePyblAmt",
        "CdtNoteAmt",
        "RmtdAmt",
        "DscntApldAmt",
        "TaxAmt",
        "TaxblBaseAmt",
        "TtlAmt",
        "TtlTaxblBaseAmt",
        "TtlTaxAmt",
        "Ccy",
        "ChrgsAmt",
        "LineAmt",
    }
)
_ACCOUNTS = frozenset({"IBAN"})
_CONTACT = frozenset(
    {
        "PhneNb",
        "MobNb",
        "FaxNb",
        "URLAdr",
        "EmailAdr",
        "EmailPurp",
        "ElctrncAdr",
        "ChanlTp",
    }
)

QUIET_LEAVES: Final = _REFERENCES | _CODES | _TIMES | _NUMBERS | _ACCOUNTS | _CONTACT
"""Names of leaves that are quiet wherever they stand.

Not in it, so mapped or reported: names, `Id` outside of the parents below, `Ctry`, `Inf`, `Desc`,
`AddtlInf`, `Prtry` outside of the parents below.
"""

QUIET_UNDER: Final = frozenset(
    {
        # scheme, service and type names of the sender's own making (at most 35 characters)
        ("SchmeNm", "Prtry"),
        ("SvcLvl", "Prtry"),
        ("LclInstrm", "Prtry"),
        ("ClrSys", "Prtry"),
        ("ClrSysId", "Prtry"),
        ("Tp", "Prtry"),
        ("CdOrPrtry", "Prtry"),
        # the parts of a proprietary address type
        ("Prtry", "Id"),
        ("Prtry", "SchmeNm"),
        # accounts: numbers, and the proxies (phone, e-mail) that stand for them
        ("Othr", "Id"),
        ("Prxy", "Id"),
        ("Acct", "Id"),
        # contact details: a position, a department, a contact of another channel
        ("CtctDtls", "JobTitl"),
        ("CtctDtls", "Rspnsblty"),
        ("CtctDtls", "Dept"),
        # a sender's own number for a branch
        ("BrnchId", "Id"),
    }
)
"""(parent, leaf) pairs that are quiet."""


def is_quiet(parent: str, leaf: str) -> bool:
    """Return whether a leaf under this parent names nobody."""
    return leaf in QUIET_LEAVES or (parent, leaf) in QUIET_UNDER
