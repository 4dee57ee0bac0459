"""The line itself: push, pull, receipts, schema, under /api/sync/v1 (sync.md)."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_login import current_user

from app import clock
from app.answers import Refused, answer, body, database, refusal
from app.guards import EVERYONE, SIGNED_IN, admit
from app.ledger import access, history, settle
from app.ledger.author import Author
from app.ledger.cursor import BadCursor, Cursor, opened
from app.ledger.epoch import told
from app.ledger.op import Malformed
from app.ledger.pull import Rewritten
from app.ledger.pull import pull as pulled
from app.ledger.push import Busy, StorageFull
from app.ledger.push import push as pushed
from app.records import KINDS
from app.records.wire import UUID, json_schema
from app.sync import devices

door = Blueprint("sync", __name__)
MOST_OPS = 200
SHARE = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes
KNOWN_FOR = 400 * 24 * 60 * 60  # seconds; as long as browsers keep anything
USUAL_PAGE, LARGEST_PAGE = 500, 2500


@door.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    return refusal(refused)


@door.errorhandler(Busy)
def _busy(_error: Busy) -> Response:
    return refusal(Refused(503, "BUSY", retry_after=2))


@door.errorhandler(StorageFull)
def _full(_error: StorageFull) -> Response:
    return refusal(Refused(507, "STORAGE_FULL"))


@door.post("/api/devices")
@admit(SIGNED_IN)
def register() -> Response:
    asked = body()
    name = asked.get("name")
    if not isinstance(name, str) or not 0 < len(name) <= 80 or "\x00" in name:
        raise Refused(400, "BAD_REQUEST", "Telefonen skal have et navn.")
    me = author()
    name, now = name.encode("utf-8", "replace").decode(), clock.now()
    cookie = f"phone-{me.user_id}"
    former = request.cookies.get(cookie, "")
    lost = devices.came_back_empty(database(), former, me.user_id, now) if UUID.match(former) and asked.get("empty") is True else 0
    device_id = devices.register(database(), me.project_id, me.user_id, name, now)
    answered = answer({"device_id": device_id, "lost": lost})
    answered.set_cookie(cookie, device_id, max_age=KNOWN_FOR, httponly=True, samesite="Strict", secure=request.is_secure, path="/api/devices")
    return answered


@door.post("/api/devices/wiped")
@admit(EVERYONE)
def wiped() -> Response:
    """From a phone that has wiped itself, and with it whatever it signed in with."""
    lost = body().get("unsent", 0)
    if type(lost) is not int or not 0 <= lost < 10**6:
        raise Refused(400, "BAD_REQUEST")
    if not devices.wiped(database(), lost, clock.now()):
        raise Refused(403, "FORBIDDEN")
    done = answer({})
    done.headers["Clear-Site-Data"] = '"cache"'  # not "storage": a colleague's unsent work may lie beside it, and the app has emptied its owner's
    return done


@door.post("/api/devices/recovery")
@admit(SIGNED_IN)
def keep_recovery() -> Response:
    device, share = devices.present(database()), body().get("share")
    if not isinstance(share, str) or not SHARE.fullmatch(share):
        raise Refused(400, "BAD_REQUEST")
    if not devices.keep_share(database(), device, share):
        raise Refused(403, "FORBIDDEN")
    return answer({})


@door.get("/api/devices/recovery")
@admit(SIGNED_IN)
def recovery() -> Response:
    """Only to who has just signed in: a stolen cookie does not open a stolen phone."""
    device = devices.present(database())
    if not current_app.extensions["just_came_in"]():
        raise Refused(401, "SIGN_IN")
    return answer({"share": device.recovery_share})


@door.post("/api/sync/v1/push")
@admit(SIGNED_IN)
def push() -> Response:
    device = devices.present(database())
    asked = body()
    ops = asked.get("ops")
    if not isinstance(ops, list):
        raise Refused(400, "BAD_REQUEST")
    if len(ops) > MOST_OPS:
        raise Refused(413, "TOO_LARGE")
    me = author()
    history.heed(database(), me.project_id, device.id, asked.get("have"), clock.now())
    try:
        done = pushed(database(), me, device.id, ops, clock.now())
    except Malformed:
        raise Refused(400, "BAD_REQUEST", "En registrering mangler sit nummer.") from None
    history.note(database(), done.head)
    devices.heard(database(), device, asked)
    results = [result.wire() for result in done.results]
    if asked.get("echo") is False:
        for result, op in zip(results, ops, strict=True):
            _leave_out_echo(result, op)
    return answer({"results": results, "head": told(done.head), "durable_through": done.durable_through}, epoch=done.head["epoch"])


def _leave_out_echo(result: dict[str, Any], op: dict[str, Any]) -> None:
    """A new record that stands as it was sent need not travel back whole; whoever asks for no echo has it in the op."""
    record = result.get("record")
    if record and result["status"] == "accepted" and op.get("action") == "create" and _in_one_order(record["data"]) == _in_one_order(op["set"]):
        result["record"] = {name: value for name, value in record.items() if name != "data"}


def _in_one_order(fields: dict[str, Any]) -> dict[str, Any]:
    """Lists are sets on the line; only words are put in order, rows of a table stay as they are."""
    return {name: sorted(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else value
            for name, value in fields.items()}


@door.post("/api/sync/v1/pull")
@admit(SIGNED_IN)
def pull() -> Response:
    device = devices.present(database())
    asked = body()
    limit = USUAL_PAGE if asked.get("limit") is None else asked["limit"]
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise Refused(400, "BAD_REQUEST")
    me = author()
    history.heed(database(), me.project_id, device.id, asked.get("have"), clock.now())
    page = _page(me, asked.get("cursor"), min(limit, LARGEST_PAGE))
    access.delivered(database(), me, device.id, page["changes"], clock.now())
    discarded = asked.get("discarded")
    if type(discarded) is int and 0 < discarded < 10**6:
        access.log(database(), me, [access.Entry("DISCARD", "device", device_id=device.id, about=f"{discarded} usendte")], clock.now())
    devices.heard(database(), device, asked, _reached(me, asked.get("cursor")))
    return answer(page, epoch=page["head"]["epoch"])


def _page(me: Author, cursor: Any, limit: int) -> dict[str, Any]:
    try:
        return pulled(database(), me, cursor, limit, clock.now())
    except BadCursor:
        raise Refused(400, "BAD_CURSOR") from None
    except Rewritten as rewritten:
        history.begin_epoch(database(), me.project_id, instead_of=rewritten.epoch)
        return pulled(database(), me, cursor, limit, clock.now())


def _reached(me: Author, cursor: Any) -> Cursor | None:
    """How far the phone has put in place what it pulled: its proof that what was erased before then is gone there."""
    at = opened(cursor, database().settings.secret_key, me.user_id) if cursor is not None else None
    return at if at and not at.staged else None


@door.post("/api/sync/v1/receipts")
@admit(SIGNED_IN)
def receipts() -> Response:
    devices.present(database())
    wanted = _op_ids()
    with database().read() as tx:
        known = settle.receipts(tx, author(), [i.lower() for i in wanted])
    return answer({"receipts": [_receipt(i, known.get(i.lower())) for i in wanted]})


def _receipt(op_id: str, row: Any) -> dict[str, Any]:
    if row is None:
        return {"op_id": op_id, "status": "unknown"}
    return {"op_id": op_id, "status": row.status, "code": row.code, "seq": row.seq, "message": row.message,
            "settled": row.settled_how if row.settled_at else None}


@door.post("/api/sync/v1/handover")
@admit(SIGNED_IN)
def hand_over() -> Response:
    devices.present(database())
    return answer({"handed_over": settle.hand_over(database(), author(), [i.lower() for i in _op_ids()], clock.now())})


def _op_ids() -> list[str]:
    wanted = body().get("op_ids")
    if not isinstance(wanted, list) or len(wanted) > MOST_OPS or not all(isinstance(i, str) and UUID.match(i) for i in wanted):
        raise Refused(400, "BAD_REQUEST")
    return wanted


@door.get("/api/sync/v1/schema")
@admit(SIGNED_IN)
def schema() -> Response:
    kinds = {kind: {"v": cls.VERSION, "schema": json_schema(cls)} for kind, cls in KINDS.items()}
    return answer({"kinds": kinds, "app_min": devices.OLDEST_APP})


def author() -> Author:
    """The signed-in user, as the ledger knows them."""
    return Author(current_user.user_id, current_user.project_id, current_user.role, current_user.scope_rev)


from app.sync import deposit, vault  # noqa: E402, F401  the letter slot and the contact vault, parts of this door
