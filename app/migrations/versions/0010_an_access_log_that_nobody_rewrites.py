"""An access log that nobody rewrites"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0010'
down_revision = '0009'

REFUSAL = "the access log is append-only"


def _sqlite(table: str, *events: str) -> list[str]:
    # A REPLACE in SQLite removes the old line without asking a delete trigger, so the taken place is refused as well.
    return [*(f"CREATE TRIGGER {table}_keeps_{event.lower()} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END" for event in events),
            f"CREATE TRIGGER {table}_keeps_place BEFORE INSERT ON {table} WHEN EXISTS "
            f"(SELECT 1 FROM {table} WHERE project_id = NEW.project_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"]


# The words of a reason may go, with an erasure; its hash in the line stays. OR REPLACE: as in 0005.
SQLITE = [*_sqlite("access_log", "UPDATE", "DELETE"), *_sqlite("access_reason", "UPDATE")]
POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION access_log_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER access_log_keeps_lines BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION access_log_keeps()",
    "CREATE TRIGGER access_reason_keeps_lines BEFORE UPDATE ON access_reason FOR EACH STATEMENT EXECUTE FUNCTION access_log_keeps()",
]


def upgrade() -> None:
    op.create_table('access_head',
        sa.Column('project_id', sa.String(length=36), nullable=False),
        sa.Column('number', sa.BigInteger(), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('project_id'))
    op.create_table('access_log',
        sa.Column('project_id', sa.String(length=36), nullable=False),
        sa.Column('number', sa.BigInteger(), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('user_id', sa.String(length=36), nullable=False),
        sa.Column('role', sa.String(length=24), nullable=False),
        sa.Column('act', sa.String(length=24), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('record_id', sa.String(length=36), nullable=True),
        sa.Column('citizen_id', sa.String(length=36), nullable=True),
        sa.Column('practice_id', sa.String(length=36), nullable=True),
        sa.Column('device_id', sa.String(length=36), nullable=True),
        sa.Column('about', sa.String(length=200), nullable=False),
        sa.Column('reason_digest', sa.String(length=64), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('project_id', 'number'))
    op.create_index('access_by_citizen', 'access_log', ['project_id', 'citizen_id'])
    op.create_table('access_reason',
        sa.Column('project_id', sa.String(length=36), nullable=False),
        sa.Column('number', sa.BigInteger(), nullable=False),
        sa.Column('salt', sa.String(length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint('project_id', 'number'))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
