"""Sessions live in the database, so that a stolen cookie can be shut out at once; the cookie is only a random token."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager, user_logged_in
from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.exc import OperationalError

from app import clock
from app.accounts.browsers import browser_words
from app.db import Database
from app.records import User
from app.records.account import Credential, Session

LASTS = timedelta(hours=12)
VISITOR_LASTS = timedelta(hours=1)
IDLE = timedelta(hours=1)  # at a desk; an adviser's phone locks itself, and must send without a sign-in after a ride
SEEN_EVERY = timedelta(minutes=5)

login_manager = LoginManager()
login_manager.session_protection = None  # phones change networks; the token itself is the secret

SESSIONS = Session.__table__  # type: ignore[attr-defined]
CREDENTIALS = Credential.__table__  # type: ignore[attr-defined]
USERS = User.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request, as Flask-Login wants it."""

    user_id: str
    project_id: str
    role: str
    initials: str
    name: str
    email: str
    scope_rev: int
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.user_id


def person(tx: Any, user_id: str) -> SignedIn | None:
    """The user with this id, unless the account is closed."""
    row = tx.execute(select(CREDENTIALS.c.user_id, CREDENTIALS.c.project_id, CREDENTIALS.c.email, CREDENTIALS.c.scope_rev,
                            USERS.c.role, USERS.c.initials, USERS.c.name)
                     .join(USERS, USERS.c.id == CREDENTIALS.c.user_id)
                     .where(CREDENTIALS.c.user_id == user_id, CREDENTIALS.c.disabled.is_(False), USERS.c.deleted.is_(False))).first()
    return SignedIn(row.user_id, row.project_id, row.role, row.initials, row.name, row.email, row.scope_rev) if row else None


@login_manager.user_loader
def _load(user_id: str) -> SignedIn | None:
    from app.answers import database

    with database().read() as tx:
        return person(tx, user_id)


class StoredSession(SecureCookieSession):
    """Flask's session dict together with the token that names its row."""

    token: str | None = None
    seen: tuple[datetime, str] | None = None  # when and where it was last noticed
    unread = False  # the database did not answer: nobody knows who this is
    renewed = False  # somebody has just signed in: a new token and twelve new hours, also for the same person


@user_logged_in.connect
def _renew(_app: Flask, user: SignedIn) -> None:
    session.renewed = True  # type: ignore[attr-defined]


class DatabaseSessions(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> StoredSession:
        session = StoredSession()
        session.token = request.cookies.get(_cookie_name(request))
        try:
            row = self._row(app, session.token) if session.token else None
        except OperationalError:
            session.unread, row = True, None
        if row:
            session.update(row.data)
            session.modified, session.seen = False, (row.seen_at, row.address)
        else:
            session.token = None
        return session

    def _row(self, app: Flask, token: str) -> Any:
        with _database(app).read() as tx:
            return tx.execute(select(SESSIONS.c.data, SESSIONS.c.seen_at, SESSIONS.c.address)
                              .where(SESSIONS.c.id == digest(token), alive(clock.now()))).first()

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        from flask import request

        if not session.modified:
            self._notice(app, request, session)
            return
        name = _cookie_name(request)
        old, token = session.token, secrets.token_urlsafe(32)
        with _database(app).write() as tx:
            # A new token at every change of who is signed in: a token from before sign-in is worth nothing.
            before = tx.execute(select(SESSIONS.c.user_id).where(SESSIONS.c.id == digest(old))).scalar() if old else None
            same_person = bool(old) and before == session.get("_user_id")
            if same_person and old and session and not session.renewed:
                tx.execute(update(SESSIONS).where(SESSIONS.c.id == digest(old)).values(data=dict(session), **_sight(request)))
                return
            if old:
                tx.execute(delete(SESSIONS).where(SESSIONS.c.id == digest(old)))
            tx.execute(delete(SESSIONS).where(SESSIONS.c.expires_at < clock.now()))
            if session:
                tx.execute(insert(SESSIONS).values(_new_row(token, session, request)))
        if session:
            response.set_cookie(name, token, max_age=int(LASTS.total_seconds()), httponly=True, samesite="Strict", secure=request.is_secure, path="/")
        else:
            response.delete_cookie(name, path="/", secure=request.is_secure, samesite="Strict", httponly=True)


    def _notice(self, app: Flask, request: Request, session: Any) -> None:
        """Remembers when and where the session was last seen; a remark, so a busy database may miss it."""
        if session.seen is None:
            return
        sight, (at, where) = _sight(request), session.seen
        if sight["seen_at"] - at < SEEN_EVERY and sight["address"] == where:
            return
        with suppress(OperationalError), _database(app).write() as tx:
            tx.execute(update(SESSIONS).where(SESSIONS.c.id == digest(session.token)).values(sight))


def alive(now: datetime) -> ColumnElement[bool]:
    """Neither over nor left alone for too long."""
    people = USERS.alias()  # who asks may have joined the table itself
    rides = select(people.c.id).where(people.c.id == SESSIONS.c.user_id, people.c.role == "ADVISER").exists()
    return and_(SESSIONS.c.expires_at > now, or_(SESSIONS.c.user_id.is_(None), SESSIONS.c.seen_at > now - IDLE, rides))


def _sight(request: Request) -> dict[str, Any]:
    return {"seen_at": clock.now(), "address": (request.remote_addr or "")[:45]}


def _new_row(token: str, session: Any, request: Request) -> dict[str, Any]:
    user_id, now = session.get("_user_id"), clock.now()
    return {"id": digest(token), "user_id": user_id, "data": dict(session), "created_at": now, **_sight(request),
            "agent": browser_words(request.user_agent.string), "expires_at": now + (LASTS if user_id else VISITOR_LASTS)}


def _cookie_name(request: Request) -> str:
    return "__Host-session" if request.is_secure else "session"


def digest(token: str) -> str:
    """The id of the row that a token opens; the token itself is stored nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def _database(app: Flask) -> Database:
    return app.extensions["database"]  # type: ignore[no-any-return]
