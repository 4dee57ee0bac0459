"""/konto/passkeys and /log-ind/passkey: keeping passkeys, and coming in with one."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app.accounts import freshness, passkeys
from app.accounts.pages import home, next_page
from app.accounts.room import room
from app.accounts.sessions import person
from app.accounts.sign_in import wrong_try
from app.answers import database
from app.guards import EVERYONE, SIGNED_IN, admit, fresh


@room.post("/log-ind/passkey")
@admit(EVERYONE)
def sign_in_with_passkey() -> Any:
    user_id = passkeys.owner(database(), request.form.get("answer", ""))
    with database().read() as tx:
        found = person(tx, user_id) if user_id else None
    if found is None:
        wrong_try(database(), user_id, request.remote_addr or "")
        flash("Serveren kender ikke den passkey. Log ind med din adgangssætning.", "error")
        return redirect(url_for("accounts.sign_in", naeste=next_page() or None), 303)
    freshness.come_in(found, with_factor=True)
    return redirect(home(next_page()), 303)


@room.get("/konto/passkeys")
@admit(SIGNED_IN)
def my_passkeys() -> Any:
    with database().read() as tx:
        return render_template("accounts/my_passkeys.html", passkeys=passkeys.of(tx, current_user.user_id),
                               options=passkeys.asked_for_new(tx, current_user))


@room.post("/konto/passkeys")
@admit(SIGNED_IN)
@fresh("accounts.my_passkeys")
def add_passkey() -> Any:
    if passkeys.add(database(), current_user.user_id, request.form.get("answer", "")):
        flash("Din passkey er gemt. Næste gang kan du logge ind med den.", "success")
    else:
        flash("Din passkey blev ikke gemt. Prøv igen.", "error")
    return redirect(url_for("accounts.my_passkeys"), 303)


@room.post("/konto/passkeys/<passkey_id>/fjernelse")
@admit(SIGNED_IN)
@fresh("accounts.my_passkeys")
def remove_passkey(passkey_id: str) -> Any:
    if not passkeys.remove(database(), current_user.user_id, passkey_id):
        abort(404)
    flash("Din passkey er fjernet. Den kan ikke bruges igen.", "success")
    return redirect(url_for("accounts.my_passkeys"), 303)
