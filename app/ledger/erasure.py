"""Takes a citizen out: content and code leave every table, a tombstone and an anonymous counter stay (sync.md I19; domain.md 2.0)."""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, and_, cast, delete, insert, or_, select, text, update
from sqlalchemy.exc import OperationalError

from app.db import Database
from app.ledger import history
from app.ledger.desk import Desk, Key, Line, Standing
from app.ledger.flush import flush
from app.ledger.founding import SYSTEM_USER
from app.ledger.push import tried
from app.ledger.tables import AWAITED, CONFLICTS, ERASED, HEAD, OPS, RECORDS
from app.records import KINDS
from app.records.wire import specs

PATIENCE = 60.0


def erase(db: Database, project_id: str, code: str, now: datetime) -> int:
    """Erases the citizen with this code; how many records went. Raises LookupError. No byte is left when it returns."""
    with db.read() as tx:
        citizens = RECORDS["citizen"]
        found = tx.execute(select(citizens.c.id).where(citizens.c.project_id == project_id, citizens.c.code == code)).scalar()
    if found is None:
        raise LookupError(code)
    gone = erase_id(db, project_id, found, code, now)
    with history.changed(db) as content:
        content["erasures"] = [*content["erasures"], {"citizen_id": found, "at": now.isoformat()}]
    scrub(db)
    return gone


def again(db: Database, project_id: str, erasures: list[dict[str, Any]], now: datetime) -> None:
    """Does past erasures once more, after a restore and before the port opens."""
    citizens = RECORDS["citizen"]
    for entry in erasures:
        with db.read() as tx:
            row = tx.execute(select(citizens.c.code).where(citizens.c.id == entry["citizen_id"])).first()
            known = tx.execute(select(HEAD.c.gone).where(HEAD.c.kind == "citizen", HEAD.c.id == entry["citizen_id"])).first()
        if row or known is None or known.gone != "erased":
            erase_id(db, project_id, entry["citizen_id"], row.code if row else None, now)
    if erasures:
        scrub(db)


def erase_id(db: Database, project_id: str, citizen_id: str, code: str | None, now: datetime) -> int:
    """The change itself, in one transaction."""
    return tried(db, lambda tx: _erase(tx, db, project_id, citizen_id, code, now))  # type: ignore[no-any-return]


def _erase(tx: Connection, db: Database, project_id: str, citizen_id: str, code: str | None, now: datetime) -> int:
    desk = Desk(tx, project_id, now, lock=not db.is_sqlite)
    keys: list[Key] = [("citizen", citizen_id), *((k, i) for k, i in tx.execute(select(HEAD.c.kind, HEAD.c.id).where(
        HEAD.c.project_id == project_id, HEAD.c.citizen_id == citizen_id, HEAD.c.kind != "citizen")))]
    desk.lay_out(keys)
    for key in keys:
        standing = desk.standing(*key) or Standing(*key)
        if standing.gone != "erased":
            _count(tx, desk, standing)
            _take_out(tx, desk, standing)
    _forget_ops(tx, project_id, keys, citizen_id)
    if code:
        _forget_code(tx, project_id, code)
    flush(desk)
    return len(keys)


def _take_out(tx: Connection, desk: Desk, standing: Standing) -> None:
    tx.execute(delete(RECORDS[standing.kind]).where(RECORDS[standing.kind].c.id == standing.id))
    standing.rev, standing.gone, standing.salt, standing.data = standing.rev + 1, "erased", "", {}
    desk.lines.append(Line(None, standing.kind, standing.id, SYSTEM_USER, standing.rev, changes=standing))
    desk.gone[standing.kind, standing.id] = standing


def _count(tx: Connection, desk: Desk, standing: Standing) -> None:
    """The counters that stay: type, event month and district, nothing else."""
    day = standing.envelope.get("event_date")
    if day is None or standing.gone:
        return
    key = {"project_id": desk.project_id, "kind": standing.kind, "month": day.isoformat()[:7],
           "district": _district(tx, standing), "type": str(standing.data.get("type") or standing.data.get("status") or "")}
    same = and_(*(ERASED.c[name] == value for name, value in key.items()))
    if tx.execute(update(ERASED).where(same).values(count=ERASED.c.count + 1)).rowcount == 0:
        tx.execute(insert(ERASED).values(**key, count=1))


def _district(tx: Connection, standing: Standing) -> str:
    if standing.data.get("district"):
        return str(standing.data["district"])
    practices, citizens = RECORDS["practice"], RECORDS["citizen"]
    practice_id = standing.data.get("practice_id") or tx.execute(select(citizens.c.first_practice_id).where(citizens.c.id == standing.citizen_id)).scalar()
    return tx.execute(select(practices.c.district).where(practices.c.id == practice_id)).scalar() or ""


def _forget_ops(tx: Connection, project_id: str, keys: list[Key], citizen_id: str) -> None:
    """The ops on these records, and those that name the citizen from quarantine or from hold, lose their content."""
    ids = [id_ for _, id_ in keys]
    mentions = cast(OPS.c.content, String).like(f"%{citizen_id}%")
    mine = and_(OPS.c.project_id == project_id, or_(OPS.c.record_id.in_(ids), mentions))
    op_ids = list(tx.execute(select(OPS.c.op_id).where(mine)).scalars())
    tx.execute(update(OPS).where(OPS.c.op_id.in_(op_ids)).values(content=None, before=None, content_hash="", message="", fields=None, code="ERASED",
                                                                 status="rejected", settled_how="ERASED"))
    tx.execute(delete(AWAITED).where(or_(AWAITED.c.op_id.in_(op_ids), AWAITED.c.record_id.in_(ids))))
    tx.execute(delete(CONFLICTS).where(CONFLICTS.c.project_id == project_id, or_(CONFLICTS.c.record_id.in_(ids), cast(CONFLICTS.c.fields, String).like(f"%{citizen_id}%"))))


def _forget_code(tx: Connection, project_id: str, code: str) -> None:
    """Somebody may have typed the code into a text of another record."""
    for kind, table in RECORDS.items():
        for name, spec in specs(KINDS[kind]).items():
            if spec.shape == "text":
                tx.execute(update(table).where(table.c.project_id == project_id, table.c[name].like(f"%{code}%")).values({name: "[slettet]"}))
    tx.execute(update(OPS).where(OPS.c.project_id == project_id, cast(OPS.c.content, String).like(f"%{code}%")).values(content=None, before=None, content_hash=""))
    tx.execute(update(OPS).where(OPS.c.project_id == project_id, or_(OPS.c.message.like(f"%{code}%"), cast(OPS.c.fields, String).like(f"%{code}%"))).values(message="", fields=None))
    tx.execute(delete(CONFLICTS).where(CONFLICTS.c.project_id == project_id, cast(CONFLICTS.c.fields, String).like(f"%{code}%")))


def scrub(db: Database) -> None:
    """Makes the file forget too: no free page, no write-ahead log holds a byte of what was taken out."""
    if not db.is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("citizen", "consent_event", "talk", "enrolment", "stored_op", "conflict"):
                connection.execute(text(f"VACUUM FULL {table}"))
        return
    raw: Any = db.engine.raw_connection()
    try:
        _patiently(lambda: raw.driver_connection.execute("VACUUM"))
        _patiently(lambda: _checkpoint(raw.driver_connection))
    finally:
        raw.close()


def _checkpoint(raw: Any) -> None:
    if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise OperationalError("checkpoint", None, Exception("busy"))


def _patiently(act: Any) -> None:
    """A reader in another process may hold the file for a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (OperationalError, sqlite3.OperationalError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
