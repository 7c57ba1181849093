"""One blob of bytes -> everything it holds: payments, unsupported messages, what is unreadable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from amur.errors import InputError, LimitError, MalformedError
from amur.intake.payments.detection import Format, detect
from amur.intake.payments.fin import FinDefect, FinMessage, split_messages
from amur.intake.payments.iso20022 import Envelope, read_envelopes
from amur.intake.payments.mt103 import MESSAGE_TYPE, looks_like_mt103, read_mt103
from amur.intake.payments.pacs008 import read_pacs008, reads_type
from amur.intake.payments.refusals import hold
from amur.limits import PAYMENT_FILE_BYTES_MAX
from amur.model import Message, Unscreened, UnsupportedMessage

ReadItem = Message | Unscreened | UnsupportedMessage
"""What is read."""


def read_payments(data: bytes, *, source: str) -> Iterator[ReadItem]:
    """Yield everything that a file holds, in order; at least one item, and it never raises.

    Shape: XML (any ISO 20022 envelope, several messages) or SWIFT FIN (several messages); the
    content says which. Each transaction of a pacs.008 and each MT103 is a `Message`; a message of
    another type an `UnsupportedMessage`; what cannot be read an `Unscreened` that names the error
    class, the line and the field. A transaction of which a part cannot be read is unscreened as a
    whole; the others of its message are read.

    Units: `sha256` is that of the message's own bytes in FIN files, of the whole file in XML.

    Cost: one pass; the whole of an XML file in memory as a tree.

    Args:
        data: the file's bytes.
        source: its name, as the user gave it; stands in every item.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        kind = _check(data, source=source)
        if kind is Format.XML:
            yield from _read_xml(data, source=source, sha256=sha256)
        else:
            yield from _read_fin(data, source=source)
    except InputError as error:
        yield hold(error, source=source, sha256=sha256)


def _check(data: bytes, *, source: str) -> Format:
    if len(data) > PAYMENT_FILE_BYTES_MAX:
        raise LimitError(
            "the file is too large",
            limit=PAYMENT_FILE_BYTES_MAX,
            got=len(data),
            unit="bytes",
            source=source,
            advice="Split it.",
        )
    kind = detect(data)
    if kind is Format.UNKNOWN:
        raise MalformedError(
            "the file is empty" if not data.strip() else "not a payment message Amur knows",
            source=source,
            advice="Send ISO 20022 XML or SWIFT FIN messages.",
        )
    return kind


def _read_xml(data: bytes, *, source: str, sha256: str) -> Iterator[ReadItem]:
    for item in read_envelopes(data, source=source):
        if isinstance(item, InputError):
            yield hold(item, source=source, sha256=sha256)
        elif reads_type(item.message_type):
            yield from _read_transactions(item, source=source, sha256=sha256)
        else:
            yield UnsupportedMessage(source, sha256, item.message_type)


def _read_transactions(envelope: Envelope, *, source: str, sha256: str) -> Iterator[ReadItem]:
    for item in read_pacs008(envelope, source=source):
        if isinstance(item, InputError):
            yield hold(item, source=source, sha256=sha256, message_type=envelope.message_type)
        else:
            yield Message(source, sha256, item)


def _read_fin(data: bytes, *, source: str) -> Iterator[ReadItem]:
    try:
        encoding = "utf-8"
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = data.decode(encoding)
    found = False
    for item in split_messages(text.removeprefix("\ufeff"), source=source):
        found = True
        sha256 = hashlib.sha256(item.text.encode(encoding)).hexdigest()
        if isinstance(item, FinDefect) and item.message_type not in ("", MESSAGE_TYPE):
            # Of a type that no reader exists for: what is wrong with it is not for Amur to say.
            yield UnsupportedMessage(source, sha256, item.message_type)
        elif isinstance(item, FinDefect):
            yield hold(item.error, source=source, sha256=sha256, message_type=item.message_type)
        else:
            yield _read_message(item, source=source, sha256=sha256)
    if not found:
        raise MalformedError(
            "not a payment message Amur knows",
            source=source,
            advice="Send ISO 20022 XML or SWIFT FIN messages.",
        )


def _read_message(message: FinMessage, *, source: str, sha256: str) -> ReadItem:
    message_type = message.message_type
    if not message_type and looks_like_mt103(message):
        message_type = MESSAGE_TYPE
    try:
        if not message_type:
            raise MalformedError(
                "no header says of what type the message is, and its fields do not tell",
                source=source,
                line=message.line,
                field="block 2",
                advice="Send it with blocks 1 and 2.",
            )
        if message_type != MESSAGE_TYPE:
            return UnsupportedMessage(source, sha256, message_type)
        return Message(source, sha256, read_mt103(message, source=source))
    except InputError as error:
        return hold(error, source=source, sha256=sha256, message_type=message_type)
