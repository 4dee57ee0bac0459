"""Brings closed months to the receiver over SFTP: one file, whole, once, and a receipt in the log."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncssh
from sqlalchemy import Connection, or_, select, update

from app.db import Database
from app.export.acts import FILES
from app.export.high_stops import refuse_with_high_stops
from app.export.seal import sealed
from app.ledger import access, history
from app.ledger.founding import system
from app.records.month import MonthDelivery

DELIVERIES: Any = MonthDelivery.__table__  # type: ignore[attr-defined]
FORGOTTEN = timedelta(minutes=30)  # a run that claimed a month so long ago is dead
PATIENCE = 60  # seconds for one file


class Undelivered(RuntimeError):
    """The file did not arrive; the text says why in Danish. The next run tries again."""


@dataclass(frozen=True)
class Place:
    """Where to: the receiver's address, its host keys, our key, and how the file is locked."""

    host: str
    port: int
    user: str
    key_file: Path
    known_hosts: Path
    folder: str
    recipient: str = ""  # an age public key; empty = the file goes as it is


def deliver(db: Database, project_id: str, place: Place, now: datetime, first: str = "") -> list[str]:
    """Sends every closed month from `first` on that has not arrived yet, oldest first; their names as they arrived.

    Raises Undelivered at the first that fails, and figures.NotYet while a CPR number waits to be taken out.
    """
    with db.read() as tx:
        refuse_with_high_stops(tx, project_id)
        months = list(tx.execute(select(FILES.c.month).where(FILES.c.project_id == project_id, FILES.c.month >= first)
                                 .order_by(FILES.c.month)).scalars())
    return [name for month in months if (name := _one(db, project_id, month, place, now))]


def _one(db: Database, project_id: str, month: str, place: Place, now: datetime) -> str | None:
    with db.write() as tx:
        if not _claimed(tx, project_id, month, now):
            return None
        row = tx.execute(select(FILES).where(FILES.c.project_id == project_id, FILES.c.month == month)).one()
    try:
        name, content = sealed(row.name, row.content, place.recipient)
        asyncio.run(asyncio.wait_for(_carry(place, name, content), PATIENCE))
    except (OSError, asyncssh.Error, TimeoutError, ValueError) as error:
        with db.write() as tx:
            tx.execute(update(DELIVERIES).where(_mine(project_id, month)).values(claimed_at=None))
        raise Undelivered(f"{row.name} er ikke leveret: {_why(error)} Næste kørsel prøver igen.") from error
    digest = hashlib.sha256(content).hexdigest()
    with db.write() as tx:
        tx.execute(update(DELIVERIES).where(_mine(project_id, month)).values(delivered_at=now, sha256=digest))
        access.put(tx, system(project_id), [access.Entry("SENT", "month", about=f"{name} {place.host} {digest[:16]}")], now)
    history.anchor(db, project_id, now)
    return name


def _mine(project_id: str, month: str) -> Any:
    return (DELIVERIES.c.project_id == project_id) & (DELIVERIES.c.month == month)


def _claimed(tx: Connection, project_id: str, month: str, now: datetime) -> bool:
    """One run has the month, however many start at once; a claim left by a run that died is taken over."""
    if not tx.execute(select(DELIVERIES.c.month).where(_mine(project_id, month)).with_for_update()).first():
        tx.execute(_insert_once(tx).values(project_id=project_id, month=month).on_conflict_do_nothing())
    free = or_(DELIVERIES.c.claimed_at.is_(None), DELIVERIES.c.claimed_at < now - FORGOTTEN)
    taken = tx.execute(update(DELIVERIES).where(_mine(project_id, month), DELIVERIES.c.delivered_at.is_(None), free).values(claimed_at=now))
    return bool(taken.rowcount)


def _insert_once(tx: Connection) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    return (postgresql if tx.dialect.name == "postgresql" else sqlite).insert(DELIVERIES)


async def _carry(place: Place, name: str, content: bytes) -> None:
    """Writes beside, reads back, then renames: under its own name the file is whole or not there."""
    async with (asyncssh.connect(place.host, place.port, username=place.user, client_keys=[str(place.key_file)],
                                 known_hosts=str(place.known_hosts), config=None, agent_path=None, login_timeout=20) as line,
                line.start_sftp_client() as there):
        target = f"{place.folder.rstrip('/')}/{name}" if place.folder else name
        part = f"{target}.part"
        if await there.exists(target) and await _whole(there, target, content):
            return  # the line was cut after the rename and before we heard of it
        async with there.open(part, "wb") as file:
            await file.write(content)
        if not await _whole(there, part, content):
            raise ValueError("filen kom ikke helt frem.")
        await there.posix_rename(part, target)


async def _whole(there: asyncssh.SFTPClient, path: str, content: bytes) -> bool:
    """Is it there as it was sent?"""
    async with there.open(path, "rb") as file:
        found: Any = await file.read()
    return bool(found == content)


def _why(error: BaseException) -> str:
    if isinstance(error, asyncssh.HostKeyNotVerifiable):
        return "modtagerens nøgle er ikke den, vi kender."
    if isinstance(error, asyncssh.PermissionDenied):
        return "modtageren kender ikke vores nøgle."
    if isinstance(error, asyncssh.SFTPError):
        return "modtageren kunne ikke gemme filen (er disken fuld, eller mangler mappen?)."
    if isinstance(error, (asyncssh.Error, OSError, TimeoutError)):
        return "forbindelsen blev afbrudt eller kom ikke i stand."
    return str(error)
