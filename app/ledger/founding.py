"""Begins a project's book: its feed, and the project itself as the first record in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.db import Database
from app.ledger.author import SYSTEM_USER, Author
from app.ledger.change import Change
from app.ledger.epoch import open_book
from app.ledger.ids import new_id
from app.ledger.push import write


def system(project_id: str) -> Author:
    """The house itself: set-up, import and demo write in its name."""
    return Author(SYSTEM_USER, project_id, "SYSTEM")


def found(db: Database, project: dict[str, Any], now: datetime, project_id: str | None = None) -> str:
    """A new project from its canonical fields; its id. Raises ValueError with the fields that are wrong."""
    project_id = project_id or new_id()
    with db.write() as tx:
        open_book(tx, project_id)
    result = write(db, system(project_id), [Change("project", project_id, "create", project)], now)[0]
    if result.status != "accepted":
        raise ValueError(result.message)
    return project_id
