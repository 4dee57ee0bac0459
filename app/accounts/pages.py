"""Signing in and out in the browser, and the answer to what went wrong, in plain Danish with a way on."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user, logout_user
from werkzeug.exceptions import HTTPException

from app.accounts import freshness, passkeys
from app.accounts.brake import TooMany
from app.accounts.room import room
from app.accounts.sign_in import check
from app.answers import database
from app.guards import EVERYONE, SIGNED_IN, admit
from app.records.codes import code_list

LOCAL_PATH = re.compile(r"^/(?![/\\])[^\\\x00-\x20]*$")
ERRORS = {
    400: ("Siden kunne ikke læse det, du sendte", "Gå tilbage, hent siden igen, og prøv en gang til."),
    403: ("Det har du ikke adgang til", "Spørg koordinatoren, hvis du mener, at du skal have adgang."),
    404: ("Siden findes ikke", "Adressen kan være skrevet forkert, eller registreringen er slettet."),
    405: ("Siden kan ikke åbnes sådan", "Gå til forsiden, og find det derfra."),
    413: ("Det, du sendte, er for stort", "Del filen i to, og prøv igen."),
    429: ("Der er prøvet for mange gange", "Vent et minut, og prøv igen."),
    500: ("Noget gik galt hos os", "Intet er tabt. Vent lidt, og prøv igen. Sker det igen, så sig det til den, der passer serveren."),
    503: ("Serveren har travlt", "Intet er gemt. Gå tilbage, og prøv igen om lidt."),
    507: ("Serveren er løbet tør for plads", "Intet er gemt. Sig det til den, der passer serveren."),
}


@room.route("/log-ind", methods=["GET", "POST"])
@admit(EVERYONE)
def sign_in() -> Any:
    if request.method == "POST":
        return _tried()
    if current_user.is_authenticated:
        return redirect(home())
    return _form({}, "", 200)


@room.post("/log-ud")
@admit(SIGNED_IN)
def sign_out() -> Any:
    logout_user()
    flash("Du er logget ud.", "success")
    gone = redirect(url_for("accounts.sign_in"), 303)
    gone.headers["Clear-Site-Data"] = '"cache"'  # the phone's notebook is storage, and stays
    return gone


@room.get("/adgang")
@admit(SIGNED_IN)
def access() -> Any:
    """Where those land who have no pages of their own yet: what they will be able to see, and nothing else."""
    roles = code_list("role")
    return render_template("accounts/access.html", role=roles.label(current_user.role), sees=roles.helps.get(current_user.role, ""))


def error_page(error: HTTPException) -> Response:
    """Any HTTP error as a page. A broken database must not break the page that says so."""
    status = error.code or 500
    heading, sentence = ERRORS.get(status, ERRORS[500 if status >= 500 else 400])
    if status < 500:
        response = make_response(render_template("accounts/error.html", heading=heading, sentence=sentence), status)
    else:
        page = current_app.jinja_env.get_template("accounts/error.html")
        plain = {"built": current_app.extensions.get("built", {}), "person": None, "menu": (), "bare": True}
        response = make_response(page.render(heading=heading, sentence=sentence, **plain), status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def stale_form() -> Response:
    """The form's token is missing or from another sign-in."""
    sentence = "Du har været logget ud og ind, eller siden har stået åben længe. Gå tilbage, hent siden igen, og send den en gang til."
    return make_response(render_template("accounts/error.html", heading="Formularen er for gammel", sentence=sentence), 400)


def _tried() -> Any:
    email, passphrase = request.form.get("email", "").strip(), request.form.get("passphrase", "")
    errors = {name: sentence for name, value, sentence in (
        ("email", email, "Skriv din mailadresse."), ("passphrase", passphrase, "Skriv din adgangssætning.")) if not value}
    if errors:
        return _form(errors, email, 422)
    try:
        found = check(database(), email, passphrase, request.remote_addr or "")
    except TooMany as wait:
        return _form({"email": f"Der er prøvet for mange gange. Vent {minutes(wait.seconds)}, og prøv igen."}, email, 429)
    if found is None:
        return _form({"passphrase": "Adressen eller adgangssætningen passer ikke. Prøv igen."}, email, 422)
    if freshness.has_factor(found):
        freshness.half_way(found)
        return redirect(url_for("accounts.second_step", naeste=next_page() or None), 303)
    freshness.come_in(found, passphrase)
    return redirect(home(next_page()), 303)


def _form(errors: dict[str, str], email: str, status: int) -> Response:
    settings = current_app.config["SETTINGS"]
    return make_response(render_template("accounts/sign_in.html", errors=errors, email=email, next=next_page(), passkey=passkeys.asked(),
                                         oidc=settings.oidc_issuer and settings.oidc_name), status)


def next_page() -> str:
    """A path of our own to go on to; anything else is dropped."""
    wanted = request.values.get("naeste", "")
    return wanted if LOCAL_PATH.match(wanted) and not wanted.startswith(("/log-ind", "/api/")) else ""


def home(wanted: str = "") -> str:
    """Where the person who has just come in goes on."""
    if current_user.role == "COORDINATOR":
        return wanted or "/kontor/"
    if current_user.role == "ADVISER":
        return "/" if not wanted or wanted.startswith("/kontor") else wanted
    if current_user.role in ("STEERING", "EVALUATOR"):
        return wanted if wanted.startswith("/tal/") else "/tal"
    if current_user.role == "AUDITOR":
        return wanted if wanted.partition("?")[0] == "/log" else "/log"
    return url_for("accounts.access")


def minutes(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    return "et minut" if minutes == 1 else f"{minutes} minutter"
