"""/kontor/besoeg/<id>: one visit, what was handed out on it, and who wrote and changed what."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask_login import current_user
from sqlalchemy import Connection, select

from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import as_day
from app.coordinator.desk import TABLES
from app.coordinator.history import told
from app.coordinator.room import room
from app.coordinator.shown import refs, shown, title
from app.coordinator.visit_form import NAMES
from app.guards import admit


@room.get("/besoeg/<visit_id>")
@admit("COORDINATOR")
def visit(visit_id: str) -> Any:
    with database().read() as tx:
        found = desk.record(tx, "visit", visit_id)
        if found is None:
            abort(404)
        data = found[1]
        names = desk.names(tx, refs("visit", data)) | desk.people(tx)
        envelope = _envelope(tx, visit_id)
        handouts = _handouts(tx, visit_id)
        history = told(tx, current_user.project_id, "visit", visit_id)
    fields = [(title("visit", name), shown("visit", name, data.get(name), names, on=as_day(data["occurred_at"]))) for name in NAMES]
    return render_template("coordinator/visit.html", id=visit_id, data=data, practice=names.get(data["practice_id"], "ukendt praksis"), fields=fields,
                           envelope=envelope, author=names.get(envelope.author_id, "ukendt"), handouts=handouts, history=history)


def _envelope(tx: Connection, visit_id: str) -> Any:
    table = TABLES["visit"]
    return tx.execute(select(table.c.author_id, table.c.received_at, table.c.late, table.c.booked_in).where(table.c.id == visit_id)).one()


def _handouts(tx: Connection, visit_id: str) -> list[Any]:
    """What the visit's stock moves say: material, print run, language, quantity."""
    moves, batches, materials = TABLES["stock_move"], TABLES["material_batch"], TABLES["material"]
    return list(tx.execute(
        select(moves.c.id, moves.c.move, moves.c.quantity, moves.c.to_place, batches.c.name.label("batch"), batches.c.language, materials.c.title)
        .select_from(moves.outerjoin(batches, batches.c.id == moves.c.batch_id).outerjoin(materials, materials.c.id == batches.c.material_id))
        .where(moves.c.project_id == current_user.project_id, moves.c.visit_id == visit_id, moves.c.deleted.is_(False)).order_by(moves.c.id)))
