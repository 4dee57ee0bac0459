"""Once a night a running server takes away what has had its time, whoever of its workers is first (security.md, Retention)."""

from __future__ import annotations

import fcntl
import threading
import time
from datetime import datetime

import structlog

from app import clock
from app.config import Settings
from app.db import Database
from app.ledger import history, retention

LOOKS_EVERY = 600  # seconds
FROM_HOUR = 3  # local time: nobody cycles then
log = structlog.get_logger()


def begin(settings: Settings) -> None:
    """Looks at the clock for as long as the process lives."""
    threading.Thread(target=_watch, args=(Database(settings),), daemon=True, name="daily").start()


def _watch(db: Database) -> None:
    while True:
        time.sleep(LOOKS_EVERY)
        try:
            run_if_due(db, clock.now())
        except Exception as error:  # tonight's work waits for the next look; the server goes on
            log.error("daily_broke", error=type(error).__name__)


def run_if_due(db: Database, now: datetime) -> bool:
    """Runs for every project whose night has come; False where another is at it or nothing is due."""
    with (db.settings.state_dir / "daily.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        due = [project_id for project_id in history.project_ids(db) if _is_due(db, project_id, now)]
        for project_id in due:
            retention.run(db, project_id, now)
            history.tidied(db, project_id, now)
        return bool(due)


def _is_due(db: Database, project_id: str, now: datetime) -> bool:
    local, last = now.astimezone(clock.COPENHAGEN), history.last_tidied(db, project_id)
    if last is None:  # a house that has just been set up or moved begins with its next night
        history.tidied(db, project_id, now)
        return False
    return retention.applies(db, project_id) and local.hour >= FROM_HOUR and last < local.date()
