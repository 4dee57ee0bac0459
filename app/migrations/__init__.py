"""Brings a database to the newest schema, forward only and adding only, so that older phones go on working."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Database


def _config(db: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["database"] = db
    return config


def migrate(db: Database) -> None:
    """Runs what is missing, in one transaction."""
    command.upgrade(_config(db), "head")


def is_newest(db: Database) -> bool:
    """Does the database stand at the newest schema?"""
    newest = ScriptDirectory.from_config(_config(db)).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def write_revision(db: Database, what: str) -> Path:
    """Writes the next migration out of the difference between `records` and a database at the newest schema."""
    migrate(db)
    scripts = ScriptDirectory.from_config(_config(db))
    number = f"{int(scripts.get_current_head() or 0) + 1:04d}"
    made = command.revision(_config(db), what, autogenerate=True, rev_id=number)
    assert made is not None and not isinstance(made, list)
    return Path(made.path)
