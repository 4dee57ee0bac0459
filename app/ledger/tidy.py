"""Drops old tombstones and moves the floor: a phone that missed them gets the whole view again (sync.md I11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from app.db import Database
from app.ledger.tables import BOOK, HEAD, RECORDS


def tidy(db: Database, project_id: str, older_than: timedelta, now: datetime) -> int:
    """Content of records deleted before then goes; their ids stay known. How many."""
    with db.write() as tx:
        old = (HEAD.c.project_id == project_id, HEAD.c.gone.is_not(None), HEAD.c.changed_at <= now - older_than)
        newest = tx.execute(select(func.max(HEAD.c.seq)).where(*old)).scalar()
        if newest is None:
            return 0
        dropped = 0
        for kind, table in RECORDS.items():
            ids = select(HEAD.c.id).where(*old, HEAD.c.kind == kind)
            dropped += tx.execute(delete(table).where(table.c.id.in_(ids), table.c.deleted.is_(True))).rowcount
        tx.execute(update(BOOK).where(BOOK.c.project_id == project_id, BOOK.c.floor < newest).values(floor=newest))
        return dropped
