"""/kontor/tid: the advisers' time sheets, month by month; the coordinator says yes or sends them back (domain.md 2.15)."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit
from app.ledger.change import Change
from app.records.codes import code_list
from app.rules.calendar import first_of, last_of, month_of, months, next_month

SHEETS, ENTRIES = TABLES["time_sheet"], TABLES["time_entry"]
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
BACK = 12
DONE = {"APPROVED": "Timesedlen er godkendt.", "OPEN": "Timesedlen er åben igen. Rådgiveren ser det på sin telefon og kan rette og sende den på ny."}


@room.get("/tid")
@admit("COORDINATOR")
def time_sheets() -> Any:
    running = month_of(clock.today())
    month = request.args.get("maaned", "")
    month = month if MONTH.fullmatch(month) else next_month(running, -1)
    with database().read() as tx:
        advisers, sheets, minutes = desk.people(tx, "ADVISER"), _sheets(tx, month), _minutes(tx, month)
    activities = [(code, words) for code, words in code_list("time_activity").labels.items() if any(minutes.get((who, code)) for who in advisers)]
    return render_template("coordinator/hours.html", month=month, advisers=advisers, sheets=sheets, minutes=minutes, activities=activities,
                           sums={who: sum(count for (whose, _), count in minutes.items() if whose == who) for who in advisers},
                           others=months(next_month(running, -BACK), running)[::-1])


@room.post("/tid/<sheet_id>")
@admit("COORDINATOR")
def settle_time_sheet(sheet_id: str) -> Any:
    status = request.form.get("status", "")
    with database().read() as tx:
        found = desk.record(tx, "time_sheet", sheet_id)
    if found is None or status not in DONE:
        abort(404)
    data = found[1]
    day = clock.today().isoformat() if status == "APPROVED" else None
    result = desk.written(Change("time_sheet", sheet_id, "update", {"status": status, "approved_on": day},
                                 {"status": data["status"], "approved_on": data.get("approved_on")}))[0]
    flash(DONE[status] if result.status == "accepted" else result.message, "success" if result.status == "accepted" else "error")
    return redirect(url_for("coordinator.time_sheets", maaned=data["month"]), 303)


def _sheets(tx: Connection, month: str) -> dict[str, Any]:
    """Adviser → sheet of the month."""
    rows = tx.execute(select(SHEETS).where(SHEETS.c.project_id == current_user.project_id, SHEETS.c.deleted.is_(False), SHEETS.c.month == month)
                      .order_by(SHEETS.c.received_at))
    return {row.author_id: row for row in rows}


def _minutes(tx: Connection, month: str) -> dict[tuple[str, str], int]:
    """(adviser, activity) → minutes; a correction below zero is part of the sum."""
    rows = tx.execute(select(ENTRIES.c.author_id, ENTRIES.c.activity, func.sum(ENTRIES.c.minutes)).where(
        ENTRIES.c.project_id == current_user.project_id, ENTRIES.c.deleted.is_(False), ENTRIES.c.worked_on.between(first_of(month), last_of(month)))
        .group_by(ENTRIES.c.author_id, ENTRIES.c.activity))
    return {(row[0], row[1]): row[2] for row in rows}
