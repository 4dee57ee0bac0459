"""Four ways to give a change its place in a feed: the ledger's own, and three that lose changes."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, text

from app.db import Database
from app.ledger.author import Author
from app.ledger.pull import pull
from app.ledger.push import push, tried
from app.records.wire import instant_text
from tests.world import NOW, Phone, visit

PAGE = 2000
WINDOW = 0.004  # seconds at most: about what a slow disk adds to a commit


class Ledger:
    """The real thing: the counter row, through push and pull."""

    def __init__(self, db: Database, author: Author) -> None:
        self.db, self.author, self.phone, self.days = db, author, Phone(), random.Random()

    def make(self) -> None:
        """Nothing to make: the schema is the product's."""

    def write(self, id_: str) -> None:
        moment = instant_text(NOW - timedelta(minutes=self.days.randrange(1, 300_000)))  # far apart: nobody's twin
        done = push(self.db, self.author, self.phone.device_id, [self.phone.create("visit", id_, visit(occurred_at=moment))], NOW)
        assert done.results[0].status == "accepted", done.results[0]

    def read(self, cursor: Any) -> tuple[list[str], Any]:
        page = pull(self.db, self.author, cursor, PAGE, NOW)
        return [change["id"] for change in page["changes"] if change["kind"] == "visit"], page["cursor"]


class Naive:
    """A table whose rows carry a position, read with `position > cursor`."""

    COLUMN = "BIGINT"
    START: Any = 0

    def __init__(self, db: Database, _author: Author) -> None:
        self.db = db

    def make(self) -> None:
        with self.db.write() as tx:
            for statement in ("DROP TABLE IF EXISTS naive", f"CREATE TABLE naive (id VARCHAR(36) PRIMARY KEY, position {self.COLUMN})",
                              "CREATE INDEX naive_position ON naive (position)", "DROP TABLE IF EXISTS naive_counter",
                              "CREATE TABLE naive_counter (last BIGINT)", "INSERT INTO naive_counter VALUES (0)"):
                tx.execute(text(statement))

    def write(self, id_: str) -> None:
        tried(self.db, lambda tx: tx.execute(text("INSERT INTO naive (id) VALUES (:id)"), {"id": id_}))

    def read(self, cursor: Any) -> tuple[list[str], Any]:
        with self.db.read() as tx:
            rows = tx.execute(text("SELECT id, position FROM naive WHERE position > :at ORDER BY position LIMIT :most"),
                              {"at": self.START if cursor is None else cursor, "most": PAGE}).all()
        return [row.id for row in rows], rows[-1].position if rows else cursor


class Sequence(Naive):
    """PostgreSQL's own sequence column."""

    COLUMN = "BIGSERIAL"


class Timestamp(Naive):
    """The moment of writing, taken by the server's clock inside the transaction."""

    COLUMN = "TIMESTAMPTZ DEFAULT clock_timestamp()"
    START = "1970-01-01"


class Reserved(Naive):
    """A number reserved in a transaction of its own, used in the next one."""

    def write(self, id_: str) -> None:
        self._insert(id_, tried(self.db, lambda tx: tx.execute(text("UPDATE naive_counter SET last = last + 1 RETURNING last")).scalar_one()))

    def _insert(self, id_: str, position: int) -> None:
        tried(self.db, lambda tx: tx.execute(text("INSERT INTO naive VALUES (:id, :position)"), {"id": id_, "position": position}))


class Before(Reserved):
    """The moment of writing, taken before the transaction that stores it."""

    def write(self, id_: str) -> None:
        self._insert(id_, time.time_ns())


@contextmanager
def slow_transactions(db: Database, seed: int):
    """Every transaction through `db` waits a little before it begins and before it commits, the same for each way of numbering."""
    chance = random.Random(seed)

    def before_begin(_connection: Connection) -> None:
        time.sleep(chance.random() * 4 * WINDOW)

    def before_commit(_connection: Connection) -> None:
        time.sleep(chance.random() * WINDOW)
    event.listen(db.engine, "begin", before_begin, insert=True)  # ahead of SQLite's own BEGIN: nobody waits with the lock in hand
    event.listen(db.engine, "commit", before_commit)
    yield
    event.remove(db.engine, "begin", before_begin)
    event.remove(db.engine, "commit", before_commit)
