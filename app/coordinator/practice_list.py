"""/kontor/praksisser: the register, searched, filtered and sorted by its address."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.answers import database
from app.coordinator import desk
from app.coordinator.register import in_order, register, taking_part, wanted
from app.coordinator.room import room
from app.guards import admit

SORTS = {"navn": "Navn", "bydel": "Bydel", "sidst": "Sidste besøg, ældste først", "naeste": "Næste besøg", "siden": "Længst over tiden",
         "praksis-id": "Praksis-id"}


@room.get("/praksisser")
@admit("COORDINATOR")
def practice_list() -> Any:
    asked = {name: request.args.get(name, "").strip() for name in ("q", "bydel", "status", "raadgiver", "sorter")}
    with database().read() as tx:
        everyone, advisers = register(tx), desk.people(tx, "ADVISER")
        target = desk.target(tx)
    found = in_order(wanted(everyone, asked["q"], asked["bydel"], asked["status"], asked["raadgiver"]), asked["sorter"])
    return render_template("coordinator/practice_list.html", found=found, total=len(everyone), taken=taking_part(everyone), target=target,
                           asked=asked, advisers=advisers, sorts=SORTS, filtered=any(asked[name] for name in ("q", "bydel", "status", "raadgiver")))
