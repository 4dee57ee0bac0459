"""Mandagslisten, the courses: this week's sessions with their seats, and last week's without attendance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_login import current_user
from sqlalchemy import Connection, exists, func, select

from app.coordinator.danish import counted, instant_words
from app.coordinator.desk import TABLES
from app.coordinator.point import Line, Point
from app.ledger.seats import SEATED

COURSES, RUNS, SESSIONS, ENROLMENTS, MARKS = (TABLES[kind] for kind in ("course", "course_run", "course_session", "enrolment", "attendance_mark"))


def this_week(tx: Connection, today: date) -> Point:
    monday = today - timedelta(days=today.weekday())
    sessions = tx.execute(
        select(SESSIONS, COURSES.c.title, RUNS.c.seats, _on_it(SEATED).label("taken"), _on_it(("WAITLISTED",)).label("waiting"),
               _noted().label("noted"))
        .join_from(SESSIONS, RUNS, RUNS.c.id == SESSIONS.c.course_run_id).join(COURSES, COURSES.c.id == RUNS.c.course_id)
        .where(SESSIONS.c.project_id == current_user.project_id, SESSIONS.c.deleted.is_(False), SESSIONS.c.status.in_(("PLANNED", "HELD")),
               SESSIONS.c.event_date.between(monday - timedelta(days=7), monday + timedelta(days=6)))
        .order_by(SESSIONS.c.starts_at, SESSIONS.c.id)).all()
    place = url_for("coordinator.course_list")
    missing = [Line(f"{row.title}, mødegang {row.number}, {instant_words(row.starts_at)}: fremmøde mangler", _run(row.course_run_id), True)
               for row in sessions if row.event_date < monday and not row.noted]
    coming = [Line(f"{row.title}, mødegang {row.number}, {instant_words(row.starts_at)}: {row.taken} af {row.seats} pladser"
                   + (f", {counted(row.waiting, 'borger', 'borgere')} på venteliste" if row.waiting else ""), _run(row.course_run_id))
              for row in sessions if row.event_date >= monday]
    return Point("Kurser i denne uge", "Kurser", place, [*missing, *coming],
                 "Ingen mødegange i denne uge, og fremmødet fra sidste uge er skrevet ned.", len(missing))


def _run(run_id: str) -> str:
    return url_for("coordinator.course_run", run_id=run_id)


def _on_it(statuses: tuple[str, ...]) -> Any:
    """How many on the session's run stand so."""
    return (select(func.count()).where(ENROLMENTS.c.course_run_id == SESSIONS.c.course_run_id, ENROLMENTS.c.deleted.is_(False),
                                       ENROLMENTS.c.status.in_(statuses)).correlate(SESSIONS).scalar_subquery())


def _noted() -> Any:
    """Somebody has noted who came, or nobody could have come."""
    marked = exists().where(MARKS.c.session_id == SESSIONS.c.id, MARKS.c.deleted.is_(False), MARKS.c.mark != "UNKNOWN")
    somebody = exists().where(ENROLMENTS.c.course_run_id == SESSIONS.c.course_run_id, ENROLMENTS.c.deleted.is_(False),
                              ENROLMENTS.c.status.in_((*SEATED, "COMPLETED", "DROPPED_OUT")))
    return marked | ~somebody
