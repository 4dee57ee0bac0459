"""/kontor/katalog/<what>/…: courses, runs, sessions, materials and print runs are added and put right, through the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.danish import day_words
from app.coordinator.desk import TABLES
from app.coordinator.form import Form, changed
from app.coordinator.room import room
from app.guards import admit
from app.ledger.change import Change, Result
from app.ledger.ids import new_id
from app.records import KINDS
from app.rules.record_rules import broken


@dataclass(frozen=True)
class Shelf:
    """One kind of record in the catalogue. `parent`: the field that says what it belongs to, given when it is added."""

    kind: str
    names: tuple[str, ...]
    new: str
    here: str
    place: str
    parent: str = ""

    @property
    def title(self) -> str:
        return str(KINDS[self.kind].TITLE)


COURSES, STOCK = ("kurser", "course_list"), ("materiale", "stock")
SHELVES = {
    "kursus": Shelf("course", ("type", "title", "seats", "session_count", "session_minutes"), "Nyt kursus", *COURSES),
    "hold": Shelf("course_run", ("seats", "starts_on", "place", "teacher", "status"), "Nyt hold", *COURSES, "course_id"),
    "moedegang": Shelf("course_session", ("number", "starts_at", "minutes", "status"), "Ny mødegang", *COURSES, "course_run_id"),
    "materiale": Shelf("material", ("type", "title", "languages", "unit", "pack", "min_stock", "quick"), "Nyt materiale", *STOCK),
    "oplag": Shelf("material_batch", ("language", "name", "printed_on", "quantity", "unit_cost_ore", "valid_from", "retired_on", "retired_reason"),
                   "Nyt oplag", *STOCK, "material_id"),
}


@room.get("/katalog/<what>/ny")
@admit("COORDINATOR")
def new_entry(what: str) -> Any:
    shelf = _shelf(what)
    with database().read() as tx:
        start = _begun(tx, shelf, request.args.get("til", ""))
    return _drawn(what, shelf, start, start)


@room.post("/katalog/<what>/ny")
@admit("COORDINATOR")
def add_entry(what: str) -> Any:
    shelf = _shelf(what)
    with database().read() as tx:
        start = _begun(tx, shelf, request.args.get("til", ""))
    belongs = {shelf.parent: start[shelf.parent]} if shelf.parent else {}
    data, errors = Form(shelf.kind, shelf.names).read(request.form, {})
    new = {name: value for name, value in {**data, **belongs}.items() if value is not None}
    errors = errors or broken(shelf.kind, new, clock.now())
    if errors:
        return _drawn(what, shelf, start, data, errors), 422
    result = desk.written(Change(shelf.kind, new_id(), "create", new))[0]
    if result.status != "accepted":
        return _drawn(what, shelf, start, data, result.fields or {shelf.names[0]: result.message}), 422
    flash(f"{shelf.title} er tilføjet.", "success")
    return redirect(_back(shelf, new), 303)


@room.get("/katalog/<what>/<record_id>")
@admit("COORDINATOR")
def entry(what: str, record_id: str) -> Any:
    shelf = _shelf(what)
    data = _found(shelf, record_id)
    return _drawn(what, shelf, data, data, record_id=record_id)


@room.post("/katalog/<what>/<record_id>")
@admit("COORDINATOR")
def correct_entry(what: str, record_id: str) -> Any:
    """Only what was changed is written; what a colleague has changed since then is asked about."""
    shelf = _shelf(what)
    base = unsealed(shelf.kind, record_id)
    data, errors = Form(shelf.kind, shelf.names).read(request.form, base)
    new, seen = changed(shelf.kind, base, data)
    errors = errors or broken(shelf.kind, {name: value for name, value in {**base, **data}.items() if value is not None}, clock.now())
    result: Result | None = None
    if not errors and new:
        result = desk.written(Change(shelf.kind, record_id, "update", new, seen))[0]
        if result.status == "rejected":
            errors = result.fields or {shelf.names[0]: result.message}
    if errors:
        return _drawn(what, shelf, base, data, errors, record_id), 422
    if result and result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    flash(result.message if result else "Intet var ændret.", "success")
    return redirect(_back(shelf, base), 303)


def _shelf(what: str) -> Shelf:
    return SHELVES.get(what) or abort(404)


def _found(shelf: Shelf, record_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, shelf.kind, record_id)
    return found[1] if found else abort(404)


def _begun(tx: Connection, shelf: Shelf, parent: str) -> dict[str, Any]:
    """What a new entry begins with; 404 when it belongs to nothing."""
    if not shelf.parent:
        return {}
    found = desk.record(tx, _parent_kind(shelf), parent) or abort(404)
    start: dict[str, Any] = {shelf.parent: parent}
    match shelf.kind:
        case "course_run":
            return {**start, "seats": found[1]["seats"], "status": "PLANNED"}
        case "course_session":
            table = TABLES["course_session"]
            before = tx.execute(select(table.c.number).where(table.c.project_id == current_user.project_id, table.c.deleted.is_(False),
                                                             table.c.course_run_id == parent)).scalars().all()
            course = desk.record(tx, "course", found[1]["course_id"])
            minutes = course[1].get("session_minutes") if course else None
            return {**start, "number": max(before, default=0) + 1, "minutes": minutes, "status": "PLANNED"}
    return start


def _parent_kind(shelf: Shelf) -> str:
    return shelf.parent.removesuffix("_id")


def _above(shelf: Shelf, data: dict[str, Any]) -> str:
    """The name of what it belongs to."""
    if not shelf.parent:
        return ""
    with database().read() as tx:
        kind, found = _parent_kind(shelf), desk.record(tx, _parent_kind(shelf), data[shelf.parent])
        course = desk.record(tx, "course", found[1]["course_id"]) if found and kind == "course_run" else None
    if not found:
        return ""
    return f"{course[1]['title']}, {day_words(found[1]['starts_on'])}" if course else str(found[1]["title"])


def _back(shelf: Shelf, data: dict[str, Any]) -> str:
    if shelf.kind == "course_session":
        return url_for("coordinator.course_run", run_id=data["course_run_id"])
    return url_for(f"coordinator.{shelf.place}")


def _drawn(what: str, shelf: Shelf, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None, record_id: str = "") -> str:
    sent = request.form if request.method == "POST" else None
    return render_template("coordinator/catalogue.html", what=what, shelf=shelf, id=record_id, above=_above(shelf, base), back=_back(shelf, base),
                           fields=Form(shelf.kind, shelf.names).shown(data, errors, sent), parent=base.get(shelf.parent, ""),
                           base=seal(shelf.kind, record_id, base) if record_id else "")
