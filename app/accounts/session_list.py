"""Who is signed in where, and the end of it: a session that is taken away is worth nothing at its next request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from app import clock
from app.accounts.sessions import CREDENTIALS, SESSIONS, USERS, alive
from app.db import Database


def sessions_of(tx: Connection, user_id: str) -> list[Any]:
    """A person's open sessions, the last seen first."""
    return _open(tx, SESSIONS.c.user_id == user_id)


def sessions_in(tx: Connection, project_id: str) -> list[Any]:
    """Everybody's open sessions, each with the owner's name."""
    return _open(tx, CREDENTIALS.c.project_id == project_id)


def _open(tx: Connection, whose: Any) -> list[Any]:
    owned = SESSIONS.join(CREDENTIALS, CREDENTIALS.c.user_id == SESSIONS.c.user_id).join(USERS, USERS.c.id == SESSIONS.c.user_id)
    wanted = select(SESSIONS.c.id, SESSIONS.c.user_id, SESSIONS.c.created_at, SESSIONS.c.seen_at, SESSIONS.c.agent, SESSIONS.c.address,
                    USERS.c.name, USERS.c.initials, USERS.c.role)
    return list(tx.execute(wanted.select_from(owned).where(whose, alive(clock.now())).order_by(SESSIONS.c.seen_at.desc())))


def end(db: Database, session_id: str) -> bool:
    """Ends one session; False when it had ended already."""
    with db.write() as tx:
        return tx.execute(delete(SESSIONS).where(SESSIONS.c.id == session_id)).rowcount > 0


def end_all(db: Database, user_id: str, but: str | None = None) -> int:
    """Signs a person out everywhere, or everywhere else; how many sessions ended."""
    with db.write() as tx:
        return tx.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user_id, SESSIONS.c.id != (but or ""))).rowcount
