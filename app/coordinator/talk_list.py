"""/kontor/samtaler: the talks, filtered by the address, 50 a page; whom they were with by code only, what was noted only after a reason.

Each citizen on the page is in the access log before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, Select, func, select

from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.seen import listed
from app.coordinator.visit_rows import PAGE, Page, day
from app.guards import admit
from app.ledger.joined import together

FILTERS = ("fra", "til", "raadgiver", "type", "bydel", "borger")
TALKS, CITIZENS, PRACTICES, PEOPLE = (TABLES[kind] for kind in ("talk", "citizen", "practice", "user"))


@room.get("/samtaler")
@admit("COORDINATOR")
def talk_list() -> Any:
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    wrong = {name: f"{title}: Skriv datoen som dd-mm-åååå." for name, title in (("fra", "Fra"), ("til", "Til"))
             if name in asked and not day(asked[name])}
    with database().read() as tx:
        page = _page(tx, asked | {"id": _citizen(tx, asked.get("borger", ""))}, request.args.get("side", 1, int))
        advisers = desk.people(tx, "ADVISER")
    listed((row.id, row.citizen_id) for row in page.rows)
    return render_template("coordinator/talk_list.html", page=page, asked=asked, wrong=wrong, advisers=advisers,
                           address=lambda side: url_for("coordinator.talk_list", **{**asked, "side": side}))


def _citizen(tx: Connection, code: str) -> str:
    """Who has the code, or had it before it was put together with another; nobody is found as nobody."""
    found = tx.execute(select(CITIZENS.c.id).where(CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.code == code.upper())).scalar()
    return together(tx, current_user.project_id, found)[0] if found else ""


def _page(tx: Connection, asked: Mapping[str, str], number: int) -> Page:
    """Two statements, whatever is asked for."""
    count = tx.execute(_filtered(select(func.count()), asked)).scalar_one()
    number = min(max(1, number), max(1, -(-count // PAGE)))
    columns = (TALKS.c.id, TALKS.c.occurred_at, TALKS.c.event_date, TALKS.c.type, TALKS.c.place, TALKS.c.minutes, TALKS.c.topics, TALKS.c.late,
               TALKS.c.practice_id, TALKS.c.citizen_id, TALKS.c.note.is_not(None).label("noted"), CITIZENS.c.code, PRACTICES.c.name.label("practice"),
               PEOPLE.c.initials, PEOPLE.c.name.label("adviser"))
    rows = tx.execute(_filtered(select(*columns), asked).order_by(TALKS.c.occurred_at.desc(), TALKS.c.id).limit(PAGE).offset((number - 1) * PAGE))
    return Page(list(rows), count, number, PAGE)


def _filtered(query: Select[Any], asked: Mapping[str, str]) -> Select[Any]:
    joined = (TALKS.outerjoin(CITIZENS, CITIZENS.c.id == TALKS.c.citizen_id).outerjoin(PRACTICES, PRACTICES.c.id == TALKS.c.practice_id)
              .outerjoin(PEOPLE, PEOPLE.c.id == TALKS.c.author_id))
    query = query.select_from(joined).where(TALKS.c.project_id == current_user.project_id, TALKS.c.deleted.is_(False))
    for name, column in (("raadgiver", TALKS.c.author_id), ("type", TALKS.c.type), ("bydel", TALKS.c.district)):
        if asked.get(name):
            query = query.where(column == asked[name])
    if asked.get("borger"):
        query = query.where(TALKS.c.citizen_id == asked["id"])
    if start := day(asked.get("fra", "")):
        query = query.where(TALKS.c.event_date >= start)
    if end := day(asked.get("til", "")):
        query = query.where(TALKS.c.event_date <= end)
    return query
