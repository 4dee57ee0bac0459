"""/kontor/rettigheder: what a citizen may ask for: insight, rectification, erasure (GDPR art. 15–17; domain.md 2.16, 4.1)."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, render_template, request
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.insight import package
from app.coordinator.rights_card import holder_of
from app.coordinator.room import room
from app.coordinator.seen import MOST, reason_wrong, typed_reason
from app.coordinator.shown import kind_title
from app.guards import admit, fresh
from app.ledger import access, insight, requests
from app.ledger.joined import together
from app.ledger.proof import erasures
from app.records.codes import code_list

CITIZENS = TABLES["citizen"]
STATES = {"ERASED": ("badge badge-success", "Slettet"), "EMPTIED": ("badge badge-success", "Tømt"), "WAITS": ("badge badge-warning", "Venter")}
RESULTS = {"OPEN": "Åben", "ANSWERED": "Besvaret", "REFUSED": "Afslået"}
NOBODY = "Ingen borger har den kode. Se efter på borgerens samtalekort."
FORMS = {"html": "text/html", "json": "application/json"}


@room.get("/rettigheder")
@admit("COORDINATOR")
def rights() -> Any:
    code = request.args.get("borger", "").strip().upper()
    with database().read() as tx:
        found = tx.execute(select(CITIZENS.c.id).where(CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.code == code)).scalar()
        lost = None if found else holder_of(tx, code)
        ids = together(tx, current_user.project_id, found) if found else []
        held = counted_kinds(tx, found) if found else {}
        erased = erasures(tx, current_user.project_id)
        asked = requests.all_of(tx, current_user.project_id)
        codes = desk.names(tx, [*(("citizen", one.citizen_id) for one in asked), *(("citizen", id_) for id_ in ids)])
    wrong = {"borger": f"Kortet med den kode er meldt tabt. Borgeren hedder nu {lost[1]}." if lost else NOBODY} if code and not found else {}
    others = [codes[id_] for id_ in ids[1:]]
    return render_template("coordinator/rights.html", code=codes[ids[0]] if ids else code, citizen_id=ids[0] if ids else None, others=others,
                           held=held, wrong=wrong, erased=erased, states=STATES, asked=asked, codes=codes, today=clock.today(),
                           kinds=code_list("rights_request").labels, results=RESULTS)


@room.get("/rettigheder/<citizen_id>/indsigt")
@admit("COORDINATOR")
def insight_form(citizen_id: str) -> Any:
    return _form(citizen_id)


@room.post("/rettigheder/<citizen_id>/indsigt")
@admit("COORDINATOR")
@fresh("coordinator.insight_form")
def give_insight(citizen_id: str) -> Any:
    """The package as a file; the log has it before it is made."""
    reason, form = typed_reason(), request.form.get("form", "")
    code = code_of(citizen_id)
    wrong = reason_wrong(reason) or ("" if form in FORMS else "Vælg, om filen er til at læse eller til en maskine.")
    if wrong:
        return _form(citizen_id, wrong, reason), 422
    access.log(database(), desk.author(), [access.Entry("INSIGHT", "citizen", citizen_id, citizen_id, about=form, reason=reason)], clock.now())
    with database().read() as tx:
        found = package(tx, citizen_id, code, clock.now())
    requests.answered_by_deed(database(), desk.author(), citizen_id, "ACCESS", "Borgeren fik en fil med alt.", clock.now())
    content = render_template("coordinator/insight.html", **found) if form == "html" else json.dumps(found, ensure_ascii=False, indent=1)
    return Response(content, mimetype=FORMS[form], headers={"Content-Disposition": f"attachment; filename=indsigt_{code}.{form}"})


def _form(citizen_id: str, wrong: str = "", reason: str = "") -> str:
    return render_template("coordinator/insight_form.html", code=code_of(citizen_id), citizen_id=citizen_id, wrong=wrong, reason=reason, most=MOST)


def code_of(citizen_id: str) -> str:
    with database().read() as tx:
        asked = select(CITIZENS.c.code).where(CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.id == citizen_id)
        return tx.execute(asked).scalar() or abort(404)


def counted_kinds(tx: Connection, citizen_id: str) -> dict[str, int]:
    """Danish title of a kind → how many records of it."""
    counts: dict[str, int] = {}
    for kind, _ in insight.keys(tx, current_user.project_id, citizen_id):
        counts[kind_title(kind)] = counts.get(kind_title(kind), 0) + 1
    return counts
