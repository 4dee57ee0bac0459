"""/kontor/praksisser/ny and …/rettelse: writes a practice through the ledger, with what to do at each field."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.agreement import takes_new_place, with_period, with_reason
from app.coordinator.base import seal, unsealed
from app.coordinator.form import Form, changed
from app.coordinator.register import register, taking_part
from app.coordinator.room import room
from app.guards import admit
from app.ledger.change import Change, Result
from app.ledger.ids import new_id
from app.records.wire import UUID
from app.rules.practice_cells import DOOR_CODE
from app.rules.record_rules import broken

SECTIONS = (
    ("Stamdata", ("number", "name", "practice_type", "district", "address", "postal_code", "city", "ydernummer", "sor_code", "lat", "lon")),
    ("Folk", ("doctors", "contacts")),
    ("Tider", ("opening", "phone_hours", "closures", "visit_window", "avoid")),
    ("På stedet", ("talk_room", "access_note", "bike_note")),
    ("Aftale", ("agreement_status", "agreements", "responsible_adviser_id", "interval_days", "stuegang", "initiative_by", "story")),
)
NAMES = tuple(name for _, names in SECTIONS for name in names)
START = {"agreement_status": "CANDIDATE"}


@room.get("/praksisser/ny")
@admit("COORDINATOR")
def new_practice() -> Any:
    return _drawn(new_id(), {}, START)


@room.get("/praksisser/<practice_id>/rettelse")
@admit("COORDINATOR")
def practice_correction(practice_id: str) -> Any:
    with database().read() as tx:
        found = desk.record(tx, "practice", practice_id)
    if found is None:
        abort(404)
    return _drawn(practice_id, found[1], found[1])


@room.post("/praksisser/<practice_id>/rettelse")
@admit("COORDINATOR")
def correct_practice(practice_id: str) -> Any:
    """Creates or corrects; the sealed base says which, and what the coordinator saw."""
    if not UUID.match(practice_id):
        abort(404)
    base = unsealed("practice", practice_id)
    data, errors = _form().read(request.form, base)
    ask = _asks_for_reason(base, data)
    reason = request.form.get("reason", "").strip()[:200]
    if not errors:
        data["agreements"] = with_period(base, data, clock.today())
        if ask and reason:
            data["agreements"] = with_reason(data["agreements"], data["agreement_status"], reason)
        errors = _broken(data)
    if errors or ask and not reason:
        return _drawn(practice_id, base, data, errors, ask), 422
    result = _write(practice_id, base, data)
    if result is not None and result.status == "rejected":
        return _drawn(practice_id, base, data, result.fields or {"name": result.message}, ask), 422
    return _onwards(practice_id, result)


def _broken(data: dict[str, Any]) -> dict[str, str]:
    found = broken("practice", {name: value for name, value in data.items() if value is not None}, clock.now())
    if DOOR_CODE.search(data.get("access_note") or ""):
        found["access_note"] = "Skriv ikke dørkoder. Skriv »dørkode aftales«."
    return found


def _asks_for_reason(base: dict[str, Any], data: dict[str, Any]) -> int:
    """The number the practice would get when it is one too many, else 0: a warning with a reason, not a wall."""
    if not takes_new_place(base, data):
        return 0
    with database().read() as tx:
        taken, target = taking_part(register(tx)), desk.target(tx)
    return taken + 1 if taken >= target else 0


def _write(practice_id: str, base: dict[str, Any], data: dict[str, Any]) -> Result | None:
    if not base:
        return desk.written(Change("practice", practice_id, "create", {name: value for name, value in data.items() if value is not None}))[0]
    new, seen = changed("practice", base, data)
    return desk.written(Change("practice", practice_id, "update", new, seen))[0] if new else None


def _onwards(practice_id: str, result: Result | None) -> Any:
    if result is not None and result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    flash("Intet var ændret." if result is None else result.message, "success")
    return redirect(url_for("coordinator.practice", practice_id=practice_id), 303)


def _form() -> Form:
    with database().read() as tx:
        return Form("practice", NAMES, {"responsible_adviser_id": desk.people(tx, "ADVISER")})


def _drawn(practice_id: str, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None, ask: int = 0) -> str:
    sent = request.form if request.method == "POST" else None
    fields = {field.name: field for field in _form().shown(data, errors, sent)}
    sections = [(heading, [fields[name] for name in names]) for heading, names in SECTIONS]
    return render_template("coordinator/practice_form.html", id=practice_id, new=not base, name=base.get("name"), sections=sections,
                           fields=list(fields.values()), base=seal("practice", practice_id, base), ask=ask, reason=request.form.get("reason", ""))
