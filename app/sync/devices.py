"""The phones: registered, heard from, shut out (sync.md ch. 2, 13)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from flask import request
from flask_login import current_user
from sqlalchemy import insert, select, update
from sqlalchemy.exc import OperationalError

from app import clock
from app.answers import Refused
from app.db import Database
from app.ledger import access, history
from app.ledger.author import Author
from app.ledger.cursor import Cursor
from app.ledger.founding import system
from app.ledger.ids import new_id
from app.ledger.tables import DEVICES, RECORDS
from app.records.wire import UUID, instant_text

OLDEST_APP = "1.0.0"
HEARD_EVERY = timedelta(seconds=60)
VERSION = re.compile(r"^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$")


def register(db: Database, project_id: str, user_id: str, name: str, now: datetime) -> str:
    """A new phone of this user; its id."""
    device_id = new_id()
    with db.write() as tx:
        tx.execute(insert(DEVICES).values(id=device_id, project_id=project_id, user_id=user_id, name=name, created_at=now, seen_at=now,
                                          app_version="", unsent=0))
    return device_id


def came_back_empty(db: Database, former: str, user_id: str, now: datetime) -> int:
    """How many ops that `former` had told of are gone with it: the phone had this number, and its browser has emptied it since."""
    waiting = (DEVICES.c.id == former, DEVICES.c.user_id == user_id, DEVICES.c.unsent > 0, DEVICES.c.wiped_at.is_(None), DEVICES.c.lost_at.is_(None))
    with db.write() as tx:
        lost: int | None = tx.execute(select(DEVICES.c.unsent).where(*waiting)).scalar()
        if lost:
            tx.execute(update(DEVICES).where(*waiting).values(lost_at=now))
    return lost or 0


def revoke(db: Database, device_id: str, wipe: bool, now: datetime, by: Author | None = None) -> bool:
    """Shuts a phone out; False when there is none with this id. A wipe that is ordered stays ordered."""
    with db.write() as tx:
        before = tx.execute(select(DEVICES.c.revoked_how, DEVICES.c.project_id).where(DEVICES.c.id == device_id)).first()
        if before is None:
            return False
        if before.revoked_how == "wipe":
            return True
        how = "wipe" if wipe else "lock"
        tx.execute(update(DEVICES).where(DEVICES.c.id == device_id).values(
            revoked_at=now, revoked_how=how, told_at=None, **({"recovery_share": None} if wipe else {})))
        access.put(tx, by or system(before.project_id), [access.Entry(how.upper(), "device", device_id=device_id)], now)
    history.anchor(db, before.project_id, now)
    _remember(db, device_id, how, now)
    return True


def keep_share(db: Database, device: Any, share: str) -> bool:
    """Keeps the phone's recovery share; False when another one is kept: it may be the only way back into a notebook."""
    if device.recovery_share is None:
        with db.write() as tx:
            tx.execute(update(DEVICES).where(DEVICES.c.id == device.id, DEVICES.c.recovery_share.is_(None), DEVICES.c.revoked_how.is_(None))
                       .values(recovery_share=share))
            return bool(tx.execute(select(DEVICES.c.recovery_share).where(DEVICES.c.id == device.id)).scalar() == share)
    return bool(device.recovery_share == share)


def reopen(db: Database, device_id: str, now: datetime, by: Author) -> bool:
    """Lets a locked phone in again; False unless there is one with this id."""
    with db.write() as tx:
        opened = tx.execute(update(DEVICES).where(DEVICES.c.id == device_id, DEVICES.c.revoked_how == "lock")
                            .values(revoked_at=None, revoked_how=None, told_at=None)).rowcount > 0
        if opened:
            access.put(tx, by, [access.Entry("REOPEN", "device", device_id=device_id)], now)
    if opened:
        history.anchor(db, by.project_id, now)
        _remember(db, device_id, "open", now)
    return opened


def _remember(db: Database, device_id: str, how: str, now: datetime) -> None:
    """Outside the database, so that it is done again after a restore; the last word on a phone counts."""
    with history.changed(db) as content:
        others = [one for one in content["revocations"] if one["device_id"] != device_id]
        content["revocations"] = [*others, {"device_id": device_id, "how": how, "at": now.isoformat()}]


