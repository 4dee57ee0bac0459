"""Sign-in and sign-out for the phone: `/api/session` (sync.md ch. 2)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_login import current_user, login_user, logout_user

from app.accounts.brake import TooMany
from app.accounts.sessions import SignedIn
from app.accounts.sign_in import check
from app.answers import Refused, answer, body, database, refusal
from app.guards import EVERYONE, SIGNED_IN, admit

door = Blueprint("session", __name__)


@door.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    return refusal(refused)


@door.post("/api/session")
@admit(EVERYONE)
def start() -> Response:
    asked = body()
    email, passphrase = asked.get("email"), asked.get("password")
    if not isinstance(email, str) or not isinstance(passphrase, str):
        raise Refused(400, "BAD_REQUEST")
    try:
        found = check(database(), email, passphrase, request.remote_addr or "")
    except TooMany as wait:
        raise Refused(429, "SLOW_DOWN", retry_after=wait.seconds) from None
    if found is None:
        raise Refused(401, "SIGN_IN", "Adressen eller adgangssætningen passer ikke.")
    login_user(found)
    return answer({"user": _shown(found)})


@door.get("/api/session")
@admit(SIGNED_IN)
def present() -> Response:
    return answer({"user": _shown(current_user)})


@door.delete("/api/session")
@admit(EVERYONE)
def end() -> Response:
    if current_user.is_authenticated:
        logout_user()
    return answer({})


def _shown(user: SignedIn | Any) -> dict[str, str]:
    return {"id": user.user_id, "initials": user.initials, "name": user.name, "role": user.role}
