"""Closes a month together with its files, and hands a month's zip out."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from app.clock import local_date
from app.db import Database
from app.export.files import Package, package
from app.export.high_stops import refuse_with_high_stops
from app.export.seal import sealed, with_password
from app.figures import NotYet, close, running_month
from app.figures.close import Closed, refuse_unless_ours
from app.ledger import access, history
from app.ledger.author import Author
from app.ledger.founding import system
from app.records.month import MonthFile
from app.rules.calendar import month_name

FILES: Any = MonthFile.__table__  # type: ignore[attr-defined]


def month_close(db: Database, project_id: str, month: str, by: str | None, reason: str | None, now: datetime) -> dict[str, Any]:
    """Freezes the month and stores its files in one transaction. Does nothing the second time. Raises NotYet.

    Answers {"month", "closed_at", "fresh", "reason", "missing", "corrections", "text"}; `text` is a Danish sentence.
    """
    with db.write() as tx:
        closed = close(tx, project_id, month, by, reason or None, now)
        if closed.fresh:
            _store(tx, project_id, month, now)
            who = Author(by, project_id, "COORDINATOR") if by else system(project_id)
            access.put(tx, who, [access.Entry("MONTH_CLOSE", "month", about=month)], now)
    history.anchor(db, project_id, now)
    return {"month": month, "closed_at": closed.closed_at.isoformat(), "fresh": closed.fresh, "reason": closed.reason,
            "missing": closed.missing, "corrections": closed.corrections, "text": _told(closed)}


def _store(tx: Connection, project_id: str, month: str, now: datetime) -> None:
    made = package(tx, project_id, month, now)
    tx.execute(insert(FILES).values(project_id=project_id, month=month, name=made.name, sha256=made.sha256, content=made.content))


def _told(closed: Closed) -> str:
    name = month_name(closed.month).capitalize()
    if not closed.fresh:
        return f"{name} er allerede lukket. Intet er ændret."
    return " ".join([f"{name} er lukket.", *(["Det manglede:", *closed.missing] if closed.missing else [])])


def stored_file(tx: Connection, project_id: str, month: str) -> tuple[str, bytes] | None:
    """(name, bytes) as the close kept them; None while the month is open."""
    row = tx.execute(select(FILES).where(FILES.c.project_id == project_id, FILES.c.month == month)).first()
    return (row.name, row.content) if row else None


def month_file(tx: Connection, project_id: str, month: str, now: datetime) -> tuple[str, bytes]:
    """(name, bytes): of a closed month the stored ones, else what is booked so far. Raises NotYet."""
    if stored := stored_file(tx, project_id, month):
        return stored
    made = preliminary(tx, project_id, month, now)
    return made.name, made.content


def preliminary(tx: Connection, project_id: str, month: str, now: datetime) -> Package:
    """The open month as it stands. Raises NotYet for a month that has not begun, or is not the project's."""
    refuse_unless_ours(tx, project_id, month)
    if month > running_month(local_date(now)):
        raise NotYet(f"{month_name(month).capitalize()} er ikke begyndt.")
    return package(tx, project_id, month, now)


def month_export(db: Database, project_id: str, month: str, folder: Path, now: datetime, password: str | None = None,
                 recipient: str = "") -> Path:
    """Writes the month's one zip into the folder, which is made if it is missing; the file's path. Raises NotYet.

    With a password the zip asks for it; with an age public key the file can be read by its owner only. ValueError: neither is fit.
    """
    with db.read() as tx:
        refuse_with_high_stops(tx, project_id)
        name, content = month_file(tx, project_id, month, now)
    if recipient:
        name, content = sealed(name, content, recipient)
    elif password is not None:
        content = with_password(content, password)
    folder.mkdir(parents=True, exist_ok=True)
    target, unfinished = folder / name, folder / f".{name}.part"
    unfinished.write_bytes(content)
    os.replace(unfinished, target)
    return target
