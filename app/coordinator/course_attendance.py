"""/kontor/kurser/<run>/fremmoede/<session>: the teacher's paper list is typed in; everybody has come unless it says otherwise."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import as_day, counted
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.records.codes import code_list
from app.rules.enrolment import ON_THE_LIST, SHOWED_UP

ENROLMENTS, MARKS, CITIZENS = (TABLES[kind] for kind in ("enrolment", "attendance_mark", "citizen"))
CHOICES = [(code, words) for code, words in code_list("attendance").labels.items() if code != "UNKNOWN"]


@room.get("/kurser/<run_id>/fremmoede/<session_id>")
@admit("COORDINATOR")
def attendance(run_id: str, session_id: str) -> Any:
    with database().read() as tx:
        session, persons = _list(tx, run_id, session_id)
    return render_template("coordinator/course_attendance.html", run_id=run_id, id=session_id, session=session, persons=persons, choices=CHOICES)


@room.post("/kurser/<run_id>/fremmoede/<session_id>")
@admit("COORDINATOR")
def note_attendance(run_id: str, session_id: str) -> Any:
    """A mark for each who has none or another one, the session as held, and who has begun; all through the ledger."""
    with database().read() as tx:
        session, persons = _list(tx, run_id, session_id)
    changes, came = [], 0
    for person in persons:
        mark = request.form.get(f"mark-{person['id']}", "")
        if mark not in dict(CHOICES):
            abort(400)
        came += mark in SHOWED_UP
        if mark != person["noted"]:
            changes.append(Change("attendance_mark", new_id(), "create", {"session_id": session_id, "enrolment_id": person["id"], "mark": mark}))
        if mark in SHOWED_UP and person["status"] == "ENROLLED":
            changes.append(Change("enrolment", person["id"], "update", {"status": "STARTED"}, {"status": "ENROLLED"}))
    if session["status"] == "PLANNED":
        changes.append(Change("course_session", session_id, "update", {"status": "HELD"}, {"status": "PLANNED"}))
    refused = [result for result in desk.written(*changes) if result.status == "rejected"]
    for message in dict.fromkeys(result.message for result in refused):
        flash(message, "error")
    if not refused:
        flash(f"Mødegang {session['number']}: {counted(came, 'mødt', 'mødt')} af {len(persons)}.", "success")
    return redirect(url_for("coordinator.course_run", run_id=run_id), 303)


def _list(tx: Connection, run_id: str, session_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(session, who is called up with what was noted); 404 before its day has come."""
    found = desk.record(tx, "course_session", session_id)
    if not found or found[1]["course_run_id"] != run_id or (as_day(found[1]["starts_at"]) or clock.today()) > clock.today():
        abort(404)
    noted = {row.enrolment_id: row.mark for row in tx.execute(
        select(MARKS.c.enrolment_id, MARKS.c.mark).where(MARKS.c.project_id == current_user.project_id, MARKS.c.deleted.is_(False),
                                                         MARKS.c.session_id == session_id).order_by(MARKS.c.received_at, MARKS.c.id))}
    rows = tx.execute(select(ENROLMENTS.c.id, ENROLMENTS.c.status, CITIZENS.c.code)
                      .join_from(ENROLMENTS, CITIZENS, CITIZENS.c.id == ENROLMENTS.c.citizen_id)
                      .where(ENROLMENTS.c.project_id == current_user.project_id, ENROLMENTS.c.deleted.is_(False),
                             ENROLMENTS.c.course_run_id == run_id).order_by(CITIZENS.c.code))
    return found[1], [{"id": row.id, "status": row.status, "code": row.code, "noted": noted.get(row.id)} for row in rows
                      if row.status in ON_THE_LIST or row.id in noted]
