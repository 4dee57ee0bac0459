"""/kontor/afklaring: everything a person must decide, in one list; what is settled is gone from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import since_words
from app.coordinator.room import room
from app.coordinator.shown import kind_title
from app.coordinator.subjects import said, subjects
from app.guards import admit
from app.ledger import settle
from app.ledger.tables import AWAITED


@dataclass(frozen=True)
class Waiting:
    """All four lists, and the names they need."""

    conflicts: list[Any]
    quarantine: list[Any]
    held: list[Any]
    duplicates: list[Any]

    @property
    def count(self) -> int:
        """What a person must look at; held ops settle by themselves."""
        return len(self.conflicts) + len(self.quarantine) + len(self.duplicates)


def waiting(tx: Connection) -> Waiting:
    project = current_user.project_id
    return Waiting(settle.open_conflicts(tx, project), settle.quarantined(tx, project), settle.held(tx, project), settle.duplicates(tx, project))


@room.get("/afklaring")
@admit("COORDINATOR")
def settling() -> Any:
    with database().read() as tx:
        found = waiting(tx)
        keys = [(row.kind, row.record_id) for row in [*found.conflicts, *found.quarantine, *found.held]]
        about = subjects(tx, [*keys, *((row.kind, row.first_id) for row in found.duplicates)])
        stopped = [*found.quarantine, *found.held]
        spoken = said(tx, stopped)
        about |= {row.record_id: spoken[row.op_id] for row in stopped if spoken.get(row.op_id) and row.record_id not in about}
        people, awaited = desk.people(tx), awaits(tx)
    return render_template("coordinator/settling.html", found=found, about=about, people=people, awaited=awaited, kind_title=kind_title,
                           since=lambda at: since_words(at, clock.now()))


def awaits(tx: Connection) -> dict[str, list[str]]:
    """op id → the Danish titles of what it waits for."""
    rows = tx.execute(select(AWAITED.c.op_id, AWAITED.c.kind).where(AWAITED.c.project_id == current_user.project_id))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.op_id, []).append(awaited_title(row.kind))
    return found


def awaited_title(kind: str) -> str:
    return {"op": "en tidligere rettelse", "consent_event": "borgerens samtykke"}.get(kind, kind_title(kind).lower())
