"""A backup counts only when it has been restored and checked; a restore gives the history a new name (sync.md ch. 7, 13)."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url, text, update

from app.db import Database
from app.ledger import access_tail, epoch, history, retention, workshop
from app.ledger.seal import seal, unseal
from app.ledger.start import do_again
from app.ledger.tables import BOOK
from app.ledger.verify import verify
from app.migrations import migrate


class Failed(RuntimeError):
    """The backup or restore did not succeed; the text says in Danish what to do."""


def backup(db: Database, file: Path, now: datetime) -> dict[str, object]:
    """Writes a sealed copy, restores it elsewhere, checks it, and only then moves `durable_through`."""
    with workshop.folder(db) as folder:
        plain = folder / "plain"
        _copy(db, plain)
        sealed = folder / "sealed"
        seal(plain, sealed, db.settings.secret_key)
        plain.unlink()
        heads = _checked(db, sealed, folder)
        _place(sealed, file)
        kept = db.settings.state_dir / "backups" / f"{now:%Y%m%d-%H%M%S}-{_digest(sealed)[:8]}.rph"
        _place(sealed, kept)
        sha = _digest(sealed)
    with history.changed(db) as content:
        content["checked_backup"] = {"sha256": sha, "heads": heads}
    with db.write() as tx:
        for project_id, head in heads.items():
            held = (BOOK.c.project_id == project_id, BOOK.c.epoch == head["epoch"], BOOK.c.durable_seq < head["seq"])
            tx.execute(update(BOOK).where(*held).values(durable_seq=head["seq"]))
    return {"file": str(file), "sha256": sha, "durable_through": max((h["seq"] for h in heads.values()), default=0)}


def restore(db: Database, file: Path, older: bool, now: datetime) -> None:
    """Puts a backup in the database's place, after a safety copy of what is there. Raises Failed."""
    content = history.read(db) or {}
    newest = (content.get("checked_backup") or {}).get("sha256")
    if newest and _digest(file) != newest and not older:
        raise Failed("Det er ikke den nyeste afprøvede sikkerhedskopi. Det, som telefonerne har slettet siden, går tabt. "
                     "Skriv --older, hvis du vil det alligevel.")
    with workshop.folder(db) as folder:
        plain = _unsealed(db, file, folder)
        _check(db, plain)
        safety = folder / "before"
        try:
            _copy(db, safety)
            sealed = folder / "before.sealed"
            seal(safety, sealed, db.settings.secret_key)
            _place(sealed, db.settings.state_dir / "backups" / f"before-restore-{now:%Y%m%d-%H%M%S}.rph")
        except (Failed, sqlite3.Error, OSError):
            pass  # a broken database is a reason to restore, not to stop
        kept = access_tail.kept(db)
        _replace(db, plain)
    migrate(db)  # an older copy comes up to the schema that the rest of this speaks
    access_tail.put_back(db, kept, now)
    for project_id in history.project_ids(db):
        do_again(db, project_id, now)
        if history.last_tidied(db, project_id) and retention.applies(db, project_id):  # what the nights since have taken goes again
            retention.run(db, project_id, now)
        history.begin_epoch(db, project_id)


def _unsealed(db: Database, file: Path, folder: Path) -> Path:
    plain = folder / "restored"
    try:
        unseal(file, plain, db.settings.secret_key)
    except (OSError, ValueError):
        raise Failed("Filen er ikke en sikkerhedskopi herfra, eller den er beskadiget.") from None
    return plain


def _checked(db: Database, sealed: Path, folder: Path) -> dict[str, dict[str, Any]]:
    return _check(db, _unsealed(db, sealed, folder))


def _check(db: Database, plain: Path) -> dict[str, dict[str, Any]]:
    """Opens the copy as a database of its own and reads all of it; project → head."""
    with _elsewhere(db, plain) as other, other.read() as tx:
        heads = {}
        for project_id in history.project_ids(other):
            if wrong := verify(tx, project_id):
                raise Failed(f"Sikkerhedskopien holder ikke: {wrong[0]}")
            heads[project_id] = epoch.present_head(tx, project_id)[0]
        return heads


@contextmanager
def _elsewhere(db: Database, plain: Path) -> Iterator[Database]:
    settings = db.settings.model_copy()
    if db.is_sqlite:
        settings.database_url = f"sqlite:///{plain}"
        other = Database(settings)
        try:
            yield other
        finally:
            other.close()
        return
    name = f"raadgiver_check_{hashlib.sha256(str(plain).encode()).hexdigest()[:12]}"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            url = make_url(db.settings.address()).set(database=name)
            _run(url, "pg_restore", "--no-owner", "--exit-on-error", str(plain))
            settings.database_url = url.render_as_string(hide_password=False)
            other = Database(settings)
            try:
                yield other
            finally:
                other.close()
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def _copy(db: Database, target: Path) -> None:
    """A consistent copy beside a running server."""
    if db.is_sqlite:
        source = sqlite3.connect(str(db.settings.sqlite_path), timeout=30)
        copy = sqlite3.connect(str(target))
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
        return
    _run(make_url(db.settings.address()), "pg_dump", "-Fc", "--no-owner", "-f", str(target))


def _replace(db: Database, plain: Path) -> None:
    if db.is_sqlite:
        db.close()
        place = db.settings.sqlite_path
        assert place
        for suffix in ("-wal", "-shm"):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        _place(plain, place)
        return
    _run(make_url(db.settings.address()), "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(plain))
    db.close()


def _run(url: URL, *command: str) -> None:
    """A program of PostgreSQL's on that database. The password goes by the environment: a process list is open to all."""
    address = url._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    try:
        done = subprocess.run([*command, "-d", address], capture_output=True, text=True, timeout=1800, check=False, env=environment)
    except FileNotFoundError:
        raise Failed(f"{command[0]} mangler. Installér PostgreSQL's klientprogrammer.") from None
    if done.returncode:
        raise Failed(f"{command[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'fejlede'}")


def _place(source: Path, target: Path) -> None:
    """Copies whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    _sync(fresh)
    fresh.replace(target)
    _sync(target.parent)


def _sync(place: Path) -> None:
    """On disk before anyone counts on it."""
    handle = os.open(place, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
