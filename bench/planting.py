"""Planting: listed names in every name field and every free text of a payment.

For 500 primary and strong names of corpus S taken at random, as given (MT: Latin form, one line),
asserts that the decision names the entry with the right reason code at the default policy. Weak
aliases are planted apart. Prints one table; exits non-zero if one planted name is missed.

    python -m bench.planting [--names 500] [--seed 2024]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from amur.app.policies import load_policy
from amur.evidence.snapshot import Snapshot
from amur.intake.payments import read_payments
from amur.model import Decision, Effect, LawTime, Message, NameQuality, Payment
from amur.screening import Screener
from bench.corpora import describe_machine, open_small

NAME_CODES = frozenset({"NAME_HIT"})
WEAK_CODES = frozenset({"NAME_HIT", "WEAK_ALIAS_HIT"})
TEXT_CODES = frozenset({"TEXT_NAME_HIT"})

AGENTS = (
    "PrvsInstgAgt1",
    "PrvsInstgAgt2",
    "PrvsInstgAgt3",
    "InstgAgt",
    "InstdAgt",
    "IntrmyAgt1",
    "IntrmyAgt2",
    "IntrmyAgt3",
)
HEAD_AGENTS = ("InstgRmbrsmntAgt", "InstdRmbrsmntAgt", "ThrdRmbrsmntAgt")
ISO_NAMES = (
    *AGENTS,
    *HEAD_AGENTS,
    "ChrgsInf",
    "UltmtDbtr",
    "InitgPty",
    "Dbtr",
    "DbtrAcct",
    "DbtrAgt",
    "CdtrAgt",
    "Cdtr",
    "CdtrAcct",
    "UltmtCdtr",
    "Invcr",
    "Invcee",
)
ISO_TEXTS = (
    "InstrForCdtrAgt",
    "InstrForNxtAgt",
    "RgltryRptg",
    "Ustrd",
    "AddtlRmtInf",
    "Dbtr.AdrLine",
    "Cdtr.AdrLine",
)
MT_NAMES = ("50K", "50F", "52D", "53D", "54D", "55D", "56D", "57D", "59", "59F")
MT_TEXTS = ("70", "72", "77B")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_pacs008(field: str, planted: str, number: int) -> bytes:
    """Return a pacs.008 with every name field present and `planted` in one of them."""

    def name(at: str, usual: str) -> str:
        return f"<Nm>{_escape(planted if at == field else usual)}</Nm>"

    def text(at: str, usual: str) -> str:
        return _escape(f"invoice 7731 {planted} of 3 May" if at == field else usual)

    def agent(at: str, usual: str) -> str:
        return f"<{at}><FinInstnId>{name(at, usual)}</FinInstnId></{at}>"

    banks = "".join(agent(at, f"Quorvale Savings {i}") for i, at in enumerate(AGENTS))
    head = "".join(agent(at, f"Quorvale Clearing {i}") for i, at in enumerate(HEAD_AGENTS))

    def party(at: str, usual: str) -> str:
        line = text(f"{at}.AdrLine", "14 Larchmont Walk")
        return (
            f"<{at}>{name(at, usual)}<PstlAdr><TwnNm>Porto</TwnNm><Ctry>PT</Ctry>"
            f"<AdrLine>{line}</AdrLine></PstlAdr></{at}>"
        )

    account = "<Id><Othr><Id>80041</Id></Othr></Id>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>P{number}</MsgId><CreDtTm>2026-03-01T09:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>
<SttlmInf><SttlmMtd>COVE</SttlmMtd>{head}</SttlmInf></GrpHdr>
<CdtTrfTxInf><PmtId><InstrId>I{number}</InstrId><EndToEndId>E{number}</EndToEndId></PmtId>
<IntrBkSttlmAmt Ccy="EUR">1500.00</IntrBkSttlmAmt><IntrBkSttlmDt>2026-03-01</IntrBkSttlmDt>
<ChrgBr>SHAR</ChrgBr><ChrgsInf><Amt Ccy="EUR">5.00</Amt><Agt><FinInstnId>
{name("ChrgsInf", "Quorvale Charges")}</FinInstnId></Agt></ChrgsInf>{banks}
{party("UltmtDbtr", "Odalys Brandvik")}{party("InitgPty", "Odalys Brandvik")}
{party("Dbtr", "Odalys Brandvik")}<DbtrAcct>{account}{name("DbtrAcct", "Odalys Brandvik")}
</DbtrAcct>{agent("DbtrAgt", "Quorvale Savings")}{agent("CdtrAgt", "Tannerfold Thrift")}
{party("Cdtr", "Perpetua Lindqvarn")}<CdtrAcct>{account}{name("CdtrAcct", "Perpetua Lindqvarn")}
</CdtrAcct>{party("UltmtCdtr", "Perpetua Lindqvarn")}
<InstrForCdtrAgt><InstrInf>{text("InstrForCdtrAgt", "advise by phone")}</InstrInf></InstrForCdtrAgt>
<InstrForNxtAgt><InstrInf>{text("InstrForNxtAgt", "none")}</InstrInf></InstrForNxtAgt>
<RgltryRptg><Dtls><Inf>{text("RgltryRptg", "none")}</Inf></Dtls></RgltryRptg>
<RmtInf><Ustrd>{text("Ustrd", "invoice 7731")}</Ustrd><Strd>
<Invcr>{name("Invcr", "Perpetua Lindqvarn")}</Invcr><Invcee>{name("Invcee", "Odalys Brandvik")}
</Invcee><AddtlRmtInf>{text("AddtlRmtInf", "with thanks")}</AddtlRmtInf></Strd></RmtInf>
</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>""".encode()


