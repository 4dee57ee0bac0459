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
from app.guards import admit
from app.ledger.tables import MONTHS

LONGEST = 5


@room.get("/")
@admit("COORDINATOR")
def start() -> Any:
    now = clock.now()
    with database().read() as tx:
        unsettled, late = waiting(tx), long_since(register(tx))
        devices = [device for device in phones.devices_of(tx) if device.revoked_at is None]
        months = _open_months(tx)
    return render_template("coordinator/start.html", unsettled=unsettled, late=late[:LONGEST], late_count=len(late), devices=devices, months=months,
                           since=lambda at: since_words(at, now), quiet=lambda device: phones.is_quiet(device, now), today=clock.today())


def _open_months(tx: Connection) -> list[str]:
    """Past months of the project that are not closed, the oldest first: the next cannot be closed before them."""
    project = TABLES["project"]
    begins = tx.execute(select(project.c.period_from).where(project.c.id == current_user.project_id)).scalar()
    closed = set(tx.execute(select(MONTHS.c.month).where(MONTHS.c.project_id == current_user.project_id)).scalars())
    if begins is None:
        return []
    first, last = begins.year * 12 + begins.month - 1, clock.today().year * 12 + clock.today().month - 2
    every = [f"{number // 12}-{number % 12 + 1:02}" for number in range(first, last + 1)]
    return [month for month in every if month not in closed]
