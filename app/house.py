"""Builds the WSGI application: the database, the doors, the headers and the answers to errors."""

from __future__ import annotations

import traceback
from contextlib import suppress
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock, config, guards
from app.accounts import door as accounts
from app.accounts import freshness, oidc, session_api
from app.accounts import pages as account_pages
from app.accounts.session_list import end_all
from app.accounts.sessions import DatabaseSessions, login_manager
from app.answers import api_error, compress, database, refusal
from app.coordinator import door as coordinator
from app.coordinator import log as log_page
from app.db import Database
from app.export import feedback_door as export  # and with it the other pages on the door of the months
from app.export import reader_door as reader
from app.field import door as field
from app.ledger import access
from app.ledger.author import Author
from app.ledger.push import Busy, StorageFull
from app.sync import devices
from app.sync import door as sync

CSP = ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
       "require-trusted-types-for 'script'; trusted-types sw")
HEADERS = {
    "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
}
# JSON is no page: it runs nothing and links nowhere, and each phone asks for some every minute over a thin line.
LINE_HEADERS = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin"}


log = structlog.get_logger()


class NoRoom(HTTPException):
    """The disk is full; nothing was written."""

    code = 507
    description = "Storage full"


class House(Flask):
    """Says in the log where a request broke, never the error's own text: what somebody typed may stand in it."""

    def log_exception(self, exc_info: Any) -> None:
        frames = traceback.extract_tb(exc_info[2])[-4:]
        log.error("request_broke", error=exc_info[0].__name__, at=[f"{frame.filename}:{frame.lineno}" for frame in frames])


def build(settings: config.Settings | None = None) -> Flask:
    settings = settings or config.load()
    app = House("app", static_folder=str(config.ROOT / "static"), static_url_path="/static",
                template_folder=str(config.ROOT / "templates"))
    app.secret_key = settings.secret_key
    app.config.update(SETTINGS=settings, MAX_CONTENT_LENGTH=8 * 2**20, MAX_FORM_MEMORY_SIZE=3 * 2**20, WTF_CSRF_TIME_LIMIT=None,
                      WTF_CSRF_SSL_STRICT=False)
    app.extensions["database"] = Database(settings)
    # Doors and guards do not know each other; the house hands over what one does for another.
    app.extensions.update(revoke_device=devices.revoke, reopen_device=devices.reopen, end_sessions=end_all, shut_out=_shut_out)
    app.extensions.update(second_factor=freshness.missing, just_came_in=freshness.just_came_in)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    app.session_interface = DatabaseSessions()
    login_manager.init_app(app)
    oidc.set_up(app)
    csrf = CSRFProtect(app)
    for door in (sync.door, session_api.door):
        csrf.exempt(door)  # JSON by media type and Sec-Fetch-Site/Origin instead (sync.md ch. 2)
    for door in (sync.door, session_api.door, accounts.door, field.door, coordinator.door, log_page.door, export.door, reader.door):
        app.register_blueprint(door)
    guards.install(app)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Busy, lambda _busy: _http_error(ServiceUnavailable(retry_after=5)))
    app.register_error_handler(StorageFull, lambda _full: _http_error(NoRoom()))
    app.after_request(_headers)
    app.after_request(_note_refusal)
    return app


def _shut_out() -> Response | None:
    refused = devices.shut_out(database())
    return refusal(refused) if refused else None


def _http_error(error: HTTPException) -> Response | HTTPException:
    return api_error(error) if request.path.startswith("/api/") else account_pages.error_page(error)


def _database_error(error: OperationalError) -> Response | HTTPException:
    """The database is locked, full or away: come again."""
    log.error("database_away", error=type(error.orig).__name__)
    return _http_error(ServiceUnavailable(retry_after=5))


def _csrf_error(_error: CSRFError) -> Response | HTTPException:
    return account_pages.stale_form()


def _note_refusal(response: Response) -> Response:
    """Somebody signed in asked for what is not theirs: the access log says so, unless it cannot just now."""
    if getattr(g, "refused", None) and current_user.is_authenticated:
        me = Author(current_user.user_id, current_user.project_id, current_user.role)
        with suppress(Busy, StorageFull, OperationalError):
            access.log(database(), me, [access.Entry("REFUSED", about=str(g.refused)[:200])], clock.now())
    return response


def _headers(response: Response) -> Response:
    is_line = request.path.startswith("/api/") and response.mimetype == "application/json"
    for name, value in (LINE_HEADERS if is_line else HEADERS).items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.path.startswith("/static/dist/") and "-" in request.path:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return compress(response)
