"""The shape of the SQLite file, as forward migrations: never edit one, add the next."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x414D5552
"""`AMUR` in ASCII, in the file's header: tells a store from any other SQLite file.

Source: https://www.sqlite.org/pragma.html#pragma_application_id
"""

_FIRST: Final = (
    """CREATE TABLE decisions (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        subject_sha256 TEXT NOT NULL,
        identification TEXT NOT NULL,
        snapshot_id TEXT NOT NULL,
        policy_sha256 TEXT NOT NULL,
        engine TEXT NOT NULL,
        law_at TEXT NOT NULL,
        known_at TEXT NOT NULL,
        context_sha256 TEXT NOT NULL,
        mode TEXT NOT NULL CHECK (mode IN ('live', 'lookback')),
        verdict TEXT NOT NULL CHECK (verdict IN ('CLEAR', 'REVIEW', 'STOP')),
        action TEXT NOT NULL,
        decision BLOB NOT NULL,
        payment BLOB NOT NULL,
        decided_at TEXT NOT NULL,
        source TEXT NOT NULL,
        message_sha256 TEXT NOT NULL,
        UNIQUE (subject_sha256, snapshot_id, policy_sha256, engine, law_at, known_at)
    )""",
    "CREATE INDEX decisions_identification ON decisions (identification, subject_sha256)",
    "CREATE INDEX decisions_verdict ON decisions (verdict)",
    """CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        arguments TEXT NOT NULL,
        counts TEXT
    )""",
    """CREATE TABLE receipts (
        number INTEGER PRIMARY KEY,
        decision_id TEXT NOT NULL REFERENCES decisions (id),
        source TEXT NOT NULL,
        message_sha256 TEXT NOT NULL,
        run_id TEXT NOT NULL REFERENCES runs (id),
        received_at TEXT NOT NULL
    )""",
    "CREATE INDEX receipts_decision ON receipts (decision_id)",
    """CREATE TABLE unscreened (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        problem TEXT NOT NULL,
        line INTEGER,
        field TEXT NOT NULL,
        error TEXT NOT NULL,
        message_type TEXT NOT NULL,
        run_id TEXT NOT NULL REFERENCES runs (id),
        received_at TEXT NOT NULL
    )""",
    """CREATE TABLE unsupported (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        message_type TEXT NOT NULL,
        run_id TEXT NOT NULL REFERENCES runs (id),
        received_at TEXT NOT NULL
    )""",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST,)
"""Statements by version: the first brings an empty file to version 1, and so on."""
