"""The phone's door: shell page, manifest, service worker, health. No page here knows who is asking."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, send_from_directory
from sqlalchemy import text

from app.answers import database
from app.field import shell
from app.field.manifest import MANIFEST
from app.guards import EVERYONE, admit

door = Blueprint("field", __name__)


@door.get("/")
@admit(EVERYONE)
def phone() -> Response:
    """One page for every screen: deep links stand behind the # and never reach the server."""
    return Response(shell.html(), mimetype="text/html", headers={"Cache-Control": "no-cache"})


@door.get("/manifest.webmanifest")
@admit(EVERYONE)
def manifest() -> Response:
    return Response(shell.manifest_text(MANIFEST), mimetype="application/manifest+json", headers={"Cache-Control": "no-cache"})


@door.get("/service-worker.js")
@admit(EVERYONE)
def worker() -> Response:
    """The worker with its list of files in front; the kill switch instead while STATE_DIR/stop-worker exists."""
    stopped = (current_app.config["SETTINGS"].state_dir / "stop-worker").exists()
    script = shell.kill_switch() if stopped else shell.worker(MANIFEST)
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"})


@door.get("/favicon.ico")
@admit(EVERYONE)
def favicon() -> Response:
    return send_from_directory(shell.STATIC / "icons", "icon-32.png", max_age=86400)


@door.get("/healthz")
@admit(EVERYONE)
def health() -> tuple[Response, int]:
    """200 when the database can be read and written. The update takes the write lock and changes no row."""
    try:
        with database().write() as tx:
            tx.execute(text("UPDATE project SET id = id WHERE 1 = 0"))
            tx.execute(text("SELECT count(*) FROM project")).scalar()
    except Exception:
        current_app.logger.exception("health")
        return jsonify(ok=False), 503
    return jsonify(ok=True), 200


@door.after_app_request
def send_packed(response: Response) -> Response:
    """A built file goes out as its .gz twin, packed once at build time, when the browser takes it."""
    if response.status_code != 200 or "gzip" not in request.headers.get("Accept-Encoding", "") or "Range" in request.headers:
        return response
    twin = shell.packed_twin(request.path)
    if twin is None:
        return response
    response.close()
    return _replaced(response, twin)


def _replaced(response: Response, content: bytes) -> Response:
    packed: Any = response
    packed.direct_passthrough = False
    packed.set_data(content)
    packed.headers["Content-Encoding"] = "gzip"
    packed.headers.add("Vary", "Accept-Encoding")
    etag, _weak = packed.get_etag()
    if etag:
        packed.set_etag(f"{etag}-gz")
    return response
