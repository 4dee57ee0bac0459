"""/kontor/afklaring/dublet/<id>: two visits that look like one, side by side; the coordinator says whether they are."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.room import room
from app.coordinator.shown import refs, shown, title
from app.coordinator.visit_form import NAMES
from app.guards import admit
from app.ledger import settle


@room.get("/afklaring/dublet/<duplicate_id>")
@admit("COORDINATOR")
def duplicate(duplicate_id: str) -> Any:
    with database().read() as tx:
        row = _open(tx, duplicate_id)
        pair = [desk.record(tx, row.kind, record_id) or abort(404) for record_id in (row.first_id, row.second_id)]
        first, second = pair[0][1], pair[1][1]
        names = desk.names(tx, [*refs(row.kind, first), *refs(row.kind, second)])
    compared = [(title(row.kind, name), *(shown(row.kind, name, side.get(name), names) for side in (first, second))) for name in NAMES]
    return render_template("coordinator/duplicate.html", row=row, compared=compared)


@room.post("/afklaring/dublet/<duplicate_id>")
@admit("COORDINATOR")
def settle_duplicate(duplicate_id: str) -> Any:
    how = request.form.get("how")
    if how not in ("SAME", "BOTH"):
        abort(400)
    try:
        result = settle.settle_duplicate(database(), desk.author(), duplicate_id, how, clock.now())
    except LookupError:
        abort(404)
    if result is not None and result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    flash("Det andet besøg er slettet." if how == "SAME" else "Begge besøg bliver stående.", "success")
    return redirect(url_for("coordinator.settling"), 303)


def _open(tx: Connection, duplicate_id: str) -> Any:
    return next((row for row in settle.duplicates(tx, current_user.project_id) if row.id == duplicate_id), None) or abort(404)
