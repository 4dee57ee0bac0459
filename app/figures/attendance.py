"""Which held sessions of a month nobody has noted attendance for (indicators.md 2.2)."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from app.figures.point import Point, many, on_day
from app.figures.tables import RECORDS
from app.rules.calendar import first_of, last_of

SESSIONS, MARKS, ENROLMENTS = RECORDS["course_session"], RECORDS["attendance_mark"], RECORDS["enrolment"]
RUNS, COURSES = RECORDS["course_run"], RECORDS["course"]
ON_THE_RUN = ("STARTED", "COMPLETED", "DROPPED_OUT")


def without_attendance(tx: Connection, project_id: str, month: str) -> Point:
    """A held session misses attendance while somebody is on its run and no mark says more than "unknown"."""
    somebody = exists().where(ENROLMENTS.c.course_run_id == SESSIONS.c.course_run_id, ENROLMENTS.c.deleted.is_(False),
                              ENROLMENTS.c.status.in_(ON_THE_RUN))
    marked = exists().where(MARKS.c.session_id == SESSIONS.c.id, MARKS.c.deleted.is_(False), MARKS.c.mark != "UNKNOWN")
    found = tx.execute(
        select(SESSIONS.c.number, SESSIONS.c.starts_at, COURSES.c.title)
        .join_from(SESSIONS, RUNS, RUNS.c.id == SESSIONS.c.course_run_id).join(COURSES, COURSES.c.id == RUNS.c.course_id)
        .where(SESSIONS.c.project_id == project_id, SESSIONS.c.deleted.is_(False), SESSIONS.c.status == "HELD",
               SESSIONS.c.event_date.between(first_of(month), last_of(month)), somebody, ~marked)
        .order_by(SESSIONS.c.starts_at, SESSIONS.c.id)).all()
    if not found:
        return Point(True, "Alle afholdte mødegange i måneden har fremmøde.")
    return Point(False, f"{many(len(found), 'afholdt mødegang', 'afholdte mødegange')} i måneden mangler fremmøde.",
                 tuple(f"{row.title}, mødegang {row.number}, {on_day(row.starts_at)}" for row in found))
