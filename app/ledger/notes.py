"""Takes away what was noted in talks when its time is over: 90 days after the talk, or once a yes it hangs on is withdrawn (domain.md 2.6, 2.7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from app.clock import local_date
from app.db import Database
from app.ledger.desk import CHUNK, Desk
from app.ledger.flush import change_unasked, flush
from app.ledger.push import tried
from app.ledger.tables import CONFLICTS, OPS, RECORDS
from app.rules.consent import status
from app.rules.gates import needed
from app.rules.retention import rules

KEPT = timedelta(days=rules()["TALK_NOTE"].days)
DONE = ("accepted", "conflict")  # what still waits for a person or a record keeps its words until then
TALKS = RECORDS["talk"]


def forget_notes(db: Database, project_id: str, now: datetime) -> int:
    """Empties the notes, in the open, as changes of the server's own, and takes them out of the ops they came with. How many."""
    def act(tx: Connection) -> int:
        desk = Desk(tx, project_id, now, lock=not db.is_sqlite)
        ids = over(desk, local_date(now))
        desk.lay_out((("talk", id_) for id_ in ids), change=True)
        for id_ in ids:
            _empty(desk, id_)
        for start in range(0, len(ids), CHUNK):
            part = ids[start:start + CHUNK]
            tx.execute(update(OPS).where(OPS.c.project_id == project_id, OPS.c.kind == "talk", OPS.c.record_id.in_(part), OPS.c.status.in_(DONE))
                       .values(content=None, before=None, content_hash=""))
            tx.execute(delete(CONFLICTS).where(CONFLICTS.c.kind == "talk", CONFLICTS.c.record_id.in_(part), CONFLICTS.c.settled_at.is_not(None)))
        flush(desk)
        return len(ids)
    return int(tried(db, act))


def over(desk: Desk, today: date) -> list[str]:
    """The talks whose note has had its time."""
    noted = desk.tx.execute(select(TALKS).where(
        TALKS.c.project_id == desk.project_id, TALKS.c.deleted.is_(False), TALKS.c.note.is_not(None))).mappings().all()
    said = desk.consents_stored({talk["citizen_id"] for talk in noted if talk["citizen_id"]})

    def withdrawn(talk: Any) -> bool:
        events = said.get(talk["citizen_id"], [])
        return any(status(events, scope, today, today) == "WITHDRAWN" for scope, _ in needed("talk", dict(talk), today, None))
    return [talk["id"] for talk in noted if talk["event_date"] < today - KEPT or withdrawn(talk)]


def _empty(desk: Desk, id_: str) -> None:
    talk = desk.standing("talk", id_)
    if talk and not talk.gone:
        change_unasked(desk, talk, {name: value for name, value in talk.data.items() if name != "note"})
