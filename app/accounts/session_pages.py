"""/konto/sessioner: where I am signed in, where everybody is, and the end of a session that should not be (security.md, Accounts)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, session, url_for
from flask_login import current_user, logout_user

from app import clock
from app.accounts.room import room
from app.accounts.session_list import end, end_all, sessions_in, sessions_of
from app.accounts.sessions import digest
from app.answers import database
from app.guards import SIGNED_IN, admit, fresh
from app.ledger import access
from app.ledger.author import Author


@room.get("/konto/sessioner")
@admit(SIGNED_IN)
def my_sessions() -> Any:
    with database().read() as tx:
        return render_template("accounts/my_sessions.html", sessions=sessions_of(tx, current_user.user_id), mine=_mine())


@room.post("/konto/sessioner/<session_id>/afslutning")
@admit(SIGNED_IN)
def end_my_session(session_id: str) -> Any:
    if session_id == _mine():
        logout_user()
        flash("Du er logget ud.", "success")
        return redirect(url_for("accounts.sign_in"), 303)
    with database().read() as tx:
        _one_of(sessions_of(tx, current_user.user_id), session_id)
    return _ended(session_id, "accounts.my_sessions")


@room.post("/konto/sessioner/andre/afslutning")
@admit(SIGNED_IN)
def end_my_other_sessions() -> Any:
    count = end_all(database(), current_user.user_id, but=_mine())
    flash("Du er nu kun logget ind her." if count else "Du var ikke logget ind andre steder.", "success")
    return redirect(url_for("accounts.my_sessions"), 303)


@room.get("/konto/alle-sessioner")
@admit("SYSADMIN", "COORDINATOR")
def all_sessions() -> Any:
    with database().read() as tx:
        return render_template("accounts/all_sessions.html", sessions=sessions_in(tx, current_user.project_id), mine=_mine())


@room.post("/konto/alle-sessioner/<session_id>/afslutning")
@admit("SYSADMIN", "COORDINATOR")
@fresh("accounts.all_sessions")
def end_a_session(session_id: str) -> Any:
    with database().read() as tx:
        owner = _one_of(sessions_in(tx, current_user.project_id), session_id).user_id
    me = Author(current_user.user_id, current_user.project_id, current_user.role)
    access.log(database(), me, [access.Entry("END_SESSION", "user", owner)], clock.now())
    return _ended(session_id, "accounts.all_sessions")


def _mine() -> str:
    return digest(session.token or "")  # type: ignore[attr-defined]


def _one_of(sessions: list[Any], session_id: str) -> Any:
    return next((one for one in sessions if one.id == session_id), None) or abort(404)


def _ended(session_id: str, back: str) -> Any:
    end(database(), session_id)
    flash("Sessionen er afsluttet. Den, der brugte den, skal logge ind igen. Det, der ikke er sendt, ligger stadig på telefonen.", "success")
    return redirect(url_for(back), 303)
