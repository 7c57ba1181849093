"""The use cases as functions for Python programs: what `import amur` gives."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from amur.app.demo import SAMPLE_DAYS, add_sample_lists
from amur.app.lists import ListStore
from amur.app.match import match_subjects
from amur.app.payments import read_files
from amur.app.policies import load_policy
from amur.app.screen import ReadItem, read_clock
from amur.app.times import choose_times
from amur.engine import Subject
from amur.evidence.snapshot import Snapshot
from amur.model import Decision, Payment, Reason
from amur.policy import Policy
from amur.screening import screen_payments
from amur.settings import from_environment


def open_snapshot(
    home: Path | str | None = None, *, known_at: date | datetime | None = None
) -> Snapshot:
    """Open the lists of a home folder, as `amur lists add` brought them into force.

    Args:
        home: the folder; None means `AMUR_HOME`, else `~/.amur`.
        known_at: what had been learnt then (a day means its end); None means now.

    Raises:
        SnapshotError: no list is in force there, or none was at that time.

    Examples:
        >>> import amur
        >>> amur.open_snapshot("/nowhere")
        Traceback (most recent call last):
        ...
        amur.errors.SnapshotError: no list is in force in /nowhere. Add lists with `amur lists add`.
    """
    settings = from_environment().with_home(None if home is None else Path(home))
    return ListStore(settings.home).open_snapshot(known_at)


def open_sample(day: date = SAMPLE_DAYS[-1]) -> Snapshot:
    """Open the packaged sample of the lists as of a day, from a temporary folder.

    A few hundred entries, not for compliance use: for first steps and for tests.

    Examples:
        >>> import amur
        >>> [each.list_id for each in amur.open_sample().lists]
        ['un-sc', 'us-ofac-sdn']
    """
    with tempfile.TemporaryDirectory(prefix="amur-sample-") as folder:
        # The snapshot is memory-mapped: it stays readable when its folder has gone. What it reads
        # later by name are the tables, so they are read now.
        snapshot = add_sample_lists(Path(folder)).open_snapshot(day)
        for name in snapshot.tables:
            snapshot.table(name)
        return snapshot


def match(
    subjects: Sequence[Subject | str],
    snapshot: Snapshot,
    policy: Policy | None = None,
    *,
    law_at: date | datetime | None = None,
    known_at: date | datetime | None = None,
) -> tuple[tuple[Reason, ...], ...]:
    """Return, for each subject, what stands against it, strongest first; empty where nobody does.

    Args:
        subjects: names, or `Subject`s with what else is known of who it is.
        snapshot: the lists.
        policy: what decides; None means the packaged policy.
        law_at: what was in force; None means as `known_at`, else now.
        known_at: what had been learnt; None means as `law_at`, else now.

    Cost: one call of the engine; give many subjects at once.

    Examples:
        >>> import amur
        >>> from datetime import date
        >>> day = date(2024, 11, 22)
        >>> hits, = amur.match(["Gazprombank"], amur.open_sample(day), law_at=day)
        >>> hits[0].record_id
        '17016'
    """
    times = choose_times(now=read_clock(), law_at=law_at, known_at=known_at)
    asked = [Subject(each) if isinstance(each, str) else each for each in subjects]
    return match_subjects(asked, snapshot, policy or load_policy(), times)


def screen(
    payments: Sequence[Payment],
    snapshot: Snapshot,
    policy: Policy | None = None,
    *,
    law_at: date | datetime | None = None,
    known_at: date | datetime | None = None,
) -> tuple[Decision, ...]:
    """Return one decision per payment, in order. Nothing is stored.

    Shape: without a store no earlier payments are known, so a reused identification goes unseen;
    `amur screen` has one.

    Args:
        payments: e.g. from `read_payments`.
        snapshot: the lists.
        policy: what decides; None means the packaged policy.
        law_at: what was in force; None means as `known_at`, else now.
        known_at: what had been learnt; None means as `law_at`, else now.

    Examples:
        >>> import amur
        >>> from datetime import date
        >>> day = date(2024, 5, 16)
        >>> payment = amur.Payment("pacs.008.001.08", "M1", 0, parties=(
        ...     amur.Party(amur.Role.DEBTOR, "Ivan Petrov", "Dbtr/Nm", countries=("CN",)),
        ...     amur.Party(amur.Role.CREDITOR, "", "Cdtr/Nm")))
        >>> decision, = amur.screen([payment], amur.open_sample(day), law_at=day)
        >>> decision.verdict.value
        'REVIEW'
        >>> "PARTY_UNNAMED" in {reason.code for reason in decision.reasons}
        True
    """
    times = choose_times(now=read_clock(), law_at=law_at, known_at=known_at)
    return screen_payments(
        payments, snapshot, policy or load_policy(), law_at=times.law_at, known_at=times.known_at
    )


def read_payments(*paths: Path | str) -> Iterator[ReadItem]:
    """Yield what payment files, folders and zip archives hold, in order.

    Shape: a `Message` (its `payment` is the subject) per transaction; an `Unscreened` for what
    cannot be read, an `UnsupportedMessage` for a type without a reader.

    Raises:
        InputError: there is no such file or folder.
    """
    return read_files([str(path) for path in paths])
