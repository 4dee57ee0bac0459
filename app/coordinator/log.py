"""/log: who saw what about whom, when and why, newest first; for those who watch over data protection (domain.md 2.3, 2.16).

A door of its own beside the office: no coordinator and no adviser gets in, and whoever reads the log is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, Select, false, func, select

from app import clock
from app.answers import database
from app.clock import COPENHAGEN
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.shown import kind_title, title
from app.coordinator.visit_rows import PAGE, Page, day
from app.coordinator.words import label
from app.guards import admit
from app.ledger import access
from app.ledger.author import SYSTEM_USER
from app.ledger.tables import ACCESS, ACCESS_REASONS, DEVICES
from app.rules.calendar import month_name

door = Blueprint("log", __name__)
FILTERS = ("borger", "hvem", "hvad", "fra", "til")
SERVER = "Serveren"
CITIZENS = TABLES["citizen"]


@dataclass(frozen=True)
class Line:
    """One access in words."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    what: str
    code: str
    reason: str


@door.get("/log")
@admit("AUDITOR")
def log() -> Any:
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    with database().read() as tx:
        citizen_id = _citizen(tx, asked)
        people = {SYSTEM_USER: SERVER, **desk.people(tx)}
    wrong = _wrong(asked, citizen_id)
    access.log(database(), desk.author(), [access.Entry("SEARCH", "access_log", citizen_id=citizen_id, about=", ".join(asked))], clock.now())
    with database().read() as tx:
        page = _page(tx, asked, citizen_id, people, request.args.get("side", 1, int))
    return render_template("coordinator/log.html", page=page, asked=asked, wrong=wrong, people=people, acts=access.ACTS,
                           address=lambda side: url_for("log.log", **{**asked, "side": side}))


def _citizen(tx: Connection, asked: Mapping[str, str]) -> str | None:
    """The id behind the code that was typed: the log knows no code."""
    code = asked.get("borger", "").upper()
    return tx.execute(select(CITIZENS.c.id).where(CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.code == code)).scalar()


def _wrong(asked: Mapping[str, str], citizen_id: str | None) -> dict[str, str]:
    wrong = {name: f"{title}: Skriv datoen som dd-mm-åååå." for name, title in (("fra", "Fra"), ("til", "Til"))
             if name in asked and not day(asked[name])}
    if "borger" in asked and citizen_id is None:
        wrong["borger"] = "Ingen borger har den kode. En slettet borger kan ikke findes ved sin kode."
    return wrong


def _page(tx: Connection, asked: Mapping[str, str], citizen_id: str | None, people: dict[str, str], number: int) -> Page:
    count = tx.execute(_filtered(select(func.count()).select_from(ACCESS), asked, citizen_id)).scalar_one()
    number = min(max(1, number), max(1, -(-count // PAGE)))
    same = (ACCESS_REASONS.c.project_id == ACCESS.c.project_id) & (ACCESS_REASONS.c.number == ACCESS.c.number)
    joined = (ACCESS.outerjoin(CITIZENS, CITIZENS.c.id == ACCESS.c.citizen_id).outerjoin(DEVICES, DEVICES.c.id == ACCESS.c.device_id)
              .outerjoin(ACCESS_REASONS, same))
    columns = select(ACCESS, CITIZENS.c.code, DEVICES.c.name.label("device"), ACCESS_REASONS.c.reason).select_from(joined)
    rows = tx.execute(_filtered(columns, asked, citizen_id).order_by(ACCESS.c.number.desc()).limit(PAGE).offset((number - 1) * PAGE))
    return Page([_line(row, people) for row in rows], count, number, PAGE)


def _filtered(query: Select[Any], asked: Mapping[str, str], citizen_id: str | None) -> Select[Any]:
    query = query.where(ACCESS.c.project_id == current_user.project_id)
    if "borger" in asked:
        query = query.where(ACCESS.c.citizen_id == citizen_id if citizen_id else false())
    for name, column in (("hvem", ACCESS.c.user_id), ("hvad", ACCESS.c.act)):
        if name in asked:
            query = query.where(column == asked[name])
    if start := day(asked.get("fra", "")):
        query = query.where(ACCESS.c.at >= datetime.combine(start, time(), COPENHAGEN))
    if end := day(asked.get("til", "")):
        query = query.where(ACCESS.c.at < datetime.combine(end + timedelta(days=1), time(), COPENHAGEN))
    return query


def _line(row: Any, people: dict[str, str]) -> Line:
    gone = "slettet" if row.citizen_id else ""
    return Line(row.number, row.at, people.get(row.user_id, "ukendt"), "" if row.user_id == SYSTEM_USER else label("role", row.role),
                access.ACTS.get(row.act, row.act), _what(row, people), row.code or gone, row.reason or "")


def _what(row: Any, people: dict[str, str]) -> str:
    """What it was about: the kind with the fields that were seen, a person, a phone, a month or a file."""
    if row.kind in TABLES and row.kind != "user":
        fields = ", ".join(title(row.kind, name).lower() for name in row.about.split(", ") if name)
        found = f"{kind_title(row.kind)}{': ' if fields else ''}{fields}"
    elif row.kind == "month":
        found = _period(row.about)
    else:
        found = ", ".join(filter(None, [people.get(row.record_id, ""), label("role", row.about)]))
    return ", ".join(filter(None, [found, row.device]))


def _period(about: str) -> str:
    """A month or a half-year in words; a file by its name."""
    if half := re.fullmatch(r"(\d{4})-H([12])", about):
        return f"{half[2]}. halvår {half[1]}"
    return month_name(about) if re.fullmatch(r"\d{4}-\d{2}", about) else about
