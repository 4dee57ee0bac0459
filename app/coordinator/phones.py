"""/kontor/telefoner: who works here, which phones they have, what still waits on them, and shutting a phone out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator.danish import since_words
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit, fresh
from app.ledger.tables import CREDENTIALS, DEVICES
from app.rules.alphabet import sort_key

QUIET_DAYS = 5


@room.get("/telefoner")
@admit("COORDINATOR")
def phones() -> Any:
    with database().read() as tx:
        people, devices = _people(tx), devices_of(tx)
    now = clock.now()
    return render_template("coordinator/phones.html", people=people, devices=devices, since=lambda at: since_words(at, now),
                           quiet=lambda device: is_quiet(device, now), can_revoke=_revoke() is not None)


@room.get("/telefoner/<device_id>/spaerring")
@admit("COORDINATOR")
def phone_lock(device_id: str) -> Any:
    return render_template("coordinator/phone_lock.html", device=_found(device_id), wrong="")


@room.post("/telefoner/<device_id>/spaerring")
@admit("COORDINATOR")
@fresh("coordinator.phone_lock")
def lock_phone(device_id: str) -> Any:
    device, how, revoke = _found(device_id), request.form.get("how"), _revoke()
    if revoke is None:
        abort(404)
    if how not in ("lock", "wipe"):
        return render_template("coordinator/phone_lock.html", device=device, wrong="Vælg, hvad der skal ske."), 422
    revoke(database(), device_id, how == "wipe", clock.now())
    flash("Telefonen er spærret." if how == "lock" else "Telefonen er spærret og bliver tømt, næste gang den er på nettet.", "success")
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
        return next((row for row in devices_of(tx) if row.id == device_id and row.revoked_at is None), None) or abort(404)


def _revoke() -> Callable[..., Any] | None:
    """Doors do not know each other; the house hands the line's act over."""
    return current_app.extensions.get("revoke_device")
