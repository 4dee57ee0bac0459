"""/kontor/kurser/<run>/plads/<id>: a seat is offered, taken, declined or given up; nobody overtakes on the waiting list without a reason."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.words import label
from app.guards import admit
from app.ledger.change import Change
from app.ledger.seats import SEATED
from app.records.wire import instant_text
from app.rules.enrolment import NEXT

ENROLMENTS = TABLES["enrolment"]
DOES = {"ENROLLED": "Tilmeld", "WAITLISTED": "Sæt på venteliste", "OFFERED": "Tilbyd plads", "DECLINED": "Takker nej", "STARTED": "Er begyndt",
        "CANCELLED": "Meld fra", "NO_SHOW": "Kom aldrig", "MOVED": "Flyttet til et andet hold", "COMPLETED": "Har gennemført",
        "DROPPED_OUT": "Er stoppet"}
AFTER_OFFER = {"ENROLLED": "Siger ja", "DECLINED": "Takker nej", "WAITLISTED": "Tilbuddet er udløbet"}


@room.get("/kurser/<run_id>/plads/<enrolment_id>")
@admit("COORDINATOR")
def course_place(run_id: str, enrolment_id: str) -> Any:
    return _drawn(run_id, enrolment_id, _found(run_id, enrolment_id))


@room.post("/kurser/<run_id>/plads/<enrolment_id>")
@admit("COORDINATOR")
def change_course_place(run_id: str, enrolment_id: str) -> Any:
    base, wanted = unsealed("enrolment", enrolment_id), request.form.get("status", "")
    if base["course_run_id"] != run_id or wanted not in NEXT.get(base["status"], ()):
        abort(400)
    why = request.form.get("why", "").strip()
    with database().read() as tx:
        place, free = _place(tx, run_id, enrolment_id), _free(tx, run_id)
    if wanted == "OFFERED" and place > 1 and not why:
        return _drawn(run_id, enrolment_id, base, "Skriv, hvorfor borgeren går foran dem, der har ventet længere."), 422
    if wanted in SEATED and base["status"] not in SEATED and not free:
        return _drawn(run_id, enrolment_id, base, "Holdet er fuldt. Meld en anden fra først, eller vent på en ledig plads."), 422
    new, seen = {"status": wanted}, {"status": base["status"]}
    if base["status"] == "OFFERED" and wanted == "WAITLISTED":  # an offer that ran out goes to the end of the queue
        new["enrolled_at"], seen["enrolled_at"] = instant_text(clock.now()), base["enrolled_at"]
    result = desk.written(Change("enrolment", enrolment_id, "update", new, seen))[0]
    if result.status == "rejected":
        return _drawn(run_id, enrolment_id, base, result.message), 422
    if result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    if why and result.status == "accepted":
        desk.explain(result.op_id, why)
    flash(f"{_code(base)}: {label('enrolment_status', wanted)}. {result.message}" if result.status == "accepted" else result.message, "success")
    return redirect(url_for("coordinator.course_run", run_id=run_id), 303)


def _found(run_id: str, enrolment_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "enrolment", enrolment_id)
    return found[1] if found and found[1]["course_run_id"] == run_id else abort(404)


def _code(data: dict[str, Any]) -> str:
    with database().read() as tx:
        found = desk.record(tx, "citizen", data["citizen_id"])
    return found[1]["code"] if found else "Borgeren"


def _on_run(tx: Connection, run_id: str) -> list[Any]:
    return list(tx.execute(select(ENROLMENTS.c.id, ENROLMENTS.c.status).where(
        ENROLMENTS.c.project_id == current_user.project_id, ENROLMENTS.c.deleted.is_(False), ENROLMENTS.c.course_run_id == run_id)
        .order_by(ENROLMENTS.c.enrolled_at, ENROLMENTS.c.id)))


def _place(tx: Connection, run_id: str, enrolment_id: str) -> int:
    """Where it stands on the waiting list, from 1; 0 when it does not wait."""
    queue = [row.id for row in _on_run(tx, run_id) if row.status == "WAITLISTED"]
    return queue.index(enrolment_id) + 1 if enrolment_id in queue else 0


def _free(tx: Connection, run_id: str) -> int:
    run = desk.record(tx, "course_run", run_id)
    return max(0, run[1]["seats"] - sum(row.status in SEATED for row in _on_run(tx, run_id))) if run else 0


def _drawn(run_id: str, enrolment_id: str, data: dict[str, Any], wrong: str = "") -> str:
    with database().read() as tx:
        place, free = _place(tx, run_id, enrolment_id), _free(tx, run_id)
    words = AFTER_OFFER if data["status"] == "OFFERED" else DOES
    return render_template("coordinator/course_place.html", run_id=run_id, id=enrolment_id, code=_code(data), data=data, place=place, free=free,
                           does=[(status, words[status]) for status in NEXT.get(data["status"], ())], wrong=wrong, typed=request.form.get("why", ""),
                           base=seal("enrolment", enrolment_id, data))
