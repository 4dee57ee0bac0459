"""Makes the database's files forget what its tables no longer hold."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.db import Database
from app.ledger.requests import REQUESTS
from app.ledger.tables import ACCESS_REASONS, CONFLICTS, OPS, RECORDS
from app.ledger.vault import VAULT

PATIENCE = 60.0


def scrub(db: Database) -> None:
    """Makes the file forget too: no free page, no statistics, no write-ahead log of SQLite's holds a byte of what was taken out."""
    if not db.is_sqlite:
        tables = [*RECORDS.values(), OPS, CONFLICTS, VAULT, ACCESS_REASONS, REQUESTS]
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                _patiently(lambda table=table: connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table.name}"')))
        return
    raw: Any = db.engine.raw_connection()
    try:
        _patiently(lambda: raw.driver_connection.execute("VACUUM"))
        _patiently(lambda: _checkpoint(raw.driver_connection))
    finally:
        raw.close()


def _checkpoint(raw: Any) -> None:
    if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise OperationalError("checkpoint", None, Exception("busy"))


def _patiently(act: Any) -> None:
    """A reader in another process may hold the file for a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (OperationalError, sqlite3.OperationalError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
