"""Writes down what a citizen asks for, by when it must be answered, and the answer; each with its line in the access log (domain.md 2.16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from app.db import Database
from app.ledger import access
from app.ledger.author import Author
from app.ledger.ids import new_id
from app.ledger.push import tried
from app.records.codes import label
from app.records.rights import RightsRequest
from app.rules.outcomes import months_after

REQUESTS: Table = RightsRequest.__table__  # type: ignore[attr-defined]
MONTHS_TO_ANSWER = 1  # GDPR art. 12.3
ANSWERS = ("ANSWERED", "REFUSED")


def receive(db: Database, by: Author, citizen_id: str, kind: str, received_on: date, now: datetime) -> str:
    """The request's id. Raises push.Busy, push.StorageFull, as below."""
    id_ = new_id()

    def act(tx: Connection) -> None:
        tx.execute(insert(REQUESTS).values(id=id_, project_id=by.project_id, citizen_id=citizen_id, kind=kind, received_on=received_on,
                                           due_on=months_after(received_on, MONTHS_TO_ANSWER), status="OPEN", answer=""))
        access.put(tx, by, [access.Entry("REQUEST", "citizen", citizen_id, citizen_id, about=label("rights_request", kind).lower())], now)
    tried(db, act)
    return id_


def answer(db: Database, by: Author, request_id: str, status: str, words: str, now: datetime) -> bool:
    """False when there is no open request with that id."""
    return _close(db, by, now, status, words, REQUESTS.c.id == request_id) == 1


def answered_by_deed(db: Database, by: Author, citizen_id: str, kind: str, words: str, now: datetime) -> None:
    """What was asked for has been done: the request is answered by it."""
    _close(db, by, now, "ANSWERED", words, REQUESTS.c.citizen_id == citizen_id, REQUESTS.c.kind == kind)


def _close(db: Database, by: Author, now: datetime, status: str, words: str, *which: Any) -> int:
    def act(tx: Connection) -> int:
        open_ = REQUESTS.c.project_id == by.project_id, REQUESTS.c.status == "OPEN", *which
        closed = tx.execute(update(REQUESTS).where(*open_).values(status=status, answer=words, answered_at=now, answered_by=by.user_id)
                            .returning(REQUESTS.c.citizen_id, REQUESTS.c.kind)).all()
        if closed:
            access.put(tx, by, [access.Entry("ANSWER", "citizen", row.citizen_id, row.citizen_id, about=label("rights_request", row.kind).lower())
                                for row in closed], now)
        return len(closed)
    return int(tried(db, act))


def forget(tx: Connection, citizen_id: str, now: datetime) -> None:
    """That an erased citizen asked, and when, stays; the words of the answer do not, and nothing more can be answered."""
    tx.execute(update(REQUESTS).where(REQUESTS.c.citizen_id == citizen_id).values(answer=""))
    tx.execute(update(REQUESTS).where(REQUESTS.c.citizen_id == citizen_id, REQUESTS.c.status == "OPEN").values(status="ANSWERED", answered_at=now))


def all_of(tx: Connection, project_id: str) -> list[Any]:
    """Every request, the open ones first and of them the soonest due."""
    return list(tx.execute(select(REQUESTS).where(REQUESTS.c.project_id == project_id)
                           .order_by(REQUESTS.c.status != "OPEN", REQUESTS.c.due_on, REQUESTS.c.id)))
