"""/log-ind/organisation: signing in at the municipality's own OpenID provider, where one is set up (security.md, Accounts)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from joserfc.errors import JoseError
from sqlalchemy import select

from app.accounts import freshness
from app.accounts.pages import home, next_page
from app.accounts.room import room
from app.accounts.sessions import CREDENTIALS, SignedIn, person
from app.answers import database
from app.guards import EVERYONE, admit

WANTED = "wanted_after_oidc"
SECONDS = 10  # a provider that is silent for longer is away
SIGNATURES = ["RS256", "PS256", "ES256"]
STRONGER = {"mfa", "hwk", "fpt", "face"}  # what the provider says it asked for beyond a password (RFC 8176)


def set_up(app: Flask) -> None:
    """Knows the provider of the settings; without one the pages are not there."""
    settings, oauth = app.config["SETTINGS"], OAuth(app)
    app.extensions["oidc"] = settings.oidc_issuer and oauth.register(
        "oidc", client_id=settings.oidc_client_id, client_secret=settings.oidc_client_secret,
        id_token_signing_alg_values_supported=SIGNATURES,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": SECONDS})


@room.get("/log-ind/organisation")
@admit(EVERYONE)
def sign_in_elsewhere() -> Any:
    session[WANTED] = next_page()
    try:
        return _provider().authorize_redirect(url_for("accounts.back_from_elsewhere", _external=True))
    except (requests.RequestException, ValueError, KeyError, RuntimeError):
        return _sorry("Organisationens side svarer ikke lige nu. Log ind med din adgangssætning, eller prøv igen om lidt.")


@room.get("/log-ind/organisation/svar")
@admit(EVERYONE)
def back_from_elsewhere() -> Any:
    provider = _provider()
    if not session and "igen" not in request.args:  # our cookie stays home when another site sends somebody here: let our own page ask
        return render_template("accounts/coming_back.html", onward=f"{request.path}?igen=1&{urlencode(request.args.to_dict())}")
    try:
        token = provider.authorize_access_token(claims_options={"iss": {"essential": True, "values": [current_app.config["SETTINGS"].oidc_issuer]}})
        claims = token["userinfo"]
    except (OAuthError, JoseError, requests.RequestException, ValueError, KeyError, TypeError, RuntimeError):
        return _sorry("Du blev ikke logget ind. Prøv igen, eller log ind med din adgangssætning.")
    found = _known(claims)
    if found is None:
        return _sorry("Du er logget ind hos organisationen, men har ingen adgang her. Spørg koordinatoren.")
    wanted, stronger = session.pop(WANTED, ""), bool(STRONGER.intersection(claims.get("amr") or ()))
    if freshness.has_factor(found) and not stronger:
        freshness.half_way(found)
        return redirect(url_for("accounts.second_step", naeste=wanted or None), 303)
    freshness.come_in(found, with_factor=stronger)
    return redirect(home(wanted), 303)


def _provider() -> Any:
    return current_app.extensions["oidc"] or abort(404)


def _known(claims: dict[str, Any]) -> SignedIn | None:
    """Whoever has the address here; an address that the provider has not checked is nobody's."""
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") is False or "\x00" in email:
        return None
    with database().read() as tx:
        user_id = tx.execute(select(CREDENTIALS.c.user_id).where(CREDENTIALS.c.email == email.strip().lower())).scalar()
        return person(tx, user_id) if user_id else None


def _sorry(sentence: str) -> Any:
    flash(sentence, "error")
    return redirect(url_for("accounts.sign_in"), 303)
