"""What a record is about, in one line a person knows it by: the practice and the day, a name, a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, select

from app.coordinator import desk
from app.coordinator.danish import day_words
from app.coordinator.desk import NAMED_BY, TABLES


def subjects(tx: Connection, keys: Iterable[tuple[str, str]]) -> dict[str, str]:
    """record id → what it is about; one statement a kind. Unknown records are left out."""
    wanted = set(keys)
    found = desk.names(tx, wanted)
    for kind in {kind for kind, _ in wanted if kind in TABLES and kind not in NAMED_BY}:
        found.update(_dated(tx, kind, {record_id for of, record_id in wanted if of == kind}))
    return found


def said(tx: Connection, rows: Iterable[Any]) -> dict[str, str]:
    """op id → what a stored op speaks of by its own content, for records the server does not hold."""
    spoken = {row.op_id: found for row in rows if isinstance(found := (row.content or {}).get("set"), dict)}
    names = desk.names(tx, [("practice", found["practice_id"]) for found in spoken.values() if isinstance(found.get("practice_id"), str)])
    return {op_id: ", ".join(filter(None, [names.get(str(found.get("practice_id"))), _day(found.get("occurred_at"))]))
            for op_id, found in spoken.items()}


def _day(value: Any) -> str:
    """What was refused may hold anything."""
    try:
        return day_words(value) if isinstance(value, str) else ""
    except (ValueError, OverflowError):
        return ""


def _dated(tx: Connection, kind: str, ids: set[str]) -> dict[str, str]:
    table, practices = TABLES[kind], TABLES["practice"]
    at_practice = "practice_id" in table.c
    columns = [table.c.id, table.c.event_date, *([practices.c.name] if at_practice else [])]
    query = select(*columns).where(table.c.project_id == current_user.project_id, table.c.id.in_(ids))
    rows = tx.execute(query.select_from(table.outerjoin(practices, practices.c.id == table.c.practice_id)) if at_practice else query)
    return {row[0]: ", ".join(filter(None, [row[2] if at_practice else None, day_words(row[1])])) for row in rows}
