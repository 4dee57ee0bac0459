"""/kontor/materiale: what lies in the depot and in the bags, and a count that settles a depot that does not add up."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import number_words
from app.coordinator.monday_stock import materials
from app.coordinator.room import room
from app.coordinator.stock_levels import Level, levels
from app.guards import admit
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.records.wire import instant_text

MOST = 1_000_000


@room.get("/materiale")
@admit("COORDINATOR")
def stock() -> Any:
    with database().read() as tx:
        found = levels(tx)
    short = {title: least for title, (total, least) in materials(found).items() if total < least}
    return render_template("coordinator/stock.html", levels=found, short=short)


@room.get("/materiale/<batch_id>/optaelling")
@admit("COORDINATOR")
def stock_count(batch_id: str) -> Any:
    return render_template("coordinator/stock_count.html", level=_found(batch_id), wrong="", typed="")


@room.post("/materiale/<batch_id>/optaelling")
@admit("COORDINATOR")
def count_stock(batch_id: str) -> Any:
    """A count from the depot to itself sets it to the number (INV-10)."""
    level, typed = _found(batch_id), request.form.get("quantity", "").strip()
    digits = typed.replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits[:9]) <= MOST:
        return _again(level, typed, "Skriv, hvor mange der ligger på lageret, fx 120.")
    counted = {"batch_id": batch_id, "move": "COUNT", "quantity": int(digits), "from_place": "DEPOT", "to_place": "DEPOT",
               "occurred_at": instant_text(clock.now())}
    result = desk.written(Change("stock_move", new_id(), "create", counted))[0]
    if result.status != "accepted":
        return _again(level, typed, result.message)
    flash(f"{level.name}: Lageret er talt til {number_words(int(digits))}.", "success")
    return redirect(url_for("coordinator.stock"), 303)


def _again(level: Level, typed: str, wrong: str) -> Any:
    return render_template("coordinator/stock_count.html", level=level, typed=typed, wrong=wrong), 422


def _found(batch_id: str) -> Level:
    with database().read() as tx:
        return next((level for level in levels(tx) if level.batch_id == batch_id), None) or abort(404)
