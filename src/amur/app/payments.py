"""Use case: what payment files hold, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amur.app.screen import ReadItem
from amur.intake.payments.files import walk_files
from amur.intake.payments.reader import read_payments
from amur.model import Unscreened


def read_files(paths: Sequence[str]) -> Iterator[ReadItem]:
    """Yield what files, folders, zip archives and standard input (`-`) hold, in order.

    Raises:
        InputError: there is no such file or folder; before anything is read.
    """
    for found in walk_files(paths):
        if isinstance(found, Unscreened):
            yield found
        else:
            source, content = found
            yield from read_payments(content, source=source)
