"""The visits of the project as a list: filters out of the address, a page at a time, with how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, Select, func, select

from app.coordinator.desk import TABLES
from app.records.wire import Bad
from app.rules import practice_cells as cells

PAGE = 50
FILTERS = ("fra", "til", "praksis", "bydel", "raadgiver", "resultat", "formaal", "sen")


@dataclass(frozen=True)
class Page:
    """Some visits, newest first, and how many fit in all."""

    rows: list[Any]
    count: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))


def page(tx: Connection, asked: Mapping[str, str], number: int, size: int = PAGE) -> Page:
    """Two statements, whatever is asked for."""
    visits, practices, people = TABLES["visit"], TABLES["practice"], TABLES["user"]
    columns = (visits.c.id, visits.c.practice_id, visits.c.occurred_at, visits.c.event_date, visits.c.minutes, visits.c.mode, visits.c.purpose,
               visits.c.outcome, visits.c.late, visits.c.booked_in, visits.c.next_visit_on, practices.c.name.label("practice"), practices.c.district,
               people.c.initials, people.c.name.label("adviser"))
    count = tx.execute(_filtered(select(func.count()), asked)).scalar_one()
    number = min(max(1, number), max(1, -(-count // size)))
    rows = tx.execute(_filtered(select(*columns), asked).order_by(visits.c.occurred_at.desc(), visits.c.id).limit(size).offset((number - 1) * size))
    return Page(list(rows), count, number, size)


def day(text: str) -> date | None:
    """A date out of the address, as people write it or as ISO; nothing when it is none."""
    try:
        return date.fromisoformat(cells.day(text))
    except Bad:
        return None


def _filtered(query: Select[Any], asked: Mapping[str, str]) -> Select[Any]:
    visits, practices, people = TABLES["visit"], TABLES["practice"], TABLES["user"]
    joined = visits.outerjoin(practices, practices.c.id == visits.c.practice_id).outerjoin(people, people.c.id == visits.c.author_id)
    query = query.select_from(joined).where(visits.c.project_id == current_user.project_id, visits.c.deleted.is_(False))
    for name, column in (("praksis", visits.c.practice_id), ("bydel", practices.c.district), ("raadgiver", visits.c.author_id),
                         ("resultat", visits.c.outcome), ("formaal", visits.c.purpose)):
        if asked.get(name):
            query = query.where(column == asked[name])
    if start := day(asked.get("fra", "")):
        query = query.where(visits.c.event_date >= start)
    if end := day(asked.get("til", "")):
        query = query.where(visits.c.event_date <= end)
    return query.where(visits.c.late.is_(True)) if asked.get("sen") else query
