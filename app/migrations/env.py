"""Alembic's entry: the tables of `records` against the database it is given."""

from alembic import context
from sqlmodel import SQLModel

import app.records
import app.records.access
import app.records.account
import app.records.book
import app.records.month
import app.records.rights
import app.records.vault  # noqa: F401

database = context.config.attributes["database"]

with database.write() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=False, transactional_ddl=True,
                      render_as_batch=connection.dialect.name == "sqlite")
    context.run_migrations()
