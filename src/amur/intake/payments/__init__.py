"""Payment files -> payments: ISO 20022 pacs.008 in any envelope, SWIFT MT103.

`walk_files` finds the bytes, `read_payments` reads them. Nothing is lost: what cannot be read
comes out as `Unscreened`, what no reader exists for as `UnsupportedMessage`.
"""

from amur.intake.payments.files import walk_files
from amur.intake.payments.reader import read_payments

__all__ = ["read_payments", "walk_files"]
