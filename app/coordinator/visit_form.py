"""/kontor/besoeg/<id>/rettelse and …/sletning: the coordinator corrects or deletes a visit, as an op of the office's own."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.form import Form, changed
from app.coordinator.room import room
from app.coordinator.shown import shown
from app.guards import admit
from app.ledger.change import Change
from app.rules.record_rules import broken

NAMES = ("practice_id", "occurred_at", "minutes", "mode", "purpose", "other_purposes", "met_roles", "outcome", "next_visit_on", "follow_up",
         "follow_up_on", "follow_up_by", "note")


@room.get("/besoeg/<visit_id>/rettelse")
@admit("COORDINATOR")
def visit_correction(visit_id: str) -> Any:
    data = _found(visit_id)
    return _drawn(visit_id, data, data)


@room.post("/besoeg/<visit_id>/rettelse")
@admit("COORDINATOR")
def correct_visit(visit_id: str) -> Any:
    base = unsealed("visit", visit_id)
    data, errors = _form().read(request.form, base)
    new, seen = changed("visit", base, data)
    errors = errors or broken("visit", {name: value for name, value in data.items() if value is not None}, clock.now())
    if errors:
        return _drawn(visit_id, base, data, errors), 422
    if not new:
        flash("Intet var ændret.", "success")
        return redirect(url_for("coordinator.visit", visit_id=visit_id), 303)
    result = desk.written(Change("visit", visit_id, "update", new, seen))[0]
    if result.status == "rejected":
        return _drawn(visit_id, base, data, result.fields or {"occurred_at": result.message}), 422
    return _onwards(visit_id, result)


@room.get("/besoeg/<visit_id>/sletning")
@admit("COORDINATOR")
def visit_deletion(visit_id: str) -> Any:
    return _ask(visit_id, _found(visit_id))


@room.post("/besoeg/<visit_id>/sletning")
@admit("COORDINATOR")
def delete_visit(visit_id: str) -> Any:
    """Deletes what the coordinator saw; a change since then makes it a question instead."""
    base = unsealed("visit", visit_id)
    why = request.form.get("why", "").strip()
    if not why:
        return _ask(visit_id, base, "Skriv, hvorfor besøget skal slettes."), 422
    result = desk.written(Change("visit", visit_id, "delete", base=base))[0]
    if result.status != "accepted":
        return _onwards(visit_id, result)
    desk.explain(result.op_id, why)
    flash(f"Besøget er slettet. {result.message}", "success")
    return redirect(url_for("coordinator.visit_list"), 303)


def _found(visit_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "visit", visit_id)
    if found is None:
        abort(404)
    return found[1]


def _onwards(visit_id: str, result: Any) -> Any:
    if result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    flash(result.message, "success" if result.status == "accepted" else "error")
    return redirect(url_for("coordinator.visit", visit_id=visit_id), 303)


def _form() -> Form:
    with database().read() as tx:
        return Form("visit", NAMES, {"practice_id": desk.practices(tx)})


def _drawn(visit_id: str, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    sent = request.form if request.method == "POST" else None
    return render_template("coordinator/visit_form.html", id=visit_id, fields=_form().shown(data, errors, sent), base=seal("visit", visit_id, base))


def _ask(visit_id: str, data: dict[str, Any], wrong: str = "") -> str:
    with database().read() as tx:
        names = desk.practices(tx)
    told = {name: shown("visit", name, data.get(name), names) for name in ("practice_id", "occurred_at", "outcome")}
    return render_template("coordinator/visit_deletion.html", id=visit_id, told=told, wrong=wrong, base=seal("visit", visit_id, data))
