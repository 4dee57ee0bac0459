"""/kontor/rettigheder/<id>/kort: the card is lost; the citizen gets a new code, and the old one says so (domain.md 2.5, TalkCard)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.seen import MOST, reason_wrong, typed_reason
from app.guards import admit
from app.ledger import access
from app.ledger.change import Change
from app.rules import codes

CITIZENS = TABLES["citizen"]
MEANWHILE = "En anden har givet borgeren en ny kode imens. Se koden herover, før du prøver igen."


@room.get("/rettigheder/<citizen_id>/kort")
@admit("COORDINATOR")
def lost_card(citizen_id: str) -> Any:
    return _form(citizen_id, _citizen(citizen_id))


@room.post("/rettigheder/<citizen_id>/kort")
@admit("COORDINATOR")
def new_code(citizen_id: str) -> Any:
    """The code is exchanged on the record itself: consents, talks and places go on, and each phone hears of it at its next contact."""
    base, reason = unsealed("citizen", citizen_id), typed_reason()
    if wrong := reason_wrong(reason):
        return _form(citizen_id, base, wrong, reason), 422
    with database().read() as tx:
        code = codes.make(given_out(tx))
    former = [*(base.get("former_codes") or []), {"code": base["code"], "until": clock.today().isoformat()}]
    access.log(database(), desk.author(), [access.Entry("NEW_CODE", "citizen", citizen_id, citizen_id, reason=reason)], clock.now())
    result = desk.written(Change("citizen", citizen_id, "update", {"code": code, "former_codes": former},
                                 {"code": base["code"], "former_codes": base.get("former_codes")}))[0]
    if result.status != "accepted" or not result.record:
        return _form(citizen_id, _citizen(citizen_id), MEANWHILE, reason), 422
    code = result.record["data"]["code"]
    flash(f"{base['code']} gælder ikke mere. Borgeren hedder nu {code}. Rådgiverens telefon viser det nye kort, næste gang den har net.", "success")
    return redirect(url_for("coordinator.rights", borger=code), 303)


def given_out(tx: Connection) -> set[str]:
    """Every code that is or has been somebody's: an old card may still be found."""
    rows = tx.execute(select(CITIZENS.c.code, CITIZENS.c.former_codes).where(CITIZENS.c.project_id == current_user.project_id))
    return {code for row in rows for code in (row.code, *(one["code"] for one in row.former_codes or ()))}


def holder_of(tx: Connection, code: str) -> tuple[str, str] | None:
    """(id, code of today) of who had that code on a card that was lost."""
    rows = tx.execute(select(CITIZENS.c.id, CITIZENS.c.code, CITIZENS.c.former_codes).where(
        CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.deleted.is_(False), CITIZENS.c.former_codes.is_not(None)))
    return next(((row.id, row.code) for row in rows if any(one["code"] == code for one in row.former_codes)), None)


def _citizen(citizen_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "citizen", citizen_id)
    return found[1] if found else abort(404)


def _form(citizen_id: str, data: dict[str, Any], wrong: str = "", reason: str = "") -> str:
    return render_template("coordinator/lost_card.html", code=data["code"], citizen_id=citizen_id, wrong=wrong, reason=reason, most=MOST,
                           base=seal("citizen", citizen_id, data))
