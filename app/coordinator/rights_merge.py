"""/kontor/rettigheder/<id>/sammenlaegning: a citizen has got two codes and says so; one is kept and gets what hangs on both (domain.md 2.5)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.danish import day_words
from app.coordinator.desk import TABLES
from app.coordinator.promises import follower
from app.coordinator.rights import counted_kinds
from app.coordinator.room import room
from app.coordinator.seen import MOST, reason_wrong, typed_reason
from app.guards import admit, fresh
from app.ledger import access, contacts
from app.ledger.change import Change

CITIZENS, TALKS = TABLES["citizen"], TABLES["talk"]


@room.get("/rettigheder/<citizen_id>/sammenlaegning")
@admit("COORDINATOR")
def code_merge(citizen_id: str) -> Any:
    """First the other card's code; then the two side by side."""
    code = request.args.get("med", "").strip().upper()
    one = _citizen(citizen_id)
    with database().read() as tx:
        other = _with_code(tx, code) if code else None
    wrong = {"med": _why_not(citizen_id, one, other)} if code else {}
    wrong = {name: why for name, why in wrong.items() if why}
    return _drawn(citizen_id, one, code, other if not wrong else None, wrong)


@room.post("/rettigheder/<citizen_id>/sammenlaegning")
@admit("COORDINATOR")
@fresh("coordinator.code_merge")
def merge_codes(citizen_id: str) -> Any:
    """The log has it first. The code that goes is changed through the ledger, which moves what hangs on it."""
    base, reason = unsealed("citizen", citizen_id), typed_reason()
    other_id, keep = str(base["other"]), request.form.get("keep", "")
    one, other = _citizen(citizen_id), _citizen(other_id)
    wrong = {"reason": reason_wrong(reason), "keep": "" if keep in (one["code"], other["code"]) else "Vælg, hvilken kode borgeren skal beholde.",
             "med": _why_not(citizen_id, one, other_id)}
    if wrong := {name: why for name, why in wrong.items() if why}:
        return _drawn(citizen_id, one, other["code"], other_id, wrong, reason, keep), 422
    kept, gone = (citizen_id, other_id) if keep == one["code"] else (other_id, citizen_id)
    access.log(database(), desk.author(), [access.Entry("MERGE", "citizen", id_, id_, reason=reason) for id_ in (kept, gone)], clock.now())
    contacts.move(database(), desk.author(), gone, kept, clock.now())
    result = desk.written(Change("citizen", gone, "update", {"merged_into_id": kept}, {"merged_into_id": None}))[0]
    if result.status != "accepted":
        why = (result.fields or {}).get("merged_into_id", result.message)
        return _drawn(citizen_id, one, other["code"], other_id, {"med": why}, reason, keep), 422
    desk.explain(result.op_id, reason)
    flash(f"De to koder er lagt sammen. Borgeren hedder {keep}. Rådgivernes telefoner følger efter, næste gang de har net.", "success")
    return redirect(url_for("coordinator.rights", borger=keep), 303)


def _why_not(citizen_id: str, one: dict[str, Any], other_id: str | None) -> str:
    if other_id is None:
        return "Ingen borger har den kode. Se efter på det andet samtalekort."
    if other_id == citizen_id:
        return "Det er den samme kode. Skriv koden fra det andet kort."
    if one.get("merged_into_id") or _citizen(other_id).get("merged_into_id"):
        return "En af koderne er allerede lagt sammen med en anden. Søg den frem, og begynd med den, borgeren hedder nu."
    return ""


def _citizen(citizen_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, "citizen", citizen_id)
    return found[1] if found else abort(404)


def _with_code(tx: Connection, code: str) -> str | None:
    return tx.execute(select(CITIZENS.c.id).where(CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.deleted.is_(False),
                                                  CITIZENS.c.code == code)).scalar()


def _told(tx: Connection, citizen_id: str) -> dict[str, str]:
    """What tells the two apart, without a word of what was said."""
    first, last = tx.execute(select(func.min(TALKS.c.event_date), func.max(TALKS.c.event_date)).where(
        TALKS.c.citizen_id == citizen_id, TALKS.c.deleted.is_(False))).one()
    follows = desk.people(tx).get(follower(tx, citizen_id), "ukendt")
    counts = {kind: str(count) for kind, count in counted_kinds(tx, citizen_id).items() if kind != "Borger"}
    return {"Følges af": follows, "Første samtale": day_words(first) or "Ingen", "Sidste samtale": day_words(last) or "Ingen", **counts}


def _drawn(citizen_id: str, one: dict[str, Any], code: str, other_id: str | None, wrong: dict[str, str], reason: str = "", keep: str = "") -> str:
    pair: list[dict[str, str]] = []
    if other_id:
        with database().read() as tx:
            pair = [_told(tx, id_) for id_ in (citizen_id, other_id)]
    names = list(dict.fromkeys(name for side in pair for name in side))
    compared = [(name, *(side.get(name, "0") for side in pair)) for name in names]
    return render_template("coordinator/code_merge.html", citizen_id=citizen_id, code=one["code"], other=code, compared=compared, wrong=wrong,
                           reason=reason, keep=keep, most=MOST, base=seal("citizen", citizen_id, {"other": other_id}) if other_id else "")
