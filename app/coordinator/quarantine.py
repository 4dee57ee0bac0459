"""/kontor/afklaring/skal-rettes/<op>: what could not be booked, why, and the ways out: correct, try again, put away."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.form import Form, changed
from app.coordinator.room import room
from app.coordinator.seen import opened
from app.coordinator.settling import awaits
from app.coordinator.shown import HIDDEN, kind_title, refs, shown, title
from app.guards import admit
from app.ledger import settle
from app.ledger.change import Result
from app.records import KINDS
from app.records.wire import Bad, Spec, specs
from app.rules.text_guard import clean

ACTS = {"create": "Ny", "update": "Rettelse af", "delete": "Sletning af"}


@room.get("/afklaring/skal-rettes/<op_id>")
@admit("COORDINATOR")
def stopped(op_id: str) -> Any:
    return _drawn(op_id)


@room.post("/afklaring/skal-rettes/<op_id>")
@admit("COORDINATOR")
def settle_stopped(op_id: str) -> Any:
    """One button an act: correct, again, drop."""
    act = request.form.get("act")
    if act == "drop":
        return _drop(op_id)
    if act == "again":
        return _answered(op_id, _replayed(op_id, None))
    with database().read() as tx:
        row = _stored(tx, op_id)
        form = _form(tx, row)
    base = unsealed(row.kind, op_id)
    data, errors = form.read(request.form, base)
    if errors:
        return _drawn(op_id, errors), 422
    new, _ = changed(row.kind, base, data)
    return _answered(op_id, _replayed(op_id, new or None))


def _replayed(op_id: str, new: dict[str, Any] | None) -> Result:
    try:
        return settle.replay(database(), desk.author(), op_id, clock.now(), new)
    except LookupError:
        abort(404)


def _answered(op_id: str, result: Result) -> Any:
    if result.status == "rejected" or result.status == "retry":
        return _drawn(op_id, result.fields or {}, f"Kunne ikke bogføres. {result.message}"), 422
    words = {"accepted": "Registreringen er bogført i rådgiverens navn.", "held": "Registreringen venter nu på en anden.",
             "conflict": "Registreringen støder mod en anden rettelse. Vælg mellem de to versioner."}
    flash(words.get(result.status, result.message), "success" if result.status == "accepted" else "warning")
    return redirect(url_for("coordinator.settling"), 303)


def _drop(op_id: str) -> Any:
    why = clean(request.form.get("why", "").strip())
    if not why:
        return _drawn(op_id, {}, "Skriv, hvorfor registreringen skal lægges væk."), 422
    with database().read() as tx:
        _stored(tx, op_id)
    settle.drop(database(), desk.author(), op_id, why, clock.now())
    flash("Registreringen er lagt væk. Den bliver gemt sammen med din begrundelse.", "success")
    return redirect(url_for("coordinator.settling"), 303)


def _stored(tx: Connection, op_id: str) -> Any:
    every = [*settle.quarantined(tx, current_user.project_id), *settle.held(tx, current_user.project_id)]
    return next((row for row in every if row.op_id == op_id), None) or abort(404)


def _drawn(op_id: str, errors: dict[str, str] | None = None, wrong: str = "") -> str:
    with database().read() as tx:
        row = _stored(tx, op_id)
        form, content = _form(tx, row), _content(row)
        names = desk.people(tx) | desk.names(tx, refs(row.kind, content))
        waits = awaits(tx).get(op_id, [])
        opened(tx, row.kind, row.record_id, content)
    filled = {spec.name: _fitting(spec, content.get(spec.name)) for spec in form.specs()}
    sent = request.form if request.method == "POST" and request.form.get("act") == "correct" else None
    fields = form.shown(filled, {**(row.fields or {}), **(errors or {})}, sent)
    told = [(title(row.kind, name), shown(row.kind, name, value, names)) for name, value in content.items()]
    return render_template("coordinator/stopped.html", row=row, fields=fields, told=told, wrong=wrong, waits=waits,
                           who=names.get(row.author_id, "ukendt"), act=ACTS.get(row.action, ""), kind=kind_title(row.kind).lower(),
                           base=seal(row.kind, op_id, filled))


def _content(row: Any) -> dict[str, Any]:
    found = (row.content or {}).get("set")
    return found if isinstance(found, dict) else {}


def _form(tx: Connection, row: Any) -> Form:
    """The fields the op speaks of, but for what stays hidden. A new record offers all of them."""
    if row.kind not in KINDS or row.action == "delete":
        return Form("visit", ())
    known, said = specs(KINDS[row.kind]), _content(row)
    names = tuple(name for name in known if (name in said or row.action == "create") and (row.kind, name) not in HIDDEN)
    return Form(row.kind, names, _choices(tx, row, known))


def _choices(tx: Connection, row: Any, known: dict[str, Spec]) -> dict[str, dict[str, str]]:
    """Options of the reference fields: practices and people in full, any other record only as it was sent."""
    lists = {"practice": lambda: desk.practices(tx), "user": lambda: desk.people(tx)}
    content, found = _content(row), {}
    for name, spec in known.items():
        if spec.shape == "ref" and spec.options["kind"] in lists:
            found[name] = lists[spec.options["kind"]]()
        elif spec.shape == "ref" and isinstance(content.get(name), str):
            found[name] = {content[name]: desk.names(tx, [(spec.options["kind"], content[name])]).get(content[name], "Som sendt")}
    return found


def _fitting(spec: Spec, value: Any) -> Any:
    """The value when a form can show it; what a phone sent may have any form."""
    try:
        return spec.read(value)
    except Bad:
        return value if spec.shape in ("text", "whole", "decimal", "code") and isinstance(value, (str, int, float)) else None
