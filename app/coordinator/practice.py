"""/kontor/praksisser/<id>: all that is known of one practice, its agreements, its visits and who changed what."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask_login import current_user

from app.answers import database
from app.coordinator import desk, practice_form, visit_plan, visit_rows
from app.coordinator.history import told
from app.coordinator.room import room
from app.coordinator.shown import refs, shown, title
from app.guards import admit

LATEST = 20


@room.get("/praksisser/<practice_id>")
@admit("COORDINATOR")
def practice(practice_id: str) -> Any:
    with database().read() as tx:
        found = desk.record(tx, "practice", practice_id)
        if found is None:
            abort(404)
        _, data = found
        names = desk.names(tx, refs("practice", data))
        visits = visit_rows.page(tx, {"praksis": practice_id}, 1, LATEST)
        plans, people = visit_plan.plans(tx, practice_id), desk.people(tx)
        history = told(tx, current_user.project_id, "practice", practice_id)
    sections = [(heading, [(title("practice", name), shown("practice", name, data.get(name), names)) for name in fields if name != "agreements"])
                for heading, fields in practice_form.SECTIONS]
    agreements = sorted(data.get("agreements") or [], key=lambda period: period.get("from", ""), reverse=True)
    return render_template("coordinator/practice.html", id=practice_id, data=data, sections=sections, agreements=agreements, visits=visits,
                           history=history, plans=plans, people=people)
