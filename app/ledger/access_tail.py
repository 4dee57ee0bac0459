"""Carries the access log over a restore: an older copy of the data is no reason to forget who has seen them since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.ledger import access, history
from app.ledger.chain import START
from app.ledger.founding import system
from app.ledger.tables import ACCESS, ACCESS_HEAD, ACCESS_REASONS

Rows = dict[str, list[dict[str, Any]]]


def kept(db: Database) -> Rows:
    """The whole log as it stands before the restore; nothing where the database is broken or older than the log."""
    try:
        with db.read() as tx:
            return {table.name: [dict(row) for row in tx.execute(select(table)).mappings()] for table in (ACCESS, ACCESS_REASONS)}
    except SQLAlchemyError:
        return {ACCESS.name: [], ACCESS_REASONS.name: []}


def put_back(db: Database, rows: Rows, now: datetime) -> None:
    """Every line after the restored ones, as it was; then a line that says what happened, and how many lines are lost if any are."""
    for project_id in history.project_ids(db):
        with db.write() as tx:
            head = tx.execute(select(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id)).first()
            number, hash_ = (head.number, head.hash) if head else (0, START)
            mine = {line["number"]: line for line in rows[ACCESS.name] if line["project_id"] == project_id}
            if (mine[number]["hash"] if number in mine else START) == hash_ and (tail := [mine[n] for n in sorted(mine) if n > number]):
                tx.execute(insert(ACCESS), tail)
                if reasons := [row for row in rows[ACCESS_REASONS.name] if row["project_id"] == project_id and row["number"] > number]:
                    tx.execute(insert(ACCESS_REASONS), reasons)
                put = {"number": tail[-1]["number"], "hash": tail[-1]["hash"]}
                tx.execute(update(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id).values(**put) if head
                           else insert(ACCESS_HEAD).values(project_id=project_id, **put))
        lost = history.forget_anchors(db, project_id)
        access.log(db, system(project_id), [access.Entry("RESTORE", about=f"linje {lost} og frem gik tabt" if lost else "")], now)