def shut_out(db: Database) -> Refused | None:
    """The answer to a phone that is shut out, also when its session has ended: a thief must not have to sign in to be told."""
    device_id, now = request.headers.get("X-Device", "").lower(), clock.now()
    if not UUID.match(device_id):
        return None
    with db.read() as tx:
        device = tx.execute(select(DEVICES.c.revoked_how, DEVICES.c.told_at).where(DEVICES.c.id == device_id)).first()
    if device is None or device.revoked_how is None:
        return None
    if device.told_at is None:
        with suppress(OperationalError), db.write() as tx:
            tx.execute(update(DEVICES).where(DEVICES.c.id == device_id, DEVICES.c.told_at.is_(None)).values(told_at=now, seen_at=now))
    return Refused(403, "DEVICE_REVOKED", device=device.revoked_how)


def wiped(db: Database, lost: int, now: datetime) -> bool:
    """The phone says that it is empty, and how many ops went unsent with it; False unless it was told to. The first word stands."""
    device_id = request.headers.get("X-Device", "").lower()
    with db.write() as tx:
        mine = DEVICES.c.id == device_id, DEVICES.c.revoked_how == "wipe"
        tx.execute(update(DEVICES).where(*mine, DEVICES.c.wiped_at.is_(None)).values(wiped_at=now, seen_at=now, unsent=lost))
        return tx.execute(select(DEVICES.c.id).where(*mine)).first() is not None


def listed(db: Database) -> list[dict[str, Any]]:
    """Every phone with its owner, last contact and what it says is waiting."""
    users = RECORDS["user"]
    with db.read() as tx:
        rows = tx.execute(select(DEVICES, users.c.initials).join(users, users.c.id == DEVICES.c.user_id).order_by(DEVICES.c.seen_at.desc())).all()
    return [{"device_id": r.id, "initials": r.initials, "name": r.name, "seen_at": instant_text(r.seen_at), "unsent": r.unsent,
             "app_version": r.app_version, "revoked": r.revoked_how} for r in rows]


def present(db: Database) -> Any:
    """The device of this request, fit to talk to; raises Refused."""
    if not UUID.match(request.headers.get("X-Request", "")):
        raise Refused(400, "BAD_REQUEST", "X-Request mangler.")
    device_id = request.headers.get("X-Device", "")
    if not device_id:
        raise Refused(400, "BAD_REQUEST", "X-Device mangler.")
    with db.read() as tx:
        device = tx.execute(select(DEVICES).where(DEVICES.c.id == device_id.lower())).first()
    if device is None:
        raise Refused(403, "DEVICE_UNKNOWN")
    if device.user_id != current_user.user_id:
        raise Refused(403, "FORBIDDEN")
    if device.revoked_at and (refused := shut_out(db)):
        raise refused
    if _older(request.headers.get("X-App", "")):
        raise Refused(426, "UPDATE_APP")
    return device


def _older(version: str) -> bool:
    parts = VERSION.match(version)
    oldest = VERSION.match(OLDEST_APP)
    return bool(parts and oldest) and tuple(map(int, parts.groups())) < tuple(map(int, oldest.groups()))  # type: ignore[union-attr]


def heard(db: Database, device: Any, told: dict[str, Any], reached: Cursor | None = None) -> None:
    """Remembers the phone's last contact and what it says it still holds; at most once a minute when nothing changed.

    A remark only: where it cannot be written down, the answer to the phone goes out all the same.
    """
    now, unsent = clock.now(), told.get("unsent")
    if type(unsent) is not int or not 0 <= unsent < 10**6:
        unsent = device.unsent
    offset = told.get("clock_offset_s")
    if type(offset) is not int or abs(offset) >= 2**31:
        offset = device.clock_offset_s
    place = (reached.epoch, reached.seq) if reached else (device.pulled_epoch, device.pulled_seq)
    before = device.unsent, device.clock_offset_s, device.pulled_epoch, device.pulled_seq
    if (unsent, offset, *place) == before and now - device.seen_at < HEARD_EVERY:
        return
    with suppress(OperationalError), db.write() as tx:
        tx.execute(update(DEVICES).where(DEVICES.c.id == device.id).values(
            seen_at=now, unsent=unsent, oldest_unsent_at=_instant(told.get("oldest_unsent_at")), clock_offset_s=offset,
            pulled_epoch=place[0], pulled_seq=place[1],
            app_version=request.headers.get("X-App", "")[:20]))


def _instant(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo and 1900 < moment.year < 2200 else None