def write_mt103(field: str, planted: str, number: int) -> bytes:
    """Return an MT103 with `planted` in one field; a text is wrapped at 35 characters."""
    fields = {
        "50K": "ODALYS BRANDVIK\r\n14 LARCHMONT WALK\r\nPORTO PT",
        "59": "PERPETUA LINDQVARN\r\n9 QUARRY RISE\r\nFARO PT",
    }
    rest = "\r\n14 LARCHMONT WALK\r\nPORTO PT"
    if field == "50F":
        fields.pop("50K")
        fields["50F"] = f"/80041\r\n1/{planted}\r\n2/14 LARCHMONT WALK\r\n3/PT/PORTO"
    elif field == "59F":
        fields.pop("59")
        fields["59F"] = f"/80042\r\n1/{planted}\r\n2/9 QUARRY RISE\r\n3/PT/FARO"
    elif field in MT_TEXTS:
        fields[field] = wrap(f"INVOICE 7731 {planted} OF 3 MAY", coded=field != "70")
    else:
        fields[field] = planted + rest
    body = "\r\n".join(f":{tag}:{fields[tag]}" for tag in sorted(fields))
    return (
        f"{{1:F01QVSVPTPLAXXX0000000000}}{{2:I103TNTHPTPLXXXXN}}{{4:\r\n:20:M{number}\r\n"
        f":23B:CRED\r\n:32A:260301EUR1500,\r\n{body}\r\n:71A:SHA\r\n-}}"
    ).encode("latin-1")


def wrap(words: str, *, coded: bool) -> str:
    """Return a text broken at 35 characters as senders break it, mid-word; coded as in field 72."""
    lines = []
    mark = "/REC/" if coded else ""
    while words:
        room = 35 - len(mark)
        lines.append(mark + words[:room])
        words, mark = words[room:], "//" if coded else ""
    return "\r\n".join(lines)


def choose_names(
    snapshot: Snapshot, wanted: int, seed: int, *, weak: bool
) -> list[tuple[str, str, int, str]]:
    """Return (list, record, name ordinal, name) of names taken at random, one per entity."""
    rows = []
    for ordinal in range(len(snapshot)):
        entity = snapshot.entity(ordinal)
        rows += [
            (entity.source.list_id, entity.source.record_id, ordinal, i, name.text)
            for i, name in enumerate(entity.names)
            if (name.quality is NameQuality.WEAK) == weak
        ]
    chosen = random.Random(seed).sample(rows, min(wanted, len(rows)))
    below = set(snapshot.index.below_scan_floor())
    return [
        (list_id, record, int((ordinal, i) in below), text)
        for list_id, record, ordinal, i, text in chosen
    ]


