"""Who may enter. A view without a guard cannot be reached: that is refused before it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])
EVERYONE = "EVERYONE"
SIGNED_IN = "SIGNED_IN"
OPEN_ENDPOINTS = {"static"}


def admit(*who: str) -> Callable[[View], View]:
    """Marks a view with the roles that may open it, or EVERYONE, or SIGNED_IN."""
    def mark(view: View) -> View:
        view.admitted = frozenset(who)  # type: ignore[attr-defined]
        return view
    return mark


def fresh(page: str) -> Callable[[View], View]:
    """Marks a grave act: the second factor must have been given within five minutes. `page` is the endpoint where the act is asked for."""
    def mark(view: View) -> View:
        view.asked_on = page  # type: ignore[attr-defined]
        return view
    return mark


def admitted(app: Flask, endpoint: str) -> frozenset[str]:
    """Whom an endpoint lets in; empty = nobody."""
    if endpoint in OPEN_ENDPOINTS:
        return frozenset({EVERYONE})
    return getattr(app.view_functions.get(endpoint), "admitted", frozenset())


def install(app: Flask) -> None:
    app.before_request(_check)


def _check() -> Any:
    if request.endpoint is None:
        return None  # 404 and 405 are answered by Flask
    who = admitted(current_app, request.endpoint)
    if not who:
        abort(403)
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        abort(404)  # nothing has such a name, and PostgreSQL will not even look
    if _is_api() and request.method == "OPTIONS":
        abort(405)  # no other site has anything to ask here
    if _is_api() and request.method not in ("GET", "HEAD", "OPTIONS") and not same_site():
        abort(403)
    if getattr(session, "unread", False) and (_is_api() or EVERYONE not in who):
        abort(503)
    if EVERYONE in who:
        return None
    if not current_user.is_authenticated:
        if _is_api():
            return current_app.extensions["shut_out"]() or abort(401)
        return redirect(url_for("accounts.sign_in", naeste=request.full_path.rstrip("?") if request.method == "GET" else None))
    g.project_id = current_user.project_id
    if SIGNED_IN not in who and current_user.role not in who:
        g.refused = request.url_rule
        abort(403 if _is_api() else 404)  # "not yours" looks like "not there"
    return current_app.extensions["second_factor"](getattr(current_app.view_functions[request.endpoint], "asked_on", None))


def _is_api() -> bool:
    return request.path.startswith("/api/")


def same_site() -> bool:
    """The CSRF rule of the line: Sec-Fetch-Site or Origin, when the browser sends either (sync.md ch. 2)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
