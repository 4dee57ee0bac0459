"""/kontor/telefoner: who works here, which phones they have, what still waits on them, and shutting a phone out."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator.danish import since_words
from app.coordinator.desk import TABLES, author
from app.coordinator.room import room
from app.guards import admit, fresh
from app.ledger.tables import CREDENTIALS, DEVICES
from app.rules.alphabet import sort_key

QUIET_DAYS = 5
DONE = {"lock": "Telefonen er spærret, og brugeren er logget ud alle steder.",
        "wipe": "Telefonen er spærret og bliver tømt, næste gang den er på nettet. Brugeren er logget ud alle steder.",
        "open": "Telefonen er lukket op igen. Brugeren logger ind på den, og så bliver det, der venter, sendt."}


@room.get("/telefoner")
@admit("COORDINATOR")
def phones() -> Any:
    with database().read() as tx:
        people, devices = _people(tx), devices_of(tx)
    now = clock.now()
    return render_template("coordinator/phones.html", people=people, devices=devices, since=lambda at: since_words(at, now),
                           quiet=lambda device: is_quiet(device, now), acts=_acts)


@room.get("/telefoner/<device_id>/spaerring")
@admit("COORDINATOR")
def phone_lock(device_id: str) -> Any:
    return render_template("coordinator/phone_lock.html", device=_found(device_id), wrong="", acts=_acts(_found(device_id)))


@room.post("/telefoner/<device_id>/spaerring")
@admit("COORDINATOR")
@fresh("coordinator.phone_lock")
def lock_phone(device_id: str) -> Any:
    device, how = _found(device_id), request.form.get("how", "")
    acts = _acts(device)
    if how not in acts:
        return render_template("coordinator/phone_lock.html", device=device, wrong="Vælg, hvad der skal ske.", acts=acts), 422
    ours = current_app.extensions  # doors do not know each other; the house hands over what one does for another
    if how == "open":
        ours["reopen_device"](database(), device_id, clock.now(), author())
    else:
        ours["revoke_device"](database(), device_id, how == "wipe", clock.now(), author())
        ours["end_sessions"](database(), device.user_id)
    flash(DONE[how], "success")
    return redirect(url_for("coordinator.phones"), 303)


def devices_of(tx: Connection) -> list[Any]:
    """The project's phones with their owner, the longest silent first."""
    users = TABLES["user"]
    owned = DEVICES.outerjoin(users, users.c.id == DEVICES.c.user_id)
    return list(tx.execute(select(DEVICES, users.c.name.label("owner"), users.c.initials).select_from(owned)
                           .where(DEVICES.c.project_id == current_user.project_id).order_by(DEVICES.c.revoked_at.is_not(None), DEVICES.c.seen_at)))


def is_quiet(device: Any, now: Any) -> bool:
    return device.revoked_at is None and (now - device.seen_at).days >= QUIET_DAYS


def _people(tx: Connection) -> list[Any]:
    users = TABLES["user"]
    rows = tx.execute(select(users.c.id, users.c.name, users.c.initials, users.c.role, CREDENTIALS.c.email, CREDENTIALS.c.disabled)
                      .select_from(users.outerjoin(CREDENTIALS, CREDENTIALS.c.user_id == users.c.id))
                      .where(users.c.project_id == current_user.project_id, users.c.deleted.is_(False), users.c.role != "SYSTEM"))
    return sorted(rows, key=lambda row: sort_key(row.name))


def _found(device_id: str) -> Any:
    with database().read() as tx:
        return next((row for row in devices_of(tx) if row.id == device_id and _acts(row)), None) or abort(404)


def _acts(device: Any) -> tuple[str, ...]:
    """What can be done to a phone: a wipe that is ordered cannot be called back."""
    return {None: ("lock", "wipe"), "lock": ("open", "wipe")}.get(device.revoked_how, ())
