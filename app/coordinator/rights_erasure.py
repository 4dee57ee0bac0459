"""/kontor/rettigheder/<id>/sletning: what goes and what stays, why, and then it is done (GDPR art. 17; security.md, Erasure)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.rights import code_of, counted_kinds
from app.coordinator.room import room
from app.coordinator.seen import MOST, reason_wrong, typed_reason
from app.guards import admit, fresh
from app.ledger import erasure
from app.ledger.proof import may_hold
from app.ledger.tables import DEVICES, HEAD, RECORDS


@room.get("/rettigheder/<citizen_id>/sletning")
@admit("COORDINATOR")
def erasure_form(citizen_id: str) -> Any:
    return _form(citizen_id)


@room.post("/rettigheder/<citizen_id>/sletning")
@admit("COORDINATOR")
@fresh("coordinator.erasure_form")
def erase_citizen(citizen_id: str) -> Any:
    code, reason = code_of(citizen_id), typed_reason()
    if wrong := reason_wrong(reason):
        return _form(citizen_id, wrong, reason), 422
    try:
        count = erasure.erase(database(), current_user.project_id, code, clock.now(), desk.author(), reason)
    except LookupError:
        abort(404)
    flash(f"Borgeren er slettet, {count} registreringer i alt. Følg med herunder i, om telefonerne også har slettet.", "success")
    return redirect(url_for("coordinator.rights"), 303)


def _form(citizen_id: str, wrong: str = "", reason: str = "") -> str:
    code, people = code_of(citizen_id), RECORDS["user"]
    with database().read() as tx:
        counts = counted_kinds(tx, citizen_id)
        head = tx.execute(select(HEAD).where(HEAD.c.project_id == current_user.project_id, HEAD.c.kind == "citizen", HEAD.c.id == citizen_id)).one()
        devices = tx.execute(select(DEVICES, people.c.role).join(people, people.c.id == DEVICES.c.user_id).where(
            DEVICES.c.project_id == current_user.project_id, DEVICES.c.wiped_at.is_(None))).all()
    phones = sum(may_hold(phone, head) for phone in devices)
    return render_template("coordinator/erasure_form.html", code=code, citizen_id=citizen_id, counts=counts, phones=phones, wrong=wrong,
                           reason=reason, most=MOST)
