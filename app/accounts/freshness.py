"""How a session came in, and when its owner last gave a second factor: five minutes open the grave acts (security.md, Accounts)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import redirect, request, session, url_for
from flask_login import current_user, login_user
from sqlalchemy import select

from app import clock
from app.accounts import factors
from app.accounts.passphrases import STRONG
from app.accounts.sessions import SignedIn
from app.answers import Refused, database, refusal
from app.ledger import access
from app.ledger.author import Author
from app.records import Project
from app.records.project import INVENTED

PROJECTS = Project.__table__  # type: ignore[attr-defined]
FRESH = timedelta(minutes=5)
HALF_WAY = timedelta(minutes=10)  # from the passphrase to the code
CONFIRMED, HALF, MUST_ENROL, CAME_IN = "confirmed_at", "half_way", "must_enrol", "came_in_at"
OPEN_BEFORE = frozenset({"accounts.factor", "accounts.code_app", "accounts.sign_out", "session.present"})  # to those who must enrol first


def has_factor(user: SignedIn | Any) -> bool:
    with database().read() as tx:
        return factors.has_app(tx, user.user_id)


def half_way(user: SignedIn) -> None:
    """The passphrase was right; nobody is in yet."""
    session[HALF] = {"user_id": user.user_id, "at": clock.now().isoformat()}


def who_is_half_way() -> str | None:
    half = session.get(HALF)
    return half["user_id"] if half and clock.now() - datetime.fromisoformat(half["at"]) < HALF_WAY else None


def come_in(user: SignedIn, passphrase: str = "", with_factor: bool = False) -> None:
    """Signs the person in, and remembers with what."""
    session.pop(HALF, None)
    session.pop(MUST_ENROL, None)
    session.pop(CONFIRMED, None)
    access.log(database(), Author(user.user_id, user.project_id, user.role), [
        access.Entry("SIGN_IN", "user", user.user_id, about=(request.remote_addr or "")[:45])], clock.now())
    session[CAME_IN] = clock.now().isoformat()
    login_user(user)
    if with_factor:
        confirm()
    elif len(passphrase) < STRONG and needs_factor(user):
        session[MUST_ENROL] = True


def confirm() -> None:
    """The second factor was given just now."""
    session[CONFIRMED] = clock.now().isoformat()
    session.pop(MUST_ENROL, None)


def is_fresh() -> bool:
    return _lately(CONFIRMED)


def just_came_in() -> bool:
    """The whole sign-in was gone through in the last five minutes."""
    return _lately(CAME_IN)


def _lately(what: str) -> bool:
    at = session.get(what)
    return at is not None and clock.now() - datetime.fromisoformat(at) < FRESH


def needs_factor(user: SignedIn | Any) -> bool:
    """Coordinators and administrators must have one; in a project that is made up it is theirs to choose."""
    if user.role not in factors.NEEDED:
        return False
    with database().read() as tx:
        return tx.execute(select(PROJECTS.c.reference).where(PROJECTS.c.id == user.project_id)).scalar() != INVENTED


def missing(asked_on: str | None) -> Any:
    """The guards ask at every request of somebody signed in: what stands between them and this view, or None."""
    if session.get(MUST_ENROL) and request.endpoint not in OPEN_BEFORE:
        if request.path.startswith("/api/"):
            return refusal(Refused(403, "FORBIDDEN", "Slå to trin til på kontoret, og log ind igen."))
        return redirect(url_for("accounts.factor"), 303)
    if asked_on is None or is_fresh() or not (has_factor(current_user) or needs_factor(current_user)):
        return None
    return redirect(url_for("accounts.confirm", naeste=url_for(asked_on, **(request.view_args or {}))), 303)
