"""Why a person did it: the words a coordinator gave for a deletion stand beside the op that did it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.db import Database
from app.ledger.author import Author
from app.ledger.tables import OPS
from app.rules.text_guard import clean


def give(db: Database, author: Author, op_id: str, why: str, now: datetime) -> None:
    """Keeps the reason with an op of the author's own."""
    with db.write() as tx:
        tx.execute(update(OPS).where(OPS.c.op_id == op_id, OPS.c.author_id == author.user_id)
                   .values(settled_at=now, settled_by=author.user_id, settled_how=clean(why)[:140]))
