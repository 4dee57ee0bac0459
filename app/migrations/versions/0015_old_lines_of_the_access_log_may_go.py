"""Old lines of the access log may go, below a floor that the log itself names"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'

REFUSAL = "the access log is append-only"
SQLITE = ["DROP TRIGGER access_log_keeps_delete",
          "CREATE TRIGGER access_log_keeps_delete BEFORE DELETE ON access_log WHEN OLD.number > COALESCE("
          f"(SELECT floor FROM access_head WHERE project_id = OLD.project_id), 0) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"]
POSTGRESQL = [
    "DROP TRIGGER access_log_keeps_lines ON access_log",
    "CREATE TRIGGER access_log_keeps_lines BEFORE UPDATE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION access_log_keeps()",
    "CREATE OR REPLACE FUNCTION access_log_floor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF OLD.number > COALESCE((SELECT floor FROM access_head WHERE project_id = OLD.project_id), 0) THEN "
    f"RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER access_log_keeps_young BEFORE DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION access_log_floor()",
]


def upgrade() -> None:
    op.add_column('access_head', sa.Column('floor', sa.BigInteger(), nullable=False, server_default='0'))
    op.add_column('access_head', sa.Column('floor_hash', sa.String(length=64), nullable=False, server_default='0' * 64))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
