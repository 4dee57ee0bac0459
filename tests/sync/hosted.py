"""One seeded week's server: the real application on a folder of its own, with a clock and a fate that the week decides."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select

import app.accounts.sign_in
import app.db
from app import clock, create_app
from app.accounts.people import set_role
from app.config import Settings
from app.db import Database
from app.export import month_close
from app.figures import stocked
from app.ledger import backup, erasure, history, start
from app.ledger.author import Author
from app.ledger.change import Change
from app.ledger.pull import pull
from app.ledger.push import write
from app.ledger.tables import FEED, OPS, RECORDS
from tests import world
from tests.sync.judge import judged

Json = Any
MOMENT: ContextVar[datetime] = ContextVar("moment", default=world.NOW)  # the server's clock in this request
FATE: ContextVar[str] = ContextVar("fate", default="")  # mid: the server dies when it is about to commit
BUILT: list[Flask] = []  # houses that no week is using: to build one costs more than a week's whole push
ROOM = "/dev/shm" if Path("/dev/shm").is_dir() else None  # whether a commit outlives SIGKILL is tried elsewhere


class Killed(BaseException):
    """The server died; nobody in it can catch this."""


def made_cheap() -> None:
    """What a week can do without: real time, slow passphrases, and a disk that is waited for."""
    clock.now = MOMENT.get
    app.accounts.sign_in.matches = lambda passphrase, stored: bool(stored) and passphrase == world.PASSPHRASE
    prepare = app.db._prepare_sqlite

    def unwaited(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")
    app.db._prepare_sqlite = unwaited
    engine, first = app.db._engine, []

    def compiled_once(address: str) -> Any:
        made = engine(address)
        first.append(made) if not first else None
        made.dialect, made._compiled_cache = first[0].dialect, first[0]._compiled_cache  # all engines share what SQLAlchemy has worked out
        return made
    app.db._engine = compiled_once


class Hosted:
    """The server of one week, with what an administrator or the office would do to it, and what the week looks at."""

    def __init__(self, template: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="raadgiver-week-", dir=ROOM))
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.open()

    def open(self) -> None:
        """A new process, as far as the week can tell: the house keeps nothing between requests but its database and settings."""
        settings = Settings(state_dir=self.folder, database_url="", secret_key="en hemmelighed kun til prøver", limits="off")
        self.flask = BUILT.pop() if BUILT else create_app(settings)
        self.flask.config["SETTINGS"], self.flask.extensions["database"] = settings, Database(settings)
        self.db: Database = self.flask.extensions["database"]
        event.listen(self.db.engine, "commit", _perhaps_killed)
        start.prepare(self.db, clock.now())

    def leave(self) -> None:
        self.db.close()
        BUILT.append(self.flask)

    def restart(self) -> None:
        self.leave()
        self.open()

    def end(self) -> None:
        self.leave()
        shutil.rmtree(self.folder)

    # --- what the office and the administrator do -------------------------------------------------------------------

    def office(self, changes: list[dict[str, Json]]) -> list[str]:
        author = Author(world.named("birthe"), self.project_id, "COORDINATOR")
        return [result.status for result in write(self.db, author, [Change(**change) for change in changes], clock.now())]

    def backup(self) -> None:
        backup.backup(self.db, self.folder / "safe.backup", clock.now())

    def restore(self) -> bool:
        if not (self.folder / "safe.backup").exists():
            return False
        backup.restore(self.db, self.folder / "safe.backup", False, clock.now())
        self.restart()
        return True

    def erase(self, code: str) -> None:
        with suppress(LookupError):
            erasure.erase(self.db, self.project_id, code, clock.now())

    def person(self, user: str) -> dict[str, Json]:
        with self.db.read() as tx:
            return {"role": tx.execute(select(RECORDS["user"].c.role).where(RECORDS["user"].c.id == world.named(user))).scalar_one()}

    def role(self, user: str, role: str) -> None:
        set_role(self.db, f"{user}@demo.example", role, clock.now())

    def close(self, month: str) -> None:
        month_close(self.db, self.project_id, month, None, "prøve", clock.now())

    # --- what the week looks at -------------------------------------------------------------------------------------

    @property
    def project_id(self) -> str:
        return history.project_ids(self.db)[0]

    def truth(self, users: list[str]) -> dict[str, Json]:
        """What a new phone of each user would show, and what it would ask."""
        new = {user: pull(self.db, Author(user, self.project_id, "ADVISER"), None, 10_000, clock.now()) for user in users}
        return {"views": {user: [change for change in whole["changes"] if "gone" not in change] for user, whole in new.items()},
                "questions": {user: whole["conflicts"] for user, whole in new.items()}}

    def log(self, op_ids: list[str]) -> dict[str, Json]:
        """What became of these ops, and where in the feed they changed their record. Without ids: of every phone's."""
        with self.db.read() as tx:
            known = select(OPS.c.op_id, OPS.c.status, OPS.c.code, OPS.c.author_id, FEED.c.seq).outerjoin(
                FEED, (FEED.c.op_id == OPS.c.op_id) & FEED.c.rev.is_not(None))
            wanted = OPS.c.op_id.in_(op_ids) if op_ids else OPS.c.device_id != "office"
            return {row.op_id: {"status": row.status, "code": row.code, "user": row.author_id, "place": row.seq}
                    for row in tx.execute(known.where(wanted))}

    def bags(self) -> dict[str, int]:
        """"User/batch" → pieces in that person's bag, as the office is shown them."""
        with self.db.read() as tx:
            return {f"{owner}/{batch}": pieces for (batch, place, owner), pieces in stocked(tx, self.project_id).places.items() if place == "BAG"}

    def judge(self) -> list[str]:
        with self.db.read() as tx:
            return judged(tx, self.project_id)

    def remains(self, texts: Iterable[str]) -> list[str]:
        """Which of the texts are still in a file of the state folder, backups aside."""
        files = [file.read_bytes().lower() for file in self.folder.glob("raadgiver.db*")] + [(self.folder / "history.json").read_bytes().lower()]
        return [text for text in texts if any(text.lower().encode() in content for content in files)]


def _perhaps_killed(_connection: Any) -> None:
    if FATE.get() == "mid":
        raise Killed


def moment(ms: str | int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=float(ms))