def read_one(data: bytes) -> Payment:
    """Return the payment of a message that must be readable."""
    (found,) = read_payments(data, source="planted")
    if not isinstance(found, Message):
        sys.exit(f"the planted message was not read: {found}")
    return found.payment


def is_latin(text: str) -> bool:
    """Return whether a name can stand in one line of an MT field."""
    return len(text) <= 33 and re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]+", text) is not None


def plant(
    screener: Screener, names: list[tuple[str, str, int, str]], field: str, *, message: str
) -> Iterator[tuple[tuple[str, str, int, str], Decision]]:
    """Yield each planted name with its decision."""
    write = write_pacs008 if message == "pacs.008" else write_mt103
    usable = [n for n in names if message == "pacs.008" or is_latin(n[3])]
    payments = [read_one(write(field, n[3], i)) for i, n in enumerate(usable)]
    for start in range(0, len(payments), 200):
        decisions = screener.screen(payments[start : start + 200])
        yield from zip(usable[start : start + 200], decisions, strict=True)


def names_entry(
    decision: Decision, planted: tuple[str, str, int, str], codes: frozenset[str]
) -> bool:
    """Return whether a reason with one of `codes` names the planted entry."""
    return any(
        r.code in codes and (r.list_id, r.record_id) == planted[:2] for r in decision.reasons
    )


def report(
    screener: Screener,
    names: list[tuple[str, str, int, str]],
    what: str,
    codes: frozenset[str],
    *,
    texts: bool,
) -> int:
    """Print one row per field; return how many names above the floor were missed."""
    missed = 0
    plans = (
        ("pacs.008", ISO_TEXTS if texts else ISO_NAMES),
        ("MT103", MT_TEXTS if texts else MT_NAMES),
    )
    verdicts: Counter[str] = Counter()
    stopped_by_weak = 0
    for message, fields in plans:
        for field in fields:
            count = found = below = 0
            lost: list[str] = []
            for planted, decision in plant(screener, names, field, message=message):
                verdicts[decision.verdict.value] += 1
                stopped_by_weak += any(
                    r.code == "WEAK_ALIAS_HIT" and r.effect is Effect.STOP for r in decision.reasons
                )
                if texts and planted[2]:
                    below += 1
                    continue
                count += 1
                if names_entry(decision, planted, codes):
                    found += 1
                else:
                    lost.append(f"{planted[0]} {planted[1]} {planted[3]!r}")
            missed += len(lost)
            print(
                f"{what:8} {message:9} {field:18} {found:4}/{count:<4}"
                f"{f' below floor {below}' if texts else ''}"
                f"{'  MISSED ' + '; '.join(lost[:5]) if lost else ''}"
            )
    print(
        f"{what:8} verdicts {dict(sorted(verdicts.items()))}, stopped by a weak alias alone: "
        f"{stopped_by_weak}"
    )
    return missed + stopped_by_weak


def main() -> None:
    """Run the planting and exit non-zero where a name was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--names", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2024)
    options = parser.parse_args()
    snapshot = open_small()
    screener = Screener(
        snapshot,
        load_policy(),
        law_at=LawTime(instant=datetime(2026, 3, 1, 12, tzinfo=UTC)),
        known_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    print(f"# planting, seed {options.seed}, {options.names} names, {describe_machine()}")
    started = time.perf_counter()
    strong = choose_names(snapshot, options.names, options.seed, weak=False)
    weak = choose_names(snapshot, options.names, options.seed, weak=True)
    missed = report(screener, strong, "strong", NAME_CODES, texts=False)
    missed += report(screener, strong, "strong", TEXT_CODES | NAME_CODES, texts=True)
    report(screener, weak, "weak", WEAK_CODES, texts=False)
    print(f"# {missed} missed, {time.perf_counter() - started:.0f} s")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
