"""A folder for work on copies: what a killed command left behind is swept away by the next one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.db import Database

PREFIX = "copies-"
OLD = 3600.0  # seconds: no copy takes that long


@contextmanager
def folder(db: Database) -> Iterator[Path]:
    """An empty folder beside the database, gone afterwards. Copies lie in it in plain text for a moment."""
    sweep(db)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=db.settings.state_dir) as made:
        yield Path(made)


def sweep(db: Database) -> None:
    for left in db.settings.state_dir.glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > OLD:
            shutil.rmtree(left, ignore_errors=True)
