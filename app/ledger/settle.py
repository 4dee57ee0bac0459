"""What a person must settle: conflicts, quarantine, held ops, possible duplicates, and the acts that settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from app.db import Database
from app.ledger.author import Author
from app.ledger.change import Change, Result
from app.ledger.desk import Desk
from app.ledger.flush import flush
from app.ledger.follow_up import follow_up, rework
from app.ledger.push import worked, write
from app.ledger.tables import CONFLICTS, DUPLICATES, FEED, OPS, RECORDS
from app.records import KINDS
from app.records.wire import to_data

Json = Any


def open_conflicts(tx: Connection, project_id: str) -> list[Any]:
    """Every open conflict of the project, the oldest first."""
    here = select(CONFLICTS).where(CONFLICTS.c.project_id == project_id, CONFLICTS.c.settled_at.is_(None))
    return list(tx.execute(here.order_by(CONFLICTS.c.opened_at)))


def quarantined(tx: Connection, project_id: str) -> list[Any]:
    """Rejected ops that nobody has settled, with their content."""
    here = select(OPS).where(OPS.c.project_id == project_id, OPS.c.status == "rejected", OPS.c.settled_at.is_(None), OPS.c.content.is_not(None))
    return list(tx.execute(here.order_by(OPS.c.seq)))


def held(tx: Connection, project_id: str) -> list[Any]:
    """Ops that wait for a record from another phone, the oldest first."""
    here = select(OPS).where(OPS.c.project_id == project_id, OPS.c.status == "held", OPS.c.settled_at.is_(None))
    return list(tx.execute(here.order_by(OPS.c.seq)))


def duplicates(tx: Connection, project_id: str) -> list[Any]:
    """Pairs of visits that may be one; a pair in which one is gone by now is no question any more."""
    first, second = RECORDS["visit"].alias(), RECORDS["visit"].alias()
    pairs = select(DUPLICATES).join(first, first.c.id == DUPLICATES.c.first_id).join(second, second.c.id == DUPLICATES.c.second_id)
    return list(tx.execute(pairs.where(DUPLICATES.c.project_id == project_id, DUPLICATES.c.settled_at.is_(None), first.c.deleted.is_(False),
                                       second.c.deleted.is_(False)).order_by(DUPLICATES.c.opened_at)))


def settle_conflict(db: Database, author: Author, conflict_id: str, choices: dict[str, Json], now: datetime) -> Result:
    """Gives each field of a conflict its value. `{}` keeps what the server holds. Raises LookupError."""
    with db.read() as tx:
        conflict = tx.execute(select(CONFLICTS).where(CONFLICTS.c.id == conflict_id, CONFLICTS.c.project_id == author.project_id,
                                                      CONFLICTS.c.settled_at.is_(None))).first()
        if conflict is None:
            raise LookupError(conflict_id)
        table = RECORDS[conflict.kind]
        row = tx.execute(select(table).where(table.c.id == conflict.record_id)).mappings().first()
        op = tx.execute(select(OPS.c.action).where(OPS.c.op_id == conflict.op_id)).scalar()
    data = to_data(KINDS[conflict.kind], row) if row else {}
    gone = row is None or row["deleted"]
    return write(db, author, [_settling(conflict, choices, data, gone, op == "delete")], now)[0]


def _settling(conflict: Any, choices: dict[str, Json], data: dict[str, Json], gone: bool, deletes: bool) -> Change:
    key = (conflict.kind, conflict.record_id)
    if conflict.code == "DELETE_VS_EDIT" and choices.get("delete"):
        return Change(*key, "delete", base=dict(data), resolves=conflict.id)
    if gone and choices:
        return Change(*key, "create", set={**data, **choices}, restores=True, resolves=conflict.id)
    if gone:
        return Change(*key, "delete", base={}, resolves=conflict.id)
    chosen = {name: value for name, value in choices.items() if name in conflict.fields and not deletes}
    return Change(*key, "update", set=chosen, base={name: data.get(name) for name in chosen}, resolves=conflict.id)


def replay(db: Database, author: Author, op_id: str, now: datetime, changed: dict[str, Json] | None = None) -> Result:
    """Takes a quarantined or held op up again as its own author, corrected where `changed` says so. Raises LookupError."""
    def act(tx: Connection, poison: frozenset[str]) -> Result:
        row = tx.execute(select(OPS).where(OPS.c.op_id == op_id, OPS.c.project_id == author.project_id, OPS.c.settled_at.is_(None),
                                           OPS.c.status.in_(("rejected", "held")), OPS.c.content.is_not(None))).mappings().first()
        if row is None:
            raise LookupError(op_id)
        desk = Desk(tx, author.project_id, now, lock=not db.is_sqlite, poison=poison)
        outcome = rework(desk, dict(row), changed)
        if changed and outcome.result.status == "accepted" and desk.lines:
            desk.lines[-1].updates_op = {**(desk.lines[-1].updates_op or {}), "settled_by": author.user_id, "settled_how": "Rettet i kontoret"}
        arrived = {*desk.touched, ("op", op_id)}
        flush(desk)
        follow_up(desk, arrived, [])
        return outcome.result
    return worked(db, act)  # type: ignore[no-any-return]


def drop(db: Database, author: Author, op_id: str, why: str, now: datetime) -> None:
    """Settles a quarantined or held op without booking it; it stays on record with the reason. What waited for it goes on."""
    def act(tx: Connection, poison: frozenset[str]) -> None:
        tx.execute(update(OPS).where(OPS.c.op_id == op_id, OPS.c.project_id == author.project_id, OPS.c.status.in_(("rejected", "held")))
                   .values(settled_at=now, settled_by=author.user_id, settled_how=why[:140]))
        follow_up(Desk(tx, author.project_id, now, lock=not db.is_sqlite, poison=poison), {("op", op_id)}, [])
    worked(db, act)


def hand_over(db: Database, author: Author, op_ids: Iterable[str], now: datetime) -> list[str]:
    """The adviser gives rejected ops of their own to the coordinator; the ids that were taken over."""
    wanted = list(op_ids)
    with db.write() as tx:
        mine = list(tx.execute(select(OPS.c.op_id).where(
            OPS.c.op_id.in_(wanted), OPS.c.author_id == author.user_id, OPS.c.status == "rejected")).scalars())
        tx.execute(update(OPS).where(OPS.c.op_id.in_(mine), OPS.c.handed_over_at.is_(None)).values(handed_over_at=now))
    return mine


def receipts(tx: Connection, author: Author, op_ids: Iterable[str]) -> dict[str, Any]:
    """op_id → its row, for the author's own ops: the server's list of what it has received."""
    rows = tx.execute(select(OPS.c.op_id, OPS.c.status, OPS.c.code, OPS.c.message, OPS.c.seq, OPS.c.settled_at, OPS.c.settled_how)
                      .where(OPS.c.op_id.in_(list(op_ids)), OPS.c.author_id == author.user_id))
    return {row.op_id: row for row in rows}


def settle_duplicate(db: Database, author: Author, duplicate_id: str, how: str, now: datetime) -> Result | None:
    """SAME deletes the second visit, BOTH keeps the two. Raises LookupError."""
    with db.write() as tx:
        pair = tx.execute(select(DUPLICATES).where(DUPLICATES.c.id == duplicate_id, DUPLICATES.c.project_id == author.project_id,
                                                   DUPLICATES.c.settled_at.is_(None))).first()
        if pair is None:
            raise LookupError(duplicate_id)
        tx.execute(update(DUPLICATES).where(DUPLICATES.c.id == duplicate_id).values(settled_at=now, settled_by=author.user_id, settled_how=how))
        table = RECORDS[pair.kind]
        row = tx.execute(select(table).where(table.c.id == pair.second_id)).mappings().one()
    if how != "SAME":
        return None
    return write(db, author, [Change(pair.kind, pair.second_id, "delete", base=to_data(KINDS[pair.kind], row))], now)[0]


def history(tx: Connection, project_id: str, kind: str, record_id: str) -> list[dict[str, Json]]:
    """Every booked change of a record, the oldest first:
    {"at","author_id","device_id","action","code","changes":{field:{"before","after"}}}. What a conflict kept back is no change.
    """
    table = RECORDS[kind]
    now = tx.execute(select(table).where(table.c.id == record_id, table.c.deleted.is_(False))).mappings().first()
    after = to_data(KINDS[kind], now) if now else {}
    rows = tx.execute(select(OPS, FEED.c.rev).join(FEED, (FEED.c.op_id == OPS.c.op_id) & (FEED.c.project_id == OPS.c.project_id)).where(
        OPS.c.project_id == project_id, OPS.c.kind == kind, OPS.c.record_id == record_id,
        OPS.c.status.in_(("accepted", "conflict")), FEED.c.rev.is_not(None)).order_by(FEED.c.seq.desc()))
    told = []
    for row in rows:  # backwards from how it stands, so that a merged value is told as it became
        before = row.before or {}
        fields = before if row.before is not None else after
        told.append({"at": row.received_at, "author_id": row.author_id, "device_id": row.device_id, "action": row.action, "code": row.code,
                     "changes": {name: {"before": before.get(name), "after": after.get(name)} for name in fields}})
        after = {**after, **before}
    return told[::-1]
