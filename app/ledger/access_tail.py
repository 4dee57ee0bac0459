"""Carries the access log over a restore: an older copy of the data is no reason to forget who has seen them since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.ledger import access, history
from app.ledger.chain import START
from app.ledger.founding import system
from app.ledger.tables import ACCESS, ACCESS_HEAD, ACCESS_REASONS

TABLES = (ACCESS, ACCESS_REASONS, ACCESS_HEAD)
Rows = dict[str, list[dict[str, Any]]]


def kept(db: Database) -> Rows:
    """The whole log as it stands before the restore; nothing where the database is broken or older than the log."""
    try:
        with db.read() as tx:
            return {table.name: [dict(row) for row in tx.execute(select(table)).mappings()] for table in TABLES}
    except SQLAlchemyError:
        return {table.name: [] for table in TABLES}


def put_back(db: Database, rows: Rows, now: datetime) -> None:
    """Every line after the restored ones, as it was; then a line that says what happened, and how many lines are lost if any are."""
    for project_id in history.project_ids(db):
        with db.write() as tx:
            _append(tx, project_id, {name: [row for row in some if row["project_id"] == project_id] for name, some in rows.items()})
        lost = history.forget_anchors(db, project_id)
        access.log(db, system(project_id), [access.Entry("RESTORE", about=f"linje {lost} og frem gik tabt" if lost else "")], now)


def _append(tx: Connection, project_id: str, rows: Rows) -> None:
    here = ACCESS_HEAD.c.project_id == project_id
    before = (rows[ACCESS_HEAD.name] or [{"floor": 0, "floor_hash": START}])[0]
    head = tx.execute(select(ACCESS_HEAD).where(here)).first()
    number, hash_ = (head.number, head.hash) if head else (0, START)
    if _shorten(tx, project_id, before) and number <= before["floor"]:
        number, hash_ = before["floor"], before["floor_hash"]
    mine = {before["floor"]: before["floor_hash"], **{line["number"]: line["hash"] for line in rows[ACCESS.name]}}
    tail = [line for line in sorted(rows[ACCESS.name], key=lambda line: line["number"]) if line["number"] > number]
    if mine.get(number) != hash_ or not tail:
        return
    tx.execute(insert(ACCESS), tail)
    if reasons := [row for row in rows[ACCESS_REASONS.name] if row["number"] > number]:
        tx.execute(insert(ACCESS_REASONS), reasons)
    put = {"number": tail[-1]["number"], "hash": tail[-1]["hash"]}
    tx.execute(update(ACCESS_HEAD).where(here).values(**put) if head
               else insert(ACCESS_HEAD).values(project_id=project_id, floor=before["floor"], floor_hash=before["floor_hash"], **put))


def _shorten(tx: Connection, project_id: str, before: dict[str, Any]) -> bool:
    """Drops again what was over its time before the restore, unless the copy tells another story there."""
    told = tx.execute(select(ACCESS.c.hash).where(ACCESS.c.project_id == project_id, ACCESS.c.number == before["floor"])).scalar()
    if before["floor"] == 0 or told not in (None, before["floor_hash"]):
        return False
    tx.execute(update(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id).values(floor=before["floor"], floor_hash=before["floor_hash"]))
    for table in (ACCESS_REASONS, ACCESS):
        tx.execute(delete(table).where(table.c.project_id == project_id, table.c.number <= before["floor"]))
    return True
