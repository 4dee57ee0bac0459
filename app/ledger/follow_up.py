"""What an arrival sets free: held ops whose record came, talks whose consent came (sync.md ch. 4, 13)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.ledger.author import SYSTEM_USER, Author
from app.ledger.clerk import Clerk, Outcome
from app.ledger.desk import Desk, Key, Line
from app.ledger.flush import flush
from app.ledger.joined import gather
from app.ledger.op import read
from app.ledger.poison import poisonous
from app.ledger.tables import AWAITED, OPS, RECORDS
from app.ledger.withdrawals import obey

ROUNDS = 200


def follow_up(desk: Desk, arrived: set[Key], newly_waiting: list[str]) -> None:
    """Works on until nothing more is set free. Runs under the counter's lock, so two batches cannot miss each other.

    `newly_waiting` is looked at again because what it waits for may have been committed since this batch began to read.
    """
    checked = list(newly_waiting)
    for _ in range(ROUNDS):
        gather(desk, arrived)
        obey(desk, arrived)
        freed = [*_freed_by(desk, arrived), *checked]
        if not freed:
            return
        arrived, checked = _work(desk, freed), []


def _freed_by(desk: Desk, arrived: set[Key]) -> list[str]:
    keys = {key for key in arrived if key[0] != "consent_event"}
    keys |= {("consent_event", event.data["citizen_id"]) for key in arrived if key[0] == "consent_event" and (event := desk.standing(*key))}
    keys |= arrived
    return desk.awaiting(keys) if keys else []


def _work(desk: Desk, op_ids: list[str]) -> set[Key]:
    rows = desk.tx.execute(select(OPS).where(OPS.c.op_id.in_(op_ids), OPS.c.settled_at.is_(None)).order_by(OPS.c.seq)).mappings().all()
    arrived: set[Key] = set()
    for row in rows:
        if row["content"] and _all_known(desk, row["op_id"], arrived) and rework(desk, dict(row)).result.status != "held":
            arrived.add(("op", row["op_id"]))
    arrived |= set(desk.touched)
    flush(desk)
    return arrived


def _all_known(desk: Desk, op_id: str, arrived: set[Key]) -> bool:
    """Has everything come that the op waits for?"""
    waits = desk.tx.execute(select(AWAITED.c.kind, AWAITED.c.record_id).where(AWAITED.c.op_id == op_id)).all()
    return all(_is_known(desk, kind, id_) or (kind, id_) in arrived for kind, id_ in waits)


def _is_known(desk: Desk, kind: str, id_: str) -> bool:
    if kind == "op":
        row = desk.tx.execute(select(OPS.c.status, OPS.c.settled_at).where(OPS.c.op_id == id_)).first()
        return row is None or row.status != "held" or row.settled_at is not None
    if kind == "consent_event" and desk.standing("citizen", id_) is not None:
        return True  # a talk that waits for its citizen's consent
    if desk.standings.get((kind, id_), 0) is None:
        del desk.standings[kind, id_]  # another batch may have brought it meanwhile
    return desk.standing(kind, id_) is not None


def rework(desk: Desk, row: dict[str, Any], changed: dict[str, Any] | None = None) -> Outcome:
    """Takes a stored op up again in its author's name. Its first answer stays on record. Raises Poisoned."""
    content = row["content"] if not changed else {**row["content"], "set": {**row["content"].get("set", {}), **changed}}
    op = read(content)
    desk.lay_out([op.key], change=True)
    desk.lay_out((kind, id_) for _, kind, id_ in op.refs())
    clerk = Clerk(desk, _author_of(desk, row), row["device_id"])
    with poisonous(op):
        outcome = clerk.quarantined(op) if op.op_id in desk.poison else clerk.work(op, waited=True)
    result = outcome.result
    if result.code == row["code"] and result.status in ("held", "rejected"):
        return outcome  # still the same: nothing to write
    line = outcome.line or Line(None, op.kind, op.id, row["author_id"])
    line.updates_op = {"op_id": row["op_id"], "status": result.status, "code": result.code, "message": result.message,
                       "fields": result.fields, "before": outcome.before}
    desk.lines.append(line)
    desk.stops_awaiting.add(row["op_id"])
    desk.awaits_for(row["op_id"], outcome.awaits)
    return outcome


def _author_of(desk: Desk, row: dict[str, Any]) -> Author:
    if row["author_id"] == SYSTEM_USER:
        return Author(SYSTEM_USER, desk.project_id, "SYSTEM")
    users = RECORDS["user"]
    role = desk.tx.execute(select(users.c.role).where(users.c.id == row["author_id"])).scalar()
    return Author(row["author_id"], desk.project_id, role or "ADVISER")
