"""The letter slot: a locked phone hands in boxes that it cannot open itself. Its credential opens nothing else (security.md, Keys)."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Any

from flask import Response, request
from sqlalchemy import select, update

from app import clock
from app.answers import Refused, answer, body, database, parsed
from app.guards import EVERYONE, SIGNED_IN, admit
from app.ledger import history
from app.ledger.author import Author
from app.ledger.box import Broken, UnknownKey, opened, public
from app.ledger.epoch import present_epoch
from app.ledger.push import push
from app.ledger.tables import CREDENTIALS, DEVICES, RECORDS
from app.records.wire import UUID
from app.sync import devices
from app.sync.door import MOST_OPS, door


@door.post("/api/devices/deposit")
@admit(SIGNED_IN)
def credential() -> Response:
    """A new credential of this phone, which ends the one before, and the key to close boxes with."""
    device, given = devices.present(database()), secrets.token_urlsafe(32)
    with database().write() as tx:
        tx.execute(update(DEVICES).where(DEVICES.c.id == device.id).values(deposit_hash=_hash(given)))
    return answer({"credential": given, "box": public(database().settings.box_keys())})


@door.post("/api/sync/v1/deposit")
@admit(EVERYONE)
def hand_in() -> Response:
    """Says of each box whether it may go, and nothing of what was in it or what came of it: that is for who opens the phone."""
    asked = body()
    device, me = _depositor(asked.get("credential"))
    boxes = asked.get("boxes")
    if not isinstance(boxes, list) or not all(_is_box(one) for one in boxes):
        raise Refused(400, "BAD_REQUEST")
    if len(boxes) > MOST_OPS:
        raise Refused(413, "TOO_LARGE")
    with database().read() as tx:
        epoch = present_epoch(tx, me.project_id)
    if asked.get("epoch") != epoch:  # after a restore the phone's journal comes first, and only who opens the phone has that
        return answer({"results": [{"op_id": one["op_id"], "status": "later"} for one in boxes]}, epoch=epoch)
    found = {one["op_id"]: _op(one, me.user_id) for one in boxes}
    said = {op_id: op for op_id, op in found.items() if isinstance(op, str)}
    ops = [op for op in found.values() if not isinstance(op, str)]
    if ops:
        done = push(database(), me, device.id, ops, clock.now())
        history.note(database(), done.head)
        said |= {result.op_id: "later" if result.status == "retry" else "received" for result in done.results}
    devices.heard(database(), device, asked)
    return answer({"results": [{"op_id": one["op_id"], "status": said[one["op_id"]]} for one in boxes]}, epoch=epoch)


def _depositor(given: Any) -> tuple[Any, Author]:
    """The phone of this request and whose it is; raises Refused. A session plays no part, and no role does."""
    if not UUID.match(request.headers.get("X-Request", "")) or not UUID.match(request.headers.get("X-Device", "")):
        raise Refused(400, "BAD_REQUEST")
    users = RECORDS["user"]
    with database().read() as tx:
        device = tx.execute(select(DEVICES).where(DEVICES.c.id == request.headers["X-Device"].lower())).first()
        asked = select(CREDENTIALS.c.scope_rev, CREDENTIALS.c.disabled, users.c.role).join(users, users.c.id == CREDENTIALS.c.user_id)
        owner = device and tx.execute(asked.where(CREDENTIALS.c.user_id == device.user_id)).first()
    if device is None:
        raise Refused(403, "DEVICE_UNKNOWN")
    if device.revoked_at and (refused := devices.shut_out(database())):
        raise refused
    fits = isinstance(given, str) and device.deposit_hash and hmac.compare_digest(device.deposit_hash, _hash(given))
    if not fits or owner is None or owner.disabled:
        raise Refused(403, "FORBIDDEN")
    return device, Author(device.user_id, device.project_id, owner.role, owner.scope_rev)


def _is_box(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("box"), str) and isinstance(one.get("op_id"), str) and bool(UUID.match(one["op_id"]))


def _op(one: dict[str, str], user_id: str) -> dict[str, Any] | str:
    """The op in a box, or why there is none. A box that was put under another number or handed in by another person does not open."""
    try:
        op = parsed(opened(database().settings.box_keys(), one["box"], f"op|{user_id}|{one['op_id']}"))
    except UnknownKey:
        return "unknown_key"
    except (Broken, Refused):
        return "broken"
    return op if op.get("op_id") == one["op_id"] else "broken"


def _hash(given: str) -> str:
    return sha256(given.encode("utf-8", "replace")).hexdigest()
