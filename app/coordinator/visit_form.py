"""/kontor/besoeg/<id>/rettelse and …/sletning: the coordinator corrects or deletes a visit, as an op of the office's own."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.correction import corrected, correction, onwards
from app.coordinator.form import Form
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
    return corrected("visit", visit_id, url_for("coordinator.visit", visit_id=visit_id), lambda _: _form(),
                     lambda data: broken("visit", data, clock.now()), partial(_drawn, visit_id))


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
        return onwards(result, url_for("coordinator.visit", visit_id=visit_id))
    desk.explain(result.op_id, why)
    flash(f"Besøget er slettet. {result.message}", "success")
    return redirect(url_for("coordinator.visit_list"), 303)


def _found(visit_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "visit", visit_id)
    if found is None:
        abort(404)
    return found[1]


def _form() -> Form:
    with database().read() as tx:
        return Form("visit", NAMES, {"practice_id": desk.practices(tx)})


def _drawn(visit_id: str, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    return correction("visit", visit_id, _form(), base, data, errors, heading="Ret besøg", here="besoeg",
                      back=(url_for("coordinator.visit", visit_id=visit_id), "Besøget"),
                      says="Rettelsen bliver skrevet i dit navn. Det, rådgiveren skrev, kan stadig ses under Ændringer.")


def _ask(visit_id: str, data: dict[str, Any], wrong: str = "") -> str:
    with database().read() as tx:
        names = desk.practices(tx)
    told = {name: shown("visit", name, data.get(name), names) for name in ("practice_id", "occurred_at", "outcome")}
    return render_template("coordinator/visit_deletion.html", id=visit_id, told=told, wrong=wrong, base=seal("visit", visit_id, data))
