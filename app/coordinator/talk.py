"""/kontor/samtaler/<id>: a talk's facts and who changed what; the coordinator corrects or deletes it as an op of the office's own.

What was noted is never here: neither shown, nor sealed into a form, nor changed. Whom it was with is in the access log before it is shown.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.correction import corrected, correction, onwards
from app.coordinator.danish import as_day
from app.coordinator.desk import TABLES
from app.coordinator.form import Form
from app.coordinator.history import told
from app.coordinator.room import room
from app.coordinator.seen import MOST, opened, reason_wrong, typed_reason
from app.coordinator.shown import refs, shown, title
from app.guards import admit
from app.ledger.change import Change
from app.rules.record_rules import broken

Json = Any
NAMES = ("type", "place", "occurred_at", "minutes", "practice_id", "district", "topics", "three_party_with")
OF_ANYONE = ("place", "occurred_at", "minutes", "practice_id", "district")  # an anonymous talk has no more


@room.get("/samtaler/<talk_id>")
@admit("COORDINATOR")
def talk(talk_id: str) -> Any:
    data = _found(talk_id)
    with database().read() as tx:
        opened(tx, "talk", talk_id, data)
        names = desk.names(tx, refs("talk", data)) | desk.people(tx)
        row = tx.execute(select(TABLES["talk"]).where(TABLES["talk"].c.id == talk_id)).one()
        history = told(tx, current_user.project_id, "talk", talk_id)
    fields = [(title("talk", name), shown("talk", name, data.get(name), names, on=as_day(data["occurred_at"]))) for name in _names(data)]
    return render_template("coordinator/talk.html", id=talk_id, data=data, code=names.get(str(data.get("citizen_id")), ""), fields=fields, row=row,
                           adviser=names.get(row.author_id, "ukendt"), history=history, noted=bool(row.note and data.get("citizen_id")))


@room.get("/samtaler/<talk_id>/rettelse")
@admit("COORDINATOR")
def talk_correction(talk_id: str) -> Any:
    data = _found(talk_id)
    with database().read() as tx:
        opened(tx, "talk", talk_id, data)
    return _drawn(talk_id, data, data)


@room.post("/samtaler/<talk_id>/rettelse")
@admit("COORDINATOR")
def correct_talk(talk_id: str) -> Any:
    return corrected("talk", talk_id, url_for("coordinator.talk", talk_id=talk_id), _form, _broken, partial(_drawn, talk_id))


@room.get("/samtaler/<talk_id>/sletning")
@admit("COORDINATOR")
def talk_deletion(talk_id: str) -> Any:
    data = _found(talk_id)
    with database().read() as tx:
        opened(tx, "talk", talk_id, data)
    return _ask(talk_id, data)


@room.post("/samtaler/<talk_id>/sletning")
@admit("COORDINATOR")
def delete_talk(talk_id: str) -> Any:
    """Deletes what the coordinator saw; a change of the facts since then makes it a question instead."""
    base, why = unsealed("talk", talk_id), typed_reason()
    if wrong := reason_wrong(why):
        return _ask(talk_id, base, wrong, why), 422
    with database().read() as tx:
        found = desk.record(tx, "talk", talk_id)
    note = {"note": found[1]["note"]} if found and found[1].get("note") else {}  # goes with the rest, and is no part of what was seen
    result = desk.written(Change("talk", talk_id, "delete", base=base | note))[0]
    if result.status != "accepted":
        return onwards(result, url_for("coordinator.talk", talk_id=talk_id))
    desk.explain(result.op_id, why)
    flash(f"Samtalen er slettet. {result.message}", "success")
    return redirect(url_for("coordinator.talk_list"), 303)


def _found(talk_id: str) -> dict[str, Json]:
    """The talk without its note; 404 for none."""
    with database().read() as tx:
        found = desk.record(tx, "talk", talk_id)
    return {name: value for name, value in found[1].items() if name != "note"} if found else abort(404)


def _names(data: dict[str, Json]) -> tuple[str, ...]:
    return NAMES if data.get("citizen_id") else OF_ANYONE


def _broken(data: dict[str, Json]) -> dict[str, str]:
    """What the rules say, at a field of the form."""
    found = broken("talk", data, clock.now())
    return {name if name in _names(data) else _names(data)[0]: "En samtale med en borger kan ikke gøres anonym her." if name == "citizen_id" else why
            for name, why in found.items()}


def _form(data: dict[str, Json]) -> Form:
    with database().read() as tx:
        return Form("talk", _names(data), {"practice_id": desk.practices(tx)})


def _drawn(talk_id: str, base: dict[str, Json], data: dict[str, Json], errors: dict[str, str] | None = None) -> str:
    return correction("talk", talk_id, _form(base), base, data, errors, heading="Ret samtale", here="samtaler",
                      back=(url_for("coordinator.talk", talk_id=talk_id), "Samtalen"),
                      says="Rettelsen bliver skrevet i dit navn. Det, rådgiveren skrev, kan stadig ses under Ændringer. "
                           "Noten er rådgiverens og rettes på telefonen.")


def _ask(talk_id: str, data: dict[str, Json], wrong: str = "", why: str = "") -> str:
    with database().read() as tx:
        names = desk.names(tx, refs("talk", data))
    lines = [("Borger", names.get(str(data.get("citizen_id")), "Anonym")),
             *((title("talk", name), shown("talk", name, data.get(name), names)) for name in ("occurred_at", "place", "minutes"))]
    return render_template("coordinator/talk_deletion.html", id=talk_id, told=lines, wrong=wrong, why=why, most=MOST,
                           base=seal("talk", talk_id, data))
