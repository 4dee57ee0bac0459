"""Drops old tombstones and moves the floor: a phone that missed them gets the whole view again (sync.md I11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from app.db import Database
from app.ledger.tables import BOOK, HEAD, RECORDS


def old(tx: Connection, project_id: str, older_than: timedelta, now: datetime) -> int:
    """How many records have content that `tidy` would drop."""
    return sum(tx.execute(select(func.count()).select_from(table).where(*_content(project_id, kind, table, older_than, now))).scalar_one()
               for kind, table in RECORDS.items())


def tidy(db: Database, project_id: str, older_than: timedelta, now: datetime) -> int:
    """Content of records deleted before then goes; their ids stay known. How many."""
    with db.write() as tx:
        newest = tx.execute(select(func.max(HEAD.c.seq)).where(*_gone(project_id, older_than, now))).scalar()
        if newest is None:
            return 0
        dropped = sum(tx.execute(delete(table).where(*_content(project_id, kind, table, older_than, now))).rowcount
                      for kind, table in RECORDS.items())
        tx.execute(update(BOOK).where(BOOK.c.project_id == project_id, BOOK.c.floor < newest).values(floor=newest))
        return dropped


def _gone(project_id: str, older_than: timedelta, now: datetime) -> tuple[Any, ...]:
    return HEAD.c.project_id == project_id, HEAD.c.gone.is_not(None), HEAD.c.changed_at <= now - older_than


def _content(project_id: str, kind: str, table: Any, older_than: timedelta, now: datetime) -> tuple[Any, ...]:
    ids = select(HEAD.c.id).where(*_gone(project_id, older_than, now), HEAD.c.kind == kind)
    return table.c.id.in_(ids), table.c.deleted.is_(True)
