"""The small file that is never in a backup: it tells whether the database went back in time, and what must be done again (sync.md ch. 7)."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, func, or_, select, update

from app.clock import local_date
from app.db import Database
from app.ledger import epoch
from app.ledger.tables import ACCESS, ACCESS_HEAD, BOOK, DEVICES
from app.rules.retention import rules

log = structlog.get_logger()
MOST_ANCHORS = 400  # days: longer than a line is kept
ONCE_PER = timedelta(hours=1)
EMPTY: dict[str, Any] = {"epoch": "", "seq": 0, "hash": "", "revocations": [], "erasures": [], "access": {}, "tidied": {}, "checked_backup": None}


def path(db: Database) -> Path:
    return db.settings.state_dir / "history.json"


def read(db: Database) -> dict[str, Any] | None:
    """The file's content, or None when it is missing or broken."""
    try:
        return {**EMPTY, **json.loads(path(db).read_text("utf-8"))}
    except (OSError, ValueError):
        return None


@contextmanager
def changed(db: Database, durable: bool = True) -> Iterator[dict[str, Any]]:
    """The content to change; written whole under a lock that all workers share, on disk before anyone goes on."""
    with (path(db).with_suffix(".lock")).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = read(db) or dict(EMPTY)
        before = json.dumps(content)
        yield content
        if json.dumps(content) != before:
            _put(path(db), json.dumps(content, indent=1), durable)


def _put(where: Path, text: str, durable: bool) -> None:
    fresh = where.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if durable:
            os.fsync(file.fileno())
    os.replace(fresh, where)


def note(db: Database, head: dict[str, Any]) -> None:
    """Remembers how far the history has come. May lag; never goes back within an epoch."""
    with changed(db, durable=False) as content:
        if head["epoch"] != content["epoch"] or head["seq"] > content["seq"]:
            content.update(epoch=head["epoch"], seq=head["seq"], hash=head["hash"])


def anchor(db: Database, project_id: str, now: datetime) -> None:
    """Remembers how far the access log has come, and where it was at the end of each earlier day. Nothing that it contradicts is dropped."""
    with db.read() as tx:
        head = tx.execute(select(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id)).first()
    with changed(db, durable=False) as content:
        anchors, on = list(content["access"].get(project_id, [])), now.date().isoformat()
        if head is None or anchors and anchors[-1]["number"] >= head.number:
            return
        with db.read() as tx:
            if anchors and anchors[-1]["on"] == on and _anchored(tx, project_id, anchors[-1]):
                del anchors[-1]
        anchors.append({"on": on, "number": head.number, "hash": head.hash})
        content["access"] = {**content["access"], project_id: anchors[-MOST_ANCHORS:]}


def _anchored(tx: Connection, project_id: str, point: dict[str, Any]) -> bool:
    """Is the log as it was at that point? Of lines whose time was over only the last one's hash is left."""
    head = tx.execute(select(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id)).first()
    if head and point["number"] <= head.floor:
        return point["number"] < head.floor or bool(point["hash"] == head.floor_hash)
    here = ACCESS.c.project_id == project_id, ACCESS.c.number == point["number"], ACCESS.c.hash == point["hash"]
    return tx.execute(select(ACCESS.c.number).where(*here)).first() is not None


def _too_early(tx: Connection, project_id: str, anchors: list[dict[str, Any]]) -> list[str]:
    """Days of which every line is gone, although their time was not over when the log was last shortened."""
    head = tx.execute(select(ACCESS_HEAD.c.floor).where(ACCESS_HEAD.c.project_id == project_id)).first()
    at = tx.execute(select(func.max(ACCESS.c.at)).where(ACCESS.c.project_id == project_id, ACCESS.c.act == "FORGET")).scalar()
    if head is None or at is None:
        return []
    cut = rules()["ACCESS_LOG"].cut(at.date()).isoformat()
    return [point["on"] for point in anchors if point["number"] <= head.floor and point["on"] >= cut]


def access_cut(db: Database, project_id: str) -> list[str]:
    """What the file outside the database misses in the access log, in Danish: nobody can cut or rewrite its end unseen."""
    anchors = (read(db) or EMPTY)["access"].get(project_id, [])
    with db.read() as tx:
        missed = [point for point in anchors if not _anchored(tx, project_id, point)]
        early = _too_early(tx, project_id, anchors)
    return [*(f"Loggen nåede linje {point['number']} og har den ikke længere, som den var." for point in missed[:1]),
            *(f"Loggens linjer fra {on} er slettet før tiden." for on in early[:1])]


def forget_anchors(db: Database, project_id: str) -> int | None:
    """After a restore that could not save the end of the log: the first line that is lost. It is for the log itself to say so from then on."""
    with changed(db) as content, db.read() as tx:
        anchors = content["access"].get(project_id, [])
        held = [point for point in anchors if _anchored(tx, project_id, point)]
        if held == anchors:
            return None
        content["access"] = {**content["access"], project_id: held}
        return (tx.execute(select(ACCESS_HEAD.c.number).where(ACCESS_HEAD.c.project_id == project_id)).scalar() or 0) + 1


def tidied(db: Database, project_id: str, now: datetime) -> None:
    """The daily run has been done for this day."""
    with changed(db, durable=False) as content:
        content["tidied"] = {**content["tidied"], project_id: local_date(now).isoformat()}


def last_tidied(db: Database, project_id: str) -> date | None:
    on = (read(db) or EMPTY)["tidied"].get(project_id)
    return date.fromisoformat(on) if on else None


def heed(db: Database, project_id: str, device_id: str, have: Any, now: datetime) -> None:
    """A phone that has seen more of this epoch than the database holds makes a new one, once per device and hour."""
    with db.read() as tx:
        if not epoch.contradicts(tx, project_id, have):
            return
    with db.write() as tx:
        first = tx.execute(update(DEVICES).where(DEVICES.c.id == device_id, or_(
            DEVICES.c.epoch_asked_at.is_(None), DEVICES.c.epoch_asked_at <= now - ONCE_PER)).values(epoch_asked_at=now)).rowcount
    if first:
        log.warning("epoch_by_device", device=device_id)
        begin_epoch(db, project_id, instead_of=have["epoch"])


def begin_epoch(db: Database, project_id: str, instead_of: str | None = None) -> None:
    """Mints an epoch and notes it. `instead_of`: only when that one is still current, so that many who notice mint one."""
    with db.write() as tx:
        if instead_of and not epoch.is_current(tx, project_id, instead_of):
            return
        fresh = epoch.mint(tx, project_id)
        head, _ = epoch.present_head(tx, project_id)
    note(db, head)
    log.warning("epoch_minted", epoch=fresh)


def went_back(db: Database, project_id: str) -> bool:
    """Is the file missing, the database behind it, or another history at its seq?"""
    content = read(db)
    if content is None or not content["epoch"]:
        return True
    with db.read() as tx:
        head, _ = epoch.present_head(tx, project_id)
        if content["epoch"] != head["epoch"]:
            return True
        return content["seq"] > head["seq"] or not epoch.holds(tx, project_id, content["seq"], content["hash"])


def cut(db: Database, project_id: str) -> list[str]:
    """What the file outside the database misses in the book, in Danish: a chain whose end was cut off still holds by itself."""
    content = read(db)
    if not content or not content["epoch"] or not went_back(db, project_id):
        return []
    return [f"Bogen mangler sin slutning: den har nået linje {content['seq']} og har den ikke længere, som den var."]


def project_ids(db: Database) -> list[str]:
    with db.read() as tx:
        return list(tx.execute(select(BOOK.c.project_id)).scalars())
