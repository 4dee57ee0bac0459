"""/kontor/kurser: the runs with seats and waiting list, and one run with its sessions, who has a seat and who came; codes only, fit to print."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import abort, render_template
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit
from app.ledger.seats import SEATED
from app.rules.alphabet import sort_key
from app.rules.enrolment import SHOWED_UP

COURSES, RUNS, SESSIONS, ENROLMENTS, MARKS, CITIZENS = (
    TABLES[kind] for kind in ("course", "course_run", "course_session", "enrolment", "attendance_mark", "citizen"))
DONE = ("HELD", "CANCELLED")
WITH_A_SEAT = ("ENROLLED", "STARTED", "COMPLETED", "DROPPED_OUT")


@room.get("/kurser")
@admit("COORDINATOR")
def course_list() -> Any:
    with database().read() as tx:
        runs = _runs(tx)
        courses = tx.execute(select(COURSES).where(COURSES.c.project_id == current_user.project_id, COURSES.c.deleted.is_(False))).all()
        status = Counter({(row.course_run_id, row.status): row.number for row in _standing(tx)})
    seated = {run.id: sum(status[run.id, one] for one in SEATED) for run in runs}
    ahead = [run for run in runs if run.status not in DONE]
    return render_template("coordinator/course_list.html", ahead=ahead[::-1], past=[run for run in runs if run.status in DONE], seated=seated,
                           courses=sorted(courses, key=lambda course: sort_key(course.title)),
                           waiting={run.id: status[run.id, "WAITLISTED"] for run in runs},
                           completed={run.id: status[run.id, "COMPLETED"] for run in runs})


@room.get("/kurser/<run_id>")
@admit("COORDINATOR")
def course_run(run_id: str) -> Any:
    with database().read() as tx:
        run = next((run for run in _runs(tx) if run.id == run_id), None) or abort(404)
        sessions = tx.execute(select(SESSIONS).where(SESSIONS.c.project_id == current_user.project_id, SESSIONS.c.deleted.is_(False),
                                                     SESSIONS.c.course_run_id == run_id).order_by(SESSIONS.c.starts_at, SESSIONS.c.number)).all()
        places = tx.execute(select(ENROLMENTS.c.id, ENROLMENTS.c.status, ENROLMENTS.c.enrolled_at, CITIZENS.c.code)
                            .join_from(ENROLMENTS, CITIZENS, CITIZENS.c.id == ENROLMENTS.c.citizen_id)
                            .where(ENROLMENTS.c.project_id == current_user.project_id, ENROLMENTS.c.deleted.is_(False),
                                   ENROLMENTS.c.course_run_id == run_id).order_by(ENROLMENTS.c.enrolled_at, ENROLMENTS.c.id)).all()
        marks = {(row.session_id, row.enrolment_id): row.mark for row in tx.execute(
            select(MARKS).where(MARKS.c.project_id == current_user.project_id, MARKS.c.session_id.in_([session.id for session in sessions]))
            .order_by(MARKS.c.received_at, MARKS.c.id))}
        off = desk.days_off(tx)
    groups = (("Har en plads", [row for row in places if row.status in WITH_A_SEAT]),
              ("Har fået tilbud", [row for row in places if row.status == "OFFERED"]),
              ("Venteliste", [row for row in places if row.status == "WAITLISTED"]),
              ("Ikke med", [row for row in places if row.status not in (*WITH_A_SEAT, "OFFERED", "WAITLISTED")]))
    came = {session.id: sum(marks.get((session.id, row.id)) in SHOWED_UP for row in places) for session in sessions}
    noted = {session_id for (session_id, _), mark in marks.items() if mark != "UNKNOWN"}
    return render_template("coordinator/course_run.html", run=run, sessions=sessions, groups=groups, came=came, noted=noted, marks=marks,
                           off={session.id: off.name(session.event_date) for session in sessions}, today=clock.today())


def _runs(tx: Connection) -> list[Any]:
    """Every run with its course's title, the newest first."""
    return list(tx.execute(select(RUNS, COURSES.c.title).join_from(RUNS, COURSES, COURSES.c.id == RUNS.c.course_id)
                           .where(RUNS.c.project_id == current_user.project_id, RUNS.c.deleted.is_(False))
                           .order_by(RUNS.c.starts_on.desc(), RUNS.c.id)))


def _standing(tx: Connection) -> list[Any]:
    return list(tx.execute(select(ENROLMENTS.c.course_run_id, ENROLMENTS.c.status, func.count().label("number"))
                           .where(ENROLMENTS.c.project_id == current_user.project_id, ENROLMENTS.c.deleted.is_(False))
                           .group_by(ENROLMENTS.c.course_run_id, ENROLMENTS.c.status)))
