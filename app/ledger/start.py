"""What happens before the port opens: has the history gone back? Then a new epoch, and what must not come back is undone again."""

from __future__ import annotations

import fcntl
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select, update

from app.db import Database
from app.ledger import epoch, erasure, history
from app.ledger.author import Author
from app.ledger.settle import replay
from app.ledger.tables import DEVICES, OPS


class InUse(RuntimeError):
    """A server holds the state folder."""


def hold(db: Database) -> IO[str]:
    """Takes the state folder for as long as the returned file is open; raises InUse."""
    file = (db.settings.state_dir / "server.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise InUse from None
    return file


def prepare(db: Database, now: datetime) -> None:
    """Compares the database with history.json and puts things right (sync.md ch. 7)."""
    for project_id in history.project_ids(db):
        if history.went_back(db, project_id):
            do_again(db, project_id, now)
            history.begin_epoch(db, project_id)
        with db.read() as tx:
            head, _ = epoch.present_head(tx, project_id)
        history.note(db, head)
        _retry_versions(db, project_id, now)


def do_again(db: Database, project_id: str, now: datetime) -> None:
    """Revocations and erasures made since the database's present state."""
    content: dict[str, Any] = history.read(db) or {}
    with db.write() as tx:
        for entry in content.get("revocations", []):
            opened = entry["how"] == "open"
            tx.execute(update(DEVICES).where(DEVICES.c.id == entry["device_id"])
                       .values(revoked_at=None if opened else datetime.fromisoformat(entry["at"]), revoked_how=None if opened else entry["how"]))
    erasure.again(db, project_id, content.get("erasures", []), now)


def _retry_versions(db: Database, project_id: str, now: datetime) -> None:
    """Ops of a version that the server did not know are tried again after its update, in the order they came."""
    with db.read() as tx:
        waiting = list(tx.execute(select(OPS.c.op_id).where(
            OPS.c.project_id == project_id, OPS.c.code == "VERSION_UNKNOWN", OPS.c.settled_at.is_(None)).order_by(OPS.c.seq)).scalars())
    for op_id in waiting:
        replay(db, Author("", project_id, "SYSTEM"), op_id, now)
