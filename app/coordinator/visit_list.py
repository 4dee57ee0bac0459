"""/kontor/besoeg: the visits, filtered by the address, 50 a page."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from app.answers import database
from app.coordinator import desk, visit_rows
from app.coordinator.room import room
from app.guards import admit


@room.get("/besoeg")
@admit("COORDINATOR")
def visit_list() -> Any:
    asked = {name: value for name in visit_rows.FILTERS if (value := request.args.get(name, "").strip())}
    number = request.args.get("side", 1, int)
    wrong = {name: f"{title}: Skriv datoen som dd-mm-åååå." for name, title in (("fra", "Fra"), ("til", "Til"))
             if name in asked and not visit_rows.day(asked[name])}
    with database().read() as tx:
        page = visit_rows.page(tx, asked, number)
        practices, advisers = desk.practices(tx), desk.people(tx, "ADVISER")
    return render_template("coordinator/visit_list.html", page=page, asked=asked, wrong=wrong, practices=practices, advisers=advisers,
                           address=lambda side: url_for("coordinator.visit_list", **{**asked, "side": side}))
