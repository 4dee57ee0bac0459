"""/konto/adgangssaetning: a person takes a new passphrase, with the old one in hand; the other sessions end (security.md, Accounts)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from app import clock
from app.accounts.brake import TooMany
from app.accounts.pages import minutes
from app.accounts.passphrases import LEAST
from app.accounts.people import Unfit, change_own, check_passphrase
from app.accounts.room import room
from app.accounts.sessions import digest
from app.accounts.sign_in import check
from app.answers import database
from app.guards import SIGNED_IN, admit, fresh
from app.ledger import access
from app.ledger.author import Author


@room.get("/konto/adgangssaetning")
@admit(SIGNED_IN)
def my_passphrase() -> Any:
    return _form({})


@room.post("/konto/adgangssaetning")
@admit(SIGNED_IN)
@fresh("accounts.my_passphrase")
def change_passphrase() -> Any:
    present, wanted, again = (request.form.get(name, "") for name in ("present", "wanted", "again"))
    wrong, status = _wrong(wanted, again), 422
    if not wrong:
        try:
            if check(database(), current_user.email, present, request.remote_addr or "") is None:
                wrong = {"present": "Det er ikke den adgangssætning, du har nu. Prøv igen."}
        except TooMany as wait:
            wrong, status = {"present": f"Der er prøvet for mange gange. Vent {minutes(wait.seconds)}, og prøv igen."}, 429
    if wrong:
        return _form(wrong), status
    me = current_user
    change_own(database(), me, wanted, here=digest(session.token or ""))  # type: ignore[attr-defined]
    access.log(database(), Author(me.user_id, me.project_id, me.role), [access.Entry("PASSPHRASE", "user", me.user_id)], clock.now())
    flash("Din adgangssætning er ny. Du er logget ud alle andre steder.", "success")
    return redirect(url_for("accounts.my_sessions"), 303)


def _wrong(wanted: str, again: str) -> dict[str, str]:
    try:
        check_passphrase(wanted, current_user.email, current_user.name)
    except Unfit as unfit:
        return {"wanted": str(unfit)}
    return {} if wanted == again else {"again": "De to er ikke ens. Skriv den nye igen."}


def _form(wrong: dict[str, str]) -> Any:
    return render_template("accounts/my_passphrase.html", wrong=wrong, least=LEAST)
