"""How every answer under /api/ looks: JSON in the envelope of sync.md ch. 2, gzip both ways, errors in Danish."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from app import clock
from app.db import Database
from app.records.wire import instant_text

PROTOCOL = "rph-sync/1"
MOST_BYTES = 2**20
MOST_DEPTH = 8
HUGE = 2**63

MESSAGES = {
    "BAD_REQUEST": "Forespørgslen kunne ikke læses.",
    "BAD_CURSOR": "Telefonen skal hente alt forfra.",
    "SIGN_IN": "Log ind for at sende. Registreringerne ligger sikkert på telefonen.",
    "FORBIDDEN": "Det har du ikke adgang til.",
    "DEVICE_UNKNOWN": "Serveren kender ikke telefonen. Log ind igen.",
    "DEVICE_REVOKED": "Telefonen er spærret. Ring til koordinatoren.",
    "TOO_LARGE": "Der blev sendt for meget på én gang.",
    "UNSUPPORTED": "Forespørgslen skal være JSON.",
    "UPDATE_APP": "Appen er for gammel. Opdatér den. Det, du har skrevet, bliver liggende.",
    "SLOW_DOWN": "For mange forsøg. Vent lidt, og prøv igen.",
    "BUSY": "Serveren har travlt. Der prøves igen om lidt.",
    "STORAGE_FULL": "Serveren er løbet tør for plads. Intet er tabt.",
    "NOT_FOUND": "Findes ikke.",
    "SERVER_ERROR": "Der skete en fejl på serveren. Intet er tabt.",
}
STATUS_CODES = {400: "BAD_REQUEST", 401: "SIGN_IN", 403: "FORBIDDEN", 404: "NOT_FOUND", 405: "BAD_REQUEST", 413: "TOO_LARGE",
                415: "UNSUPPORTED", 426: "UPDATE_APP", 429: "SLOW_DOWN", 503: "BUSY", 507: "STORAGE_FULL"}


class Refused(Exception):
    """The whole request is refused, with a code of sync.md ch. 2."""

    def __init__(self, status: int, code: str, message: str = "", **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.more = status, code, message or MESSAGES[code], more


def database() -> Database:
    return current_app.extensions["database"]  # type: ignore[no-any-return]


def answer(body: dict[str, Any], status: int = 200, epoch: str | None = None) -> Response:
    """`body` in the envelope. `epoch` is read from the database where the caller does not have it."""
    envelope = {"protocol": PROTOCOL, "request": request.headers.get("X-Request"),
                "epoch": epoch or _epoch(), "server_time": instant_text(clock.now())}
    text = json.dumps({**envelope, **body}, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, mimetype="application/json", headers={"Cache-Control": "no-store"})


def refusal(refused: Refused) -> Response:
    _drain()
    if refused.code == "FORBIDDEN":
        g.refused = request.url_rule
    body = {"error": {"code": refused.code, "message": refused.message},
            **{k: v for k, v in refused.more.items() if k != "retry_after"}}
    response = answer(body, refused.status)
    if "retry_after" in refused.more:
        response.headers["Retry-After"] = str(refused.more["retry_after"])
    return response


def _drain() -> None:
    """Takes in the rest of what is being sent: a connection closed on a phone that still sends loses the answer on the way."""
    left = min(request.content_length or 0, 64 * MOST_BYTES)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 2**16))):
        left -= len(piece)


def api_error(error: HTTPException) -> Response:
    """Any HTTP error as the line writes it."""
    status = error.code or 500
    more: dict[str, Any] = {"retry_after": 5} if status == 503 else {}
    response = refusal(Refused(status, STATUS_CODES.get(status, "SERVER_ERROR"), **more))
    for name in ("Allow",):
        if value := dict(error.get_headers()).get(name):
            response.headers[name] = value
    return response


def _epoch() -> str:
    from app.ledger.epoch import present_epoch  # only errors and sign-in ask here

    try:
        with database().read() as tx:
            return present_epoch(tx, getattr(g, "project_id", None))
    except Exception:
        return ""


def body() -> dict[str, Any]:
    """The request's JSON object: right media type, unpacked, small enough, without duplicate keys or NaN."""
    if request.mimetype != "application/json":
        raise Refused(415, "UNSUPPORTED")
    return parsed(_unpacked())


def parsed(text: bytes) -> dict[str, Any]:
    """The one JSON object in it, without duplicate keys or NaN and not too deep; raises Refused."""
    try:
        value = json.loads(text.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=_bounded)
    except (ValueError, RecursionError):
        raise Refused(400, "BAD_REQUEST") from None
    if not isinstance(value, dict) or _depth(value) > MOST_DEPTH:
        raise Refused(400, "BAD_REQUEST")
    return value


def _unpacked() -> bytes:
    raw = request.get_data(cache=False)
    coding = request.headers.get("Content-Encoding", "identity").lower()
    if coding == "gzip":
        unpacker = zlib.decompressobj(31)
        try:
            raw = unpacker.decompress(raw, MOST_BYTES + 1)
        except zlib.error:
            raise Refused(400, "BAD_REQUEST") from None
        if len(raw) <= MOST_BYTES and (not unpacker.eof or unpacker.unused_data):
            raise Refused(400, "BAD_REQUEST")
    elif coding != "identity":
        raise Refused(415, "UNSUPPORTED")
    if len(raw) > MOST_BYTES:
        raise Refused(413, "TOO_LARGE")
    return raw


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _bounded(digits: str) -> int:
    return int(digits) if len(digits) < 25 else HUGE * 4  # refused per op, and never thousands of digits


def _depth(value: Any) -> int:
    """How deep the brackets go; the outer brace is 1."""
    depth, layer = 0, [value]
    while holders := [item for item in layer if isinstance(item, (dict, list))]:
        depth += 1
        if depth > MOST_DEPTH:
            break
        layer = [child for holder in holders for child in (holder.values() if isinstance(holder, dict) else holder)]
    return depth


def compress(response: Response) -> Response:
    """gzip for text answers of some size, when the browser takes it."""
    if (response.direct_passthrough or response.status_code in (204, 304) or "Content-Encoding" in response.headers
            or "gzip" not in request.headers.get("Accept-Encoding", "")):
        return response
    if (response.mimetype or "").startswith("text/") or response.mimetype in ("application/json", "application/manifest+json", "image/svg+xml"):
        data = response.get_data()
        if len(data) > 500:
            response.set_data(gzip.compress(data, 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            response.headers.add("Vary", "Accept-Encoding")
    return response
