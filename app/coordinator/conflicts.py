"""/kontor/afklaring/versioner/<id>: two versions side by side, and a choice for each field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.seen import opened
from app.coordinator.shown import kind_title, refs, shown, title
from app.coordinator.subjects import subjects
from app.guards import admit
from app.ledger import settle
from app.ledger.tables import OPS
from app.records import KINDS
from app.records.wire import to_data

ASKED = {
    "FIELD_CONFLICT": "To har rettet det samme. Vælg for hvert felt, hvad der skal gælde.",
    "ID_EXISTS": "Registreringen kom to gange med forskelligt indhold. Vælg for hvert felt, hvad der skal gælde.",
    "EDIT_VS_DELETE": "En har rettet registreringen, og en anden har slettet den. Skal den genoprettes?",
    "DELETE_VS_EDIT": "En har slettet registreringen, og en anden har rettet den imens. Skal den stadig slettes?",
}


@dataclass(frozen=True)
class Choice:
    """One field of the two versions, in words."""

    name: str
    title: str
    base: str
    mine: str
    theirs: str


@room.get("/afklaring/versioner/<conflict_id>")
@admit("COORDINATOR")
def conflict(conflict_id: str) -> Any:
    return _drawn(conflict_id)


@room.post("/afklaring/versioner/<conflict_id>")
@admit("COORDINATOR")
def settle_conflict(conflict_id: str) -> Any:
    with database().read() as tx:
        row = _open(tx, conflict_id)
    picked = _picked(row)
    if picked is None:
        return _drawn(conflict_id, "Vælg for hvert felt, før du gemmer." if row.code in ("FIELD_CONFLICT", "ID_EXISTS") else "Vælg et svar."), 422
    try:
        result = settle.settle_conflict(database(), desk.author(), conflict_id, picked, clock.now())
    except LookupError:
        abort(404)
    if result.status == "conflict" and result.conflict:
        flash("Registreringen blev rettet igen imens. Se den en gang til.", "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    if result.status == "rejected":
        settle.drop(database(), desk.author(), result.op_id, "Afvist i formularen", clock.now())
        return _drawn(conflict_id, f"Det kan ikke gemmes sådan. {result.message}"), 422
    flash("Det er afklaret.", "success")
    return redirect(url_for("coordinator.settling"), 303)


def _picked(row: Any) -> dict[str, Any] | None:
    """The choices as the ledger wants them: only what differs from the server's. None when something is not answered."""
    if row.code in ("EDIT_VS_DELETE", "DELETE_VS_EDIT"):
        answer = request.form.get("answer")
        if answer not in ("mine", "theirs"):
            return None
        if answer == "theirs":
            return {}
        return {"delete": True} if row.code == "DELETE_VS_EDIT" else {name: sides["mine"] for name, sides in row.fields.items()}
    answers = {name: request.form.get(f"choice-{name}") for name in row.fields}
    if not set(answers.values()) <= {"mine", "theirs"}:
        return None
    return {name: row.fields[name]["mine"] for name, answer in answers.items() if answer == "mine"}


def _open(tx: Connection, conflict_id: str) -> Any:
    return next((row for row in settle.open_conflicts(tx, current_user.project_id) if row.id == conflict_id), None) or abort(404)


def _drawn(conflict_id: str, wrong: str = "") -> str:
    with database().read() as tx:
        row = _open(tx, conflict_id)
        op = tx.execute(select(OPS.c.device_id, OPS.c.received_at).where(OPS.c.op_id == row.op_id)).first()
        present = _present(tx, row)
        sides = [{name: found.get(side) for name, found in row.fields.items()} for side in ("base", "mine", "theirs")]
        names = desk.people(tx) | desk.names(tx, [ref for side in [*sides, present] for ref in refs(row.kind, side)])
        opened(tx, row.kind, row.record_id, row.fields)
        about = subjects(tx, [(row.kind, row.record_id)]).get(row.record_id, "")
    choices = [Choice(name, title(row.kind, name), *(shown(row.kind, name, value, names) for value in (
        found.get("base"), found.get("mine"), present.get(name, found.get("theirs"))))) for name, found in row.fields.items()]
    office = op is not None and op.device_id == "office"
    return render_template("coordinator/conflict.html", row=row, choices=choices, about=about, kind=kind_title(row.kind), asked=ASKED[row.code],
                           wrong=wrong, who=names.get(row.author_id, "ukendt"), where="kontorets" if office else "telefonens",
                           at=op.received_at if op else row.opened_at)


def _present(tx: Connection, row: Any) -> dict[str, Any]:
    """What the server holds now; nothing when the record is gone."""
    table = TABLES[row.kind]
    found = tx.execute(select(table).where(table.c.id == row.record_id, table.c.deleted.is_(False))).mappings().first()
    return to_data(KINDS[row.kind], found) if found else {}
