"""Opens the database. `write()` is the only way to change it, `read()` sees one snapshot."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from app.config import Settings


class Database:
    """One engine for SQLite (WAL, synchronous=FULL) or PostgreSQL (synchronous_commit=on)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine = _engine(settings.address())
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """BEGIN IMMEDIATE on SQLite, READ COMMITTED on PostgreSQL; commits unless the block raises."""
        options: dict[str, Any] = {"write": True} if self.is_sqlite else {"isolation_level": "READ COMMITTED"}
        with self._turn(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite's writers queue at a lock file: its own busy handler polls, and let one of eight wait ten seconds."""
        path = self.settings.sqlite_path
        if path is None:
            yield
            return
        with path.with_name(path.name + ".turn").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot for all statements of the block."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _engine(address: str) -> Engine:
    if not address.startswith("sqlite"):
        return create_engine(address, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True,
                             connect_args={"options": "-c synchronous_commit=on -c lock_timeout=10s", "connect_timeout": 10})
    # hide_parameters: what people typed must not reach a log inside an error's text
    engine = create_engine(address, pool_size=20, max_overflow=20, hide_parameters=True, connect_args={"timeout": 10, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "secure_delete=ON", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN fails with "database is locked" when a reader turns writer (sync.md ch. 6).
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")
