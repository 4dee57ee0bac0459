"""/log-ind/organisation and /konto/organisation: coming in by the organisation's own provider, and tying one's account there to the one here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from app import clock
from app.accounts import freshness, oidc
from app.accounts.pages import home, next_page
from app.accounts.room import room
from app.accounts.sessions import person
from app.accounts.sign_in import wrong_try
from app.answers import database
from app.guards import EVERYONE, SIGNED_IN, admit, fresh
from app.ledger import access
from app.ledger.author import Author

WANTED = "wanted_after_oidc"
TYING = "tying_for"  # whose session went to the provider to tie an account
UNKNOWN = ("Du er logget ind hos organisationen, men den konto er ikke koblet til nogen her. "
           "Log ind med din adgangssætning, og kobl den under »Organisationens konto«.")


@room.get("/log-ind/organisation")
@admit(EVERYONE)
def sign_in_elsewhere() -> Any:
    session.pop(TYING, None)
    session[WANTED] = next_page()
    return _go_there("accounts.sign_in")


@room.get("/log-ind/organisation/svar")
@admit(EVERYONE)
def back_from_elsewhere() -> Any:
    provider = _provider()
    if not session and "igen" not in request.args:  # our cookie stays home when another site sends somebody here: let our own page ask
        return render_template("accounts/coming_back.html", onward=f"{request.path}?igen=1&{urlencode(request.args.to_dict())}")
    tying = session.pop(TYING, None)
    try:
        subject, stronger = provider.vouched_for()
    except oidc.FAULTS as fault:
        if not tying:
            wrong_try(database(), None, request.remote_addr or "")
        return _sorry(f"{oidc.why_not(fault)} Prøv igen{'' if tying else ', eller log ind med din adgangssætning'}.", tying)
    return _tied(subject, tying) if tying else _come_in(subject, stronger)


@room.get("/konto/organisation")
@admit(SIGNED_IN)
def organisation() -> Any:
    provider = _provider()
    with database().read() as tx:
        return render_template("accounts/organisation.html", name=current_app.config["SETTINGS"].oidc_name,
                               tied_at=oidc.tied_at(tx, current_user.user_id, provider.issuer))


@room.post("/konto/organisation/tilkobling")
@admit(SIGNED_IN)
@fresh("accounts.organisation")
def tie_account() -> Any:
    """A form may not send a browser to another house (`form-action`), so a page of our own does."""
    _provider()
    session[TYING] = current_user.user_id
    return render_template("accounts/coming_back.html", onward=url_for("accounts.on_the_way_to_tie"))


@room.get("/konto/organisation/tilkobling")
@admit(SIGNED_IN)
def on_the_way_to_tie() -> Any:
    if session.get(TYING) != current_user.user_id:
        return redirect(url_for("accounts.organisation"), 303)
    return _go_there("accounts.organisation")


@room.post("/konto/organisation/frakobling")
@admit(SIGNED_IN)
@fresh("accounts.organisation")
def untie_account() -> Any:
    _provider()
    if oidc.untie(database(), current_user.user_id):
        _note("UNTIE")
    flash("Kontoen er koblet fra. Herefter logger du ind med adgangssætning eller passkey.", "success")
    return redirect(url_for("accounts.organisation"), 303)


def _provider() -> oidc.Provider:
    return current_app.extensions["oidc"] or abort(404)


def _go_there(back: str) -> Any:
    try:
        return _provider().authorize_redirect(url_for("accounts.back_from_elsewhere", _external=True))
    except oidc.FAULTS as fault:
        return _sorry(f"{oidc.why_not(fault)} Prøv igen om lidt.", back == "accounts.organisation")


def _come_in(subject: str, stronger: bool) -> Any:
    with database().read() as tx:
        user_id = oidc.tied_to(tx, _provider().issuer, subject)
        found = person(tx, user_id) if user_id else None
    if found is None:
        wrong_try(database(), user_id, request.remote_addr or "")
        return _sorry(UNKNOWN)
    wanted = session.pop(WANTED, "")
    if freshness.has_factor(found) and not stronger:
        freshness.half_way(found)
        return redirect(url_for("accounts.second_step", naeste=wanted or None), 303)
    freshness.come_in(found, with_factor=stronger)
    return redirect(home(wanted), 303)


def _tied(subject: str, tying: str) -> Any:
    if not current_user.is_authenticated or current_user.user_id != tying:
        return _sorry("Du er ikke længere logget ind her. Log ind, og prøv igen.")
    if not oidc.tie(database(), tying, _provider().issuer, subject, clock.now()):
        return _sorry("Den konto hører allerede til en anden bruger her. Log ud hos organisationen, og prøv igen med din egen.", tying)
    _note("TIE")
    flash("Kontoen er koblet til dig. Næste gang kan du logge ind med den.", "success")
    return redirect(url_for("accounts.organisation"), 303)


def _note(act: str) -> None:
    me = current_user
    access.log(database(), Author(me.user_id, me.project_id, me.role), [access.Entry(act, "user", me.user_id)], clock.now())


def _sorry(sentence: str, tying: Any = None) -> Any:
    flash(sentence, "error")
    return redirect(url_for("accounts.organisation" if tying and current_user.is_authenticated else "accounts.sign_in"), 303)
