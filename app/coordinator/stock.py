"""/kontor/materiale: what lies in the depot and in the bags, and a count that settles a depot that does not add up."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import number_words
from app.coordinator.desk import TABLES
from app.coordinator.monday_stock import materials
from app.coordinator.room import room
from app.coordinator.stock_levels import Level, levels
from app.guards import admit
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.records.wire import instant_text
from app.rules.alphabet import sort_key

MATERIALS = TABLES["material"]
MOST = 1_000_000
NUMBER = re.compile(r"\d{1,7}|\d{1,3}(\.\d{3})+", re.ASCII)


@room.get("/materiale")
@admit("COORDINATOR")
def stock() -> Any:
    with database().read() as tx:
        found, kinds = levels(tx), tx.execute(select(MATERIALS).where(MATERIALS.c.project_id == current_user.project_id,
                                                                      MATERIALS.c.deleted.is_(False))).all()
    short = {title: least for title, (total, least) in materials(found).items() if total < least}
    return render_template("coordinator/stock.html", levels=found, short=short,
                           materials=sorted(kinds, key=lambda one: sort_key(one.title)))


@room.get("/materiale/<batch_id>/optaelling")
@admit("COORDINATOR")
def stock_count(batch_id: str) -> Any:
    return render_template("coordinator/stock_count.html", level=_found(batch_id), wrong="", typed="")


@room.post("/materiale/<batch_id>/optaelling")
@admit("COORDINATOR")
def count_stock(batch_id: str) -> Any:
    level, typed = _found(batch_id), request.form.get("quantity", "").strip()
    if not NUMBER.fullmatch(typed) or (number := int(typed.replace(".", ""))) > MOST:
        return _again(level, typed, "Skriv, hvor mange der ligger på lageret, fx 120 eller 1.200.")
    refused = [result.message for result in desk.written(*_moves(level, number)) if result.status != "accepted"]
    if refused:
        return _again(level, typed, refused[0])
    flash(f"{level.name}: Lageret er talt til {number_words(number)}.", "success")
    return redirect(url_for("coordinator.stock"), 303)


def _moves(level: Level, number: int) -> list[Change]:
    """A count from the depot to itself sets it to the number (INV-10). A move is never of nothing, so the last pieces of an
    empty depot are scrapped: like a count that finds less, they are missing."""
    def move(what: str, quantity: int, to: str) -> Change:
        return Change("stock_move", new_id(), "create", {"batch_id": level.batch_id, "move": what, "quantity": quantity, "from_place": "DEPOT",
                                                         "to_place": to, "occurred_at": instant_text(clock.now())})
    if number or level.depot < 0:
        counted = [move("COUNT", max(number, 1), "DEPOT")]
        return counted if number else [*counted, move("SCRAPPED", 1, "SCRAP")]
    return [move("SCRAPPED", level.depot, "SCRAP")] if level.depot else []


def _again(level: Level, typed: str, wrong: str) -> Any:
    return render_template("coordinator/stock_count.html", level=level, typed=typed, wrong=wrong), 422


def _found(batch_id: str) -> Level:
    with database().read() as tx:
        return next((level for level in levels(tx) if level.batch_id == batch_id), None) or abort(404)
