"""The municipality's own OpenID provider, where one is set up: whom it vouches for, and whose account that is here (security.md, Accounts)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import structlog
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask
from joserfc.errors import ExpiredTokenError, JoseError
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.db import Database
from app.records.account import OutsideAccount

ACCOUNTS = OutsideAccount.__table__  # type: ignore[attr-defined]
SECONDS = 10  # a provider that is silent for longer is away
LONGEST = 255  # of what a provider calls somebody (OpenID Connect Core, 2)
SIGNATURES = ["RS256", "PS256", "ES256"]
FAULTS = (OAuthError, JoseError, requests.RequestException, ValueError, KeyError, TypeError, RuntimeError)


class Straight(OAuth2Session):  # type: ignore[misc]
    """Goes to the addresses that the provider has given and to none that an answer sends it on to."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.max_redirects = 0


class Provider(FlaskOAuth2App):  # type: ignore[misc]
    """The one provider of the settings; what it says of itself can change neither who it is nor how it must sign."""

    client_cls = Straight
    issuer = ""

    def load_server_metadata(self) -> dict[str, Any]:
        told: dict[str, Any] = super().load_server_metadata()
        if told.get("issuer") != self.issuer:
            told.clear()
            raise ValueError("another issuer than the one in the settings")
        told["id_token_signing_alg_values_supported"] = SIGNATURES
        return told

    def vouched_for(self) -> tuple[str, bool]:
        """After the way back: what it calls the person, whether it asked for more than a password (RFC 8176). Raises FAULTS."""
        claims = self.authorize_access_token(claims_options={"iss": {"essential": True, "values": [self.issuer]}})["userinfo"]
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or not subject.isprintable():
            raise ValueError("not a subject")
        return subject, bool({"mfa", "hwk", "fpt", "face"}.intersection(claims.get("amr") or ()))


def set_up(app: Flask) -> None:
    """Knows the provider of the settings; without one the pages are not there."""
    settings, oauth = app.config["SETTINGS"], OAuth(app)
    oauth.oauth2_client_cls = Provider
    app.extensions["oidc"] = None
    if settings.oidc_issuer:
        address = urlsplit(settings.oidc_issuer)
        if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
            raise SystemExit("RAADGIVER_OIDC_ISSUER skal begynde med https://.")
        provider = oauth.register(
            "oidc", client_id=settings.oidc_client_id, client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": SECONDS})
        provider.issuer = settings.oidc_issuer
        app.extensions["oidc"] = provider


def why_not(fault: Exception) -> str:
    """In Danish, for the one who tried; in the server's log by its kind alone, which holds nothing of the answer."""
    structlog.get_logger().warning("provider_refused", fault=type(fault).__name__)
    if isinstance(fault, OAuthError) and fault.error == "access_denied":
        return "Du afbrød hos organisationen."
    if isinstance(fault, ExpiredTokenError):
        return "Organisationens svar er for gammelt."
    if isinstance(fault, requests.RequestException):
        return "Organisationens side svarer ikke lige nu."
    return "Organisationens svar passer ikke til det, du bad om her."


def tied_to(tx: Connection, issuer: str, subject: str) -> str | None:
    """Whose account it is here."""
    return tx.execute(select(ACCOUNTS.c.user_id).where(ACCOUNTS.c.issuer == issuer, ACCOUNTS.c.subject == subject)).scalar()


def tied_at(tx: Connection, user_id: str, issuer: str) -> datetime | None:
    return tx.execute(select(ACCOUNTS.c.tied_at).where(ACCOUNTS.c.user_id == user_id, ACCOUNTS.c.issuer == issuer)).scalar()


def tie(db: Database, user_id: str, issuer: str, subject: str, now: datetime) -> bool:
    """In place of the one that the user had; False when it is somebody else's already."""
    try:
        with db.write() as tx:
            tx.execute(delete(ACCOUNTS).where(ACCOUNTS.c.user_id == user_id))
            tx.execute(insert(ACCOUNTS).values(user_id=user_id, issuer=issuer, subject=subject, tied_at=now))
    except IntegrityError:
        return False
    return True


def untie(db: Database, user_id: str) -> bool:
    with db.write() as tx:
        return tx.execute(delete(ACCOUNTS).where(ACCOUNTS.c.user_id == user_id)).rowcount > 0
