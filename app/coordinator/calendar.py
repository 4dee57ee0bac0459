"""/kontor/kalender: a month by weeks: days off, closed practices, course sessions, visits to come and deadlines (domain.md 3.4, 4.6)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.answers import database
from app.coordinator import desk, rights_requests, words
from app.coordinator.danish import counted, time_words
from app.coordinator.desk import TABLES
from app.coordinator.point import Line
from app.coordinator.room import room
from app.figures.months import due_on, final_on
from app.guards import admit
from app.rules.alphabet import sort_key
from app.rules.calendar import DAY, days, first_of, half_year, last_of, month_name, month_of, months, next_month, week_label
from app.rules.holidays import DaysOff, span

SESSIONS, RUNS, COURSES, PLANS, PRACTICES = (TABLES[kind] for kind in ("course_session", "course_run", "course", "planned_visit", "practice"))
FURTHEST = 24  # months away from the project's own


@dataclass
class Day:
    """One day of the page; `off` is what the day off is called."""

    day: date
    off: str
    outside: bool  # of the month
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, and who is closed on some of its working days."""

    label: str
    days: list[Day]
    closed: list[Line]


@room.get("/kalender")
@admit("COORDINATOR")
def calendar() -> Any:
    today = clock.today()
    with database().read() as tx:
        project = desk.project(tx)
        begins, ends = month_of(min(project["period_from"], today)), month_of(max(project["period_to"], today))
        known = months(next_month(begins, -FURTHEST), next_month(ends, FURTHEST))
        asked = request.args.get("maaned", "")
        month = asked if asked in known else month_of(today)
        weeks = _weeks(tx, project, month)
    return render_template("coordinator/calendar.html", month=month, weeks=weeks, today=today, strange=bool(asked) and asked != month,
                           before=_beside(known, month, -1), after=_beside(known, month, 1), months=known)


def _beside(known: list[str], month: str, step: int) -> str:
    """The month next to it; nothing at the edge of what is shown."""
    beside = next_month(month, step)
    return beside if beside in known else ""


def _weeks(tx: Connection, project: Any, month: str) -> list[Week]:
    first, last, off = first_of(month), last_of(month), DaysOff(project["closing_days"])
    first, last = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    lines: dict[date, list[Line]] = defaultdict(list)
    for found in (_deadlines(project, first, last), _requests(tx, first, last), _sessions(tx, first, last), _plans(tx, first, last)):
        for day, line in found:
            lines[day].append(line)
    closures = _closures(tx)
    return [Week(week_label(monday), [Day(day, off.name(day), month_of(day) != month, lines[day]) for day in days(monday, monday + DAY * 6)],
                 _closed(closures, monday)) for monday in days(first, last)[::7]]


def _deadlines(project: Any, first: date, last: date) -> list[tuple[date, Line]]:
    """When months close and half-years freeze, where the project and its phases begin and end."""
    found, running = [], month_of(clock.today())
    for month in months(month_of(project["period_from"]), month_of(min(project["period_to"], last))):
        name = month_name(month)
        found.append((due_on(month, project), Line(f"Frist: {name} lukkes", url_for("export.month", month=month) if month <= running else "")))
        if half_year(month)[1] == month:
            half = 1 if month.endswith("06") else 2
            found.append((final_on(month, project), Line(f"Frist: {half}. halvår {month[:4]} bliver endeligt")))
    found += [(project["period_from"], Line("Projektet begynder")), (project["period_to"], Line("Projektets sidste dag"))]
    for phase in project["phases"] or ():
        if phase.get("from"):
            found.append((date.fromisoformat(phase["from"]), Line(f"Fase: {words.label('project_phase', phase.get('phase'))}")))
    return [(day, line) for day, line in found if first <= day <= last]


def _requests(tx: Connection, first: date, last: date) -> list[tuple[date, Line]]:
    return [(due, Line(f"Frist: {code} får svar om {what}", place)) for due, code, what, place in rights_requests.waiting(tx, last) if due >= first]


def _sessions(tx: Connection, first: date, last: date) -> list[tuple[date, Line]]:
    one = SESSIONS.c
    rows = tx.execute(select(one.event_date, one.starts_at, one.number, one.status, one.course_run_id, COURSES.c.title)
                      .join_from(SESSIONS, RUNS, RUNS.c.id == one.course_run_id).join(COURSES, COURSES.c.id == RUNS.c.course_id)
                      .where(one.project_id == current_user.project_id, one.deleted.is_(False), one.event_date.between(first, last))
                      .order_by(one.starts_at, one.id))
    return [(row.event_date, Line(f"{time_words(row.starts_at)} {row.title}, {row.number}. gang"
                                  + (f" ({words.label('session_status', row.status).lower()})" if row.status in ("CANCELLED", "MOVED") else ""),
                                  url_for("coordinator.course_run", run_id=row.course_run_id))) for row in rows]


def _plans(tx: Connection, first: date, last: date) -> list[tuple[date, Line]]:
    rows = tx.execute(select(PLANS.c.planned_on, func.count().label("number")).where(
        PLANS.c.project_id == current_user.project_id, PLANS.c.deleted.is_(False), PLANS.c.status.in_(("PLANNED", "ARRIVED")),
        PLANS.c.planned_on.between(first, last)).group_by(PLANS.c.planned_on))
    return [(row.planned_on, Line(counted(row.number, "planlagt besøg", "planlagte besøg"))) for row in rows]


def _closures(tx: Connection) -> list[tuple[str, str, list[date]]]:
    """(practice id, name, its closed days), in Danish order."""
    rows = tx.execute(select(PRACTICES.c.id, PRACTICES.c.name, PRACTICES.c.closures).where(
        PRACTICES.c.project_id == current_user.project_id, PRACTICES.c.deleted.is_(False))).all()
    return [(row.id, row.name, [day for entry in row.closures or () for day in span(entry)])
            for row in sorted(rows, key=lambda row: sort_key(row.name))]


def _closed(closures: list[tuple[str, str, list[date]]], monday: date) -> list[Line]:
    week = days(monday, monday + DAY * 4)
    return [Line(name, url_for("coordinator.practice", practice_id=practice_id)) for practice_id, name, shut in closures if set(week) & set(shut)]
