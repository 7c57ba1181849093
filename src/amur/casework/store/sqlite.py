"""The store of decisions in one SQLite file.

Durable: write-ahead log, `synchronous = FULL`, one transaction per batch, so that a batch is there
as a whole once `append` returns, and not at all if the process died before.
Source: https://www.sqlite.org/wal.html and https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from amur import limits
from amur.casework.store.migrations import APPLICATION_ID, MIGRATIONS
from amur.casework.store.records import (
    Arrival,
    Earlier,
    Mode,
    Receipt,
    StoreCounts,
    StoredDecision,
    Surroundings,
)
from amur.errors import StoreError
from amur.model import (
    Decision,
    Payment,
    Unscreened,
    UnsupportedMessage,
    Verdict,
    canonical,
    decode,
)

_BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another. One batch takes some milliseconds; 30 s means trouble."""

_PAGE: Final = 200
"""Decisions read at a time while iterating: a reader never holds the store for long."""

_VARIABLES: Final = 500
"""Values in one IN list. SQLite allowed 999 variables before version 3.32."""

_PREFIX_CHARS_MIN: Final = 4
"""Shortest beginning of an id that is looked up: less is a slip, not a reference."""

_INSERT: Final = """INSERT INTO decisions (
    seq, id, subject_sha256, identification, snapshot_id, policy_sha256, engine, law_at, known_at,
    context_sha256, mode, verdict, action, decision, payment, decided_at, source, message_sha256
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""

_STANDING: Final = """SELECT subject_sha256, decision FROM decisions
    WHERE snapshot_id = ? AND policy_sha256 = ? AND engine = ? AND law_at = ? AND known_at = ?
    AND subject_sha256 IN """

_PRIORS: Final = """SELECT identification, subject_sha256, id, MIN(seq) FROM decisions
    WHERE identification IN {} GROUP BY identification, subject_sha256 ORDER BY MIN(seq)"""

_COLUMNS: Final = "seq, decision, payment, mode, decided_at, source, message_sha256"


class SqliteStore:
    """A store in one file. Use it from one thread; several processes may share the file.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with SqliteStore(Path(tempfile.mkdtemp()) / "decisions.sqlite") as store:
        ...     store.counts().decisions
        0
    """

    __slots__ = ("_db", "_path")

    def __init__(self, path: Path, *, must_exist: bool = False) -> None:
        """Open the file; create it (and its folder) unless `must_exist`.

        Raises:
            StoreError: it is not there, not a store, of a newer version, or damaged.
        """
        self._path = path
        if must_exist and not path.is_file():
            raise StoreError(
                f"there is no store {path}",
                advice="Screen something first, or name another home folder.",
            )
        with self._translate():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def find_decided(
        self, subjects: Sequence[str], *, surroundings: Surroundings
    ) -> dict[str, Decision]:
        """Return the decisions that already stand, by hash of the subject.

        Cost: one look-up in an index per subject.
        """
        own = (
            surroundings.snapshot_id,
            surroundings.policy_sha256,
            surroundings.engine,
            surroundings.law_at,
            surroundings.known_at,
        )
        found: dict[str, Decision] = {}
        with self._translate():
            for part in _split(subjects):
                rows = self._db.execute(_STANDING + _places(part), (*own, *part))
                found.update((subject, decode(Decision, encoded)) for subject, encoded in rows)
        return found

    def find_priors(self, identifications: Sequence[str]) -> dict[str, tuple[Earlier, ...]]:
        """Return, by identification, the subjects that the store holds under it, earliest first.

        Shape: one entry per subject, with its first decision; at most `limits.PRIORS_MAX` per
        identification; identifications without any are left out.
        """
        found: dict[str, list[Earlier]] = {}
        with self._translate():
            for part in _split(identifications):
                # With MIN() SQLite takes the other columns from the row of the minimum.
                rows = self._db.execute(_PRIORS.format(_places(part)), part)
                for identification, subject, decision_id, seq in rows:
                    held = found.setdefault(identification, [])
                    if len(held) < limits.PRIORS_MAX:
                        held.append(Earlier(subject, decision_id, seq))
        return {identification: tuple(held) for identification, held in found.items()}

    def start_run(self, *, arguments: str, at: datetime) -> str:
        """Record that a run begins and return its id.

        Args:
            arguments: what the run was asked to do, for a reader; no personal data.
            at: UTC instant.
        """
        run_id = secrets.token_hex(8)
        with self._translate(), self._transaction():
            self._db.execute(
                "INSERT INTO runs (id, started_at, arguments) VALUES (?, ?, ?)",
                (run_id, _write_time(at), arguments),
            )
        return run_id

    def finish_run(self, run_id: str, *, counts: Mapping[str, int], at: datetime) -> None:
        """Record that a run ended, with its counts.

        Raises:
            StoreError: there is no such run, or it ended already.
        """
        with self._translate(), self._transaction():
            changed = self._db.execute(
                "UPDATE runs SET finished_at = ?, counts = ? WHERE id = ? AND finished_at IS NULL",
                (_write_time(at), json.dumps(counts, sort_keys=True), run_id),
            ).rowcount
            if changed != 1:
                raise StoreError(
                    f"there is no unfinished run {run_id}",
                    advice="Start a run first, and finish it once.",
                )

    def append(
        self,
        run_id: str,
        arrivals: Sequence[Arrival],
        *,
        mode: Mode,
        at: datetime,
        unscreened: Sequence[Unscreened] = (),
        unsupported: Sequence[UnsupportedMessage] = (),
    ) -> tuple[Decision, ...]:
        """Store a batch as a whole, durably, and return the decisions that stand.

        Shape: one decision per arrival, in order. It is the one given, or the one that was stored
        first where the same subject was already decided in the same surroundings.

        Cost: one transaction with one wait for the disk, whatever the size of the batch.

        Raises:
            StoreError: nothing of the batch was stored.
        """
        now = _write_time(at)
        with self._translate(), self._transaction():
            self._check_run(run_id)
            seq: int = self._db.execute("SELECT COALESCE(MAX(seq), 0) FROM decisions").fetchone()[0]
            standing = []
            for arrival in arrivals:
                if self._insert(arrival, seq + 1, mode, now):
                    seq += 1
                    standing.append(arrival.decision)
                else:
                    standing.append(self._find_standing(arrival.decision))
            self._db.executemany(
                "INSERT INTO receipts (decision_id, source, message_sha256, run_id, received_at) "
                "VALUES (?, ?, ?, ?, ?)",
                [
                    (decision.id, arrival.source, arrival.message_sha256, run_id, now)
                    for decision, arrival in zip(standing, arrivals, strict=True)
                ],
            )
            self._db.executemany(
                "INSERT INTO unscreened (source, sha256, problem, line, field, error, "
                "message_type, run_id, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        u.source,
                        u.sha256,
                        u.problem,
                        u.line,
                        u.field,
                        u.error,
                        u.message_type,
                        run_id,
                        now,
                    )
                    for u in unscreened
                ],
            )
            self._db.executemany(
                "INSERT INTO unsupported (source, sha256, message_type, run_id, received_at) "
                "VALUES (?, ?, ?, ?, ?)",
                [(u.source, u.sha256, u.message_type, run_id, now) for u in unsupported],
            )
        return tuple(standing)

    def get(self, decision_id: str) -> StoredDecision:
        """Return a decision by its id or a unique beginning of it.

        Raises:
            StoreError: no decision begins so, several do, or it cannot be the beginning of an id.
        """
        wanted = decision_id.strip().lower()
        if len(wanted) < _PREFIX_CHARS_MIN or not set(wanted) <= set("0123456789abcdef"):
            raise StoreError(
                "this is not a decision's id or the beginning of one",
                advice=f"Give at least {_PREFIX_CHARS_MIN} of its hexadecimal digits.",
            )
        with self._translate():
            # "g" sorts after every hexadecimal digit.
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM decisions WHERE id >= ? AND id < ? "  # noqa: S608 - constant
                "ORDER BY seq LIMIT 2",
                (wanted, wanted + "g"),
            ).fetchall()
        if not rows:
            raise StoreError(
                f"no decision begins with {wanted}",
                advice="Check the id, and the home folder it was decided in.",
            )
        if len(rows) > 1:
            raise StoreError(
                f"several decisions begin with {wanted}", advice="Give more digits of the id."
            )
        return _read_decision(rows[0])

    def receipts(self, decision_id: str) -> tuple[Receipt, ...]:
        """Return every arrival of the decided payment, in order."""
        with self._translate():
            rows = self._db.execute(
                "SELECT source, message_sha256, run_id, received_at FROM receipts "
                "WHERE decision_id = ? ORDER BY number",
                (decision_id,),
            ).fetchall()
        return tuple(
            Receipt(source, sha256, run_id, _read_time(at)) for source, sha256, run_id, at in rows
        )

    def iterate(self, *, verdict: Verdict | None = None) -> Iterator[StoredDecision]:
        """Yield the stored decisions in the order of storing.

        Shape: read page by page; decisions that are stored meanwhile come at the end.
        """
        seq = 0
        verdicts = tuple(each.value for each in ([verdict] if verdict else Verdict))
        while True:
            with self._translate():
                rows = self._db.execute(
                    f"SELECT {_COLUMNS} FROM decisions "  # noqa: S608 - constant
                    f"WHERE seq > ? AND verdict IN {_places(verdicts)} ORDER BY seq LIMIT ?",
                    (seq, *verdicts, _PAGE),
                ).fetchall()
            if not rows:
                return
            yield from map(_read_decision, rows)
            seq = rows[-1][0]

    def counts(self) -> StoreCounts:
        """Return how much the store holds."""
        with self._translate(), self._transaction(kind="DEFERRED"):
            verdicts = dict.fromkeys(Verdict, 0)
            verdicts.update(
                (Verdict(name), count)
                for name, count in self._db.execute(
                    "SELECT verdict, COUNT(*) FROM decisions GROUP BY verdict"
                )
            )
            rest = self._db.execute(
                "SELECT (SELECT COUNT(*) FROM receipts), (SELECT COUNT(*) FROM unscreened), "
                "(SELECT COUNT(*) FROM unsupported), (SELECT COUNT(*) FROM runs), "
                "(SELECT COUNT(*) FROM runs WHERE finished_at IS NULL)"
            ).fetchone()
        return StoreCounts(sum(verdicts.values()), verdicts, *rest)

    def _open(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        own, version = self._read_header()
        empty = not self._db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
        if own != APPLICATION_ID and not empty:
            raise StoreError(
                f"{self._path} is a database, but not a store of decisions",
                advice="Name another home folder.",
            )
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self._path} has version {version}, this build reads up to {len(MIGRATIONS)}",
                advice="Install the newer build that wrote it.",
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if version < len(MIGRATIONS):
            self._migrate()

    def _migrate(self) -> None:
        with self._transaction():
            # Read again under the lock: another process may have migrated meanwhile.
            version = self._read_header()[1]
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {max(version, len(MIGRATIONS))}")

    def _read_header(self) -> tuple[int, int]:
        own: int = self._db.execute("PRAGMA application_id").fetchone()[0]
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return own, version

    def _check_run(self, run_id: str) -> None:
        if self._db.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is None:
            raise StoreError(f"there is no run {run_id}", advice="Start a run first.")

    def _insert(self, arrival: Arrival, seq: int, mode: Mode, now: str) -> bool:
        decision, key, payment = arrival.decision, arrival.decision.key, arrival.payment
        return (
            self._db.execute(
                _INSERT,
                (
                    seq,
                    decision.id,
                    key.subject_sha256,
                    payment.identification,
                    key.snapshot_id,
                    key.policy_sha256,
                    key.engine,
                    key.law_at,
                    key.known_at,
                    key.context_sha256,
                    mode.value,
                    decision.verdict.value,
                    decision.action.value,
                    canonical(decision),
                    canonical(payment),
                    now,
                    arrival.source,
                    arrival.message_sha256,
                ),
            ).rowcount
            == 1
        )

    def _find_standing(self, decision: Decision) -> Decision:
        key = decision.key
        row = self._db.execute(
            _STANDING + "(?)",
            (
                key.snapshot_id,
                key.policy_sha256,
                key.engine,
                key.law_at,
                key.known_at,
                key.subject_sha256,
            ),
        ).fetchone()
        if row is None:
            raise StoreError(
                f"decision {decision.id[:12]} has the id of another decision",
                advice="An id must be the hash of the decision's key.",
            )
        return decode(Decision, row[1])

    @contextmanager
    def _transaction(self, *, kind: str = "IMMEDIATE") -> Iterator[None]:
        self._db.execute(f"BEGIN {kind}")
        try:
            yield
        except BaseException:
            # After some failures (a full disk) SQLite has rolled back already.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _translate(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}", advice=_advise(error)) from error
        except OSError as error:
            raise StoreError(
                f"{self._path}: {error.strerror}", advice="Check the folder and its permissions."
            ) from error


def _advise(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return "Another process holds the store; wait for it to end, then try again."
    if "full" in text:
        return "Free space on the disk; nothing of this batch was stored."
    if "not a database" in text or "malformed" in text:
        return "The file is damaged or no store; put back a backup or name another home folder."
    return "Check the file, its folder and their permissions."


def _split(values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    distinct = tuple(dict.fromkeys(values))
    for start in range(0, len(distinct), _VARIABLES):
        yield distinct[start : start + _VARIABLES]


def _places(values: Sequence[str]) -> str:
    return f"({', '.join('?' * len(values))})"


def _write_time(at: datetime) -> str:
    if at.tzinfo is None:
        raise StoreError("an instant without a time zone cannot be stored", advice="Give UTC.")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _read_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _read_decision(row: tuple[int, bytes, bytes, str, str, str, str]) -> StoredDecision:
    seq, decision, payment, mode, decided_at, source, message_sha256 = row
    return StoredDecision(
        seq,
        decode(Decision, decision),
        decode(Payment, payment),
        Mode(mode),
        _read_time(decided_at),
        source,
        message_sha256,
    )
