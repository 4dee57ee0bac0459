"""/kontor/: what needs the coordinator today, each with its number and the way there."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import phones
from app.coordinator.danish import since_words
from app.coordinator.desk import TABLES
from app.coordinator.register import long_since, register
from app.coordinator.room import room
from app.coordinator.settling import waiting
from app.figures.months import closed_months
from app.guards import admit
from app.rules.calendar import month_of, months

LONGEST = 5


@room.get("/")
@admit("COORDINATOR")
def start() -> Any:
    now = clock.now()
    with database().read() as tx:
        unsettled, late = waiting(tx), long_since(register(tx))
        devices = [device for device in phones.devices_of(tx) if device.revoked_at is None]
        unclosed = _unclosed_months(tx)
    return render_template("coordinator/start.html", unsettled=unsettled, late=late[:LONGEST], late_count=len(late), devices=devices, months=unclosed,
                           since=lambda at: since_words(at, now), quiet=lambda device: phones.is_quiet(device, now), today=clock.today())


def _unclosed_months(tx: Connection) -> list[str]:
    """Past months of the project that are not closed, the oldest first: the next cannot be closed before them."""
    project, running = TABLES["project"], month_of(clock.today())
    begins = tx.execute(select(project.c.period_from).where(project.c.id == current_user.project_id)).scalar_one()
    closed = closed_months(tx, current_user.project_id)
    return [month for month in months(month_of(begins), running) if month < running and month not in closed]
