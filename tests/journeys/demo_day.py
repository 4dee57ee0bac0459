"""The demo on a weekday in October 2026: filled once a run, copied for each test, served by a clock that goes on from there."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import COPENHAGEN
from app.db import Database
from app.demo import fill
from app.demo.people import PEOPLE
from app.migrations import migrate
from tests.campaigns.served import Served
from tests.world import settings

MORNING = datetime(2026, 10, 29, 9, 30, tzinfo=COPENHAGEN)
PASSPHRASES = {person.email.partition("@")[0]: person.passphrase for person in PEOPLE}


def of_the_run(made: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this test run share."""
    base = made.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def filled(folder: Path, moment: datetime = MORNING) -> Path:
    """A folder in there with the demo as it stands at the moment. Whoever asks first fills it, the others wait for it."""
    demo = folder / f"demo-{moment:%Y-%m-%d}"
    with demo.with_suffix(".turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not demo.exists():
            begun = demo.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)  # of somebody who was stopped in the middle of it
            begun.mkdir()
            db = Database(settings(begun))
            migrate(db)
            fill(db, moment)
            db.close()
            begun.rename(demo)
    return demo


@dataclass
class Day(Served):
    """The demo's server. Its clock goes on while the process is stopped; `turn_to` sets it."""

    workers: int = 2
    shift: timedelta = timedelta(0)

    def turn_to(self, moment: datetime) -> None:
        self.shift = moment - datetime.now(UTC)

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "RAADGIVER_NOW": (datetime.now(UTC) + self.shift).isoformat()}

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


def day_in(folder: Path, demo: Path) -> Day:
    """A copy of the demo of its own, that morning; not started."""
    shutil.copytree(demo, folder)
    day = Day(folder)
    day.turn_to(MORNING)
    return day
