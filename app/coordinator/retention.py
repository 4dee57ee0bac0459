"""/kontor/rettigheder/opbevaring: how long each kind of thing is kept, and what goes tonight (domain.md 4.8)."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit
from app.ledger import history, retention
from app.records.project import INVENTED
from app.rules.retention import rules


@room.get("/rettigheder/opbevaring")
@admit("COORDINATOR")
def kept() -> Any:
    projects = TABLES["project"]
    with database().read() as tx:
        invented = tx.execute(select(projects.c.reference).where(projects.c.id == current_user.project_id)).scalar() == INVENTED
    counts = retention.preview(database(), current_user.project_id, clock.now())
    return render_template("coordinator/retention.html", rules=rules().values(), counts=counts, invented=invented,
                           last=history.last_tidied(database(), current_user.project_id))
