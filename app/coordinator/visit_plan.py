"""/kontor/praksisser/<id>/planlaegning: a visit to come is put on an adviser's day, or called off."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import day_words
from app.coordinator.desk import TABLES
from app.coordinator.form import Form
from app.coordinator.room import room
from app.guards import admit
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.rules.calendar import closed_days, working_day_from
from app.rules.holidays import DaysOff

PLANS = TABLES["planned_visit"]
NAMES = ("planned_on", "adviser_id", "purpose")
LIVE = ("PLANNED", "ARRIVED")


@room.get("/praksisser/<practice_id>/planlaegning")
@admit("COORDINATOR")
def visit_plan(practice_id: str) -> Any:
    data = _practice(practice_id)
    first = working_day_from(clock.today(), data.get("closures") or (), _days_off())
    return _drawn(practice_id, data, {"planned_on": first.isoformat(), "adviser_id": data.get("responsible_adviser_id"), "purpose": "REGULAR"})


@room.post("/praksisser/<practice_id>/planlaegning")
@admit("COORDINATOR")
def plan_visit(practice_id: str) -> Any:
    practice = _practice(practice_id)
    data, errors = _form().read(request.form, {})
    if not errors:
        errors = {name: why for name, why in (("planned_on", _barred(practice, data["planned_on"])),
                                              ("adviser_id", "" if data.get("adviser_id") else "Vælg den rådgiver, der tager besøget.")) if why}
    if not errors:
        set_ = {"practice_id": practice_id, "status": "PLANNED", **{name: value for name, value in data.items() if value is not None}}
        result = desk.written(Change("planned_visit", new_id(), "create", set_))[0]
        if result.status == "accepted":
            flash(f"Besøget er planlagt til {day_words(data['planned_on'])}. Det står på rådgiverens dag, når telefonen har haft net.", "success")
            return redirect(url_for("coordinator.practice", practice_id=practice_id), 303)
        errors = result.fields or {"planned_on": result.message}
    return _drawn(practice_id, practice, data, errors), 422


@room.post("/praksisser/<practice_id>/planlaegning/<plan_id>/aflysning")
@admit("COORDINATOR")
def cancel_plan(practice_id: str, plan_id: str) -> Any:
    with database().read() as tx:
        found = desk.record(tx, "planned_visit", plan_id)
    if not found or found[1]["practice_id"] != practice_id:
        abort(404)
    if found[1]["status"] not in LIVE:
        flash("Besøget er ikke længere planlagt.", "warning")
    else:
        result = desk.written(Change("planned_visit", plan_id, "update", {"status": "CANCELLED"}, {"status": found[1]["status"]}))[0]
        flash("Besøget er aflyst." if result.status == "accepted" else result.message, "success" if result.status == "accepted" else "warning")
    return redirect(url_for("coordinator.practice", practice_id=practice_id), 303)


def plans(tx: Connection, practice_id: str) -> list[Any]:
    """Visits to come at a practice, the first one first."""
    return list(tx.execute(select(PLANS).where(PLANS.c.project_id == current_user.project_id, PLANS.c.deleted.is_(False),
                                               PLANS.c.practice_id == practice_id, PLANS.c.status.in_(LIVE))
                           .order_by(PLANS.c.planned_on, PLANS.c.id)))


def _barred(practice: dict[str, Any], planned_on: str) -> str:
    """Why nobody can visit that day, in Danish; nothing when one can."""
    day = date.fromisoformat(planned_on)
    if day < clock.today():
        return "Vælg en dag fra i dag og frem."
    if name := _days_off().name(day):
        return f"{day_words(day)} er {name}. Vælg en anden dag."
    if day.weekday() > 4:
        return f"{day_words(day)} er i weekenden. Vælg en anden dag."
    return f"Praksissen holder lukket {day_words(day)}. Vælg en anden dag." if day in closed_days(practice.get("closures")) else ""


def _days_off() -> DaysOff:
    with database().read() as tx:
        return desk.days_off(tx)


def _practice(practice_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "practice", practice_id)
    return found[1] if found else abort(404)


def _form() -> Form:
    with database().read() as tx:
        return Form("planned_visit", NAMES, {"adviser_id": desk.people(tx, "ADVISER")})


def _drawn(practice_id: str, practice: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    sent = request.form if request.method == "POST" else None
    return render_template("coordinator/visit_plan.html", id=practice_id, practice=practice, fields=_form().shown(data, errors, sent))
