"""The schema goes up with data in it, on both databases, and ends where the records say."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, inspect, select
from sqlmodel import SQLModel

from app.db import Database
from app.ledger.push import write
from app.ledger.tables import RECORDS
from app.ledger.verify import verify
from app.migrations import _config, is_newest, migrate
from tests import world as worlds
from tests.conftest import DATABASES
from tests.world import named, settings, visit


@pytest.fixture(params=DATABASES)
def empty(request, tmp_path):
    url = request.getfixturevalue("cluster").database() if request.param == "postgres" else ""
    db = Database(settings(tmp_path, url))
    yield db
    db.close()


def test_an_empty_database_comes_to_the_newest_schema(empty):
    assert not is_newest(empty)
    migrate(empty)
    assert is_newest(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(empty):
    migrate(empty)
    migrate(empty)
    assert is_newest(empty)


def _as_it_was_then(newest, old):
    """Puts the same rows in the older tables, without what those had no column for."""
    known = inspect(old.engine)
    with newest.read() as source, old.write() as target:
        for table in (table for table in SQLModel.metadata.sorted_tables if known.has_table(table.name)):
            columns = [table.c[one["name"]] for one in known.get_columns(table.name)]
            if rows := [dict(row) for row in source.execute(select(*columns)).mappings()]:
                target.execute(insert(table), rows)


def test_data_of_the_first_schema_are_still_there_after_the_way_up(empty, tmp_path_factory):
    first = ScriptDirectory.from_config(_config(empty)).get_bases()[0]
    command.upgrade(_config(empty), first)
    world = worlds.build(tmp_path_factory.mktemp("newest"))
    written = write(world.db, world.signe, [worlds.Change("visit", named("besøg"), "create", visit())], worlds.NOW)
    assert written[0].status == "accepted"
    _as_it_was_then(world.db, empty)
    world.db.close()
    migrate(empty)
    with empty.read() as tx:
        assert tx.execute(select(func.count()).select_from(RECORDS["visit"])).scalar() == 1
        assert verify(tx, world.project_id) == []
