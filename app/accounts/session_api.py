"""Sign-in and sign-out for the phone: `/api/session` (sync.md ch. 2)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_login import current_user, logout_user

from app.accounts import freshness
from app.accounts.brake import TooMany
from app.accounts.sessions import SignedIn
from app.accounts.sign_in import check, check_code
from app.answers import Refused, answer, body, database, refusal
from app.guards import EVERYONE, SIGNED_IN, admit
from app.ledger import box

door = Blueprint("session", __name__)


@door.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    return refusal(refused)


@door.post("/api/session")
@admit(EVERYONE)
def start() -> Response:
    asked = body()
    email, passphrase, code = asked.get("email"), asked.get("password"), asked.get("code", "")
    if not isinstance(email, str) or not isinstance(passphrase, str) or not isinstance(code, str):
        raise Refused(400, "BAD_REQUEST")
    address = request.remote_addr or ""
    try:
        found = check(database(), email, passphrase, address)
        asks = found is not None and freshness.has_factor(found)
        fits = found is not None and asks and code != "" and check_code(database(), found.user_id, code, address)
    except TooMany as wait:
        raise Refused(429, "SLOW_DOWN", retry_after=wait.seconds) from None
    if found is None:
        raise Refused(401, "SIGN_IN", "Adressen eller adgangssætningen passer ikke.")
    if asks and not fits:
        raise Refused(401, "SIGN_IN", "Koden passer ikke. Vent på den næste, og prøv igen." if code else "Skriv også koden fra din kodeapp.",
                      second_factor=True)
    freshness.come_in(found, passphrase, with_factor=asks)
    return answer(_inside(found))


@door.get("/api/session")
@admit(SIGNED_IN)
def present() -> Response:
    return answer(_inside(current_user))


@door.delete("/api/session")
@admit(EVERYONE)
def end() -> Response:
    if current_user.is_authenticated:
        logout_user()
    gone = answer({})
    gone.headers["Clear-Site-Data"] = '"cache"'
    return gone


def _inside(user: SignedIn | Any) -> dict[str, Any]:
    """Who is signed in, and the key that their phone closes boxes for the server with."""
    return {"user": {"id": user.user_id, "initials": user.initials, "name": user.name, "role": user.role},
            "box": box.public(database().settings.box_keys())}
