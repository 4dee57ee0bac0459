"""The feed is append-only: the database itself refuses to change or remove a line"""

from alembic import op

revision = '0005'
down_revision = '0004'

REFUSAL = "the feed is append-only"
# A REPLACE in SQLite removes the old line without asking a delete trigger, so the taken place is refused as well.
SQLITE = [
    f"CREATE TRIGGER feed_keeps_update BEFORE UPDATE ON feed BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER feed_keeps_delete BEFORE DELETE ON feed BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "CREATE TRIGGER feed_keeps_place BEFORE INSERT ON feed WHEN EXISTS "
    "(SELECT 1 FROM feed WHERE project_id = NEW.project_id AND seq = NEW.seq) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
# OR REPLACE: a restore of an older backup drops the table with its triggers and leaves the function behind.
POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION feed_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER feed_keeps_lines BEFORE UPDATE OR DELETE OR TRUNCATE ON feed FOR EACH STATEMENT EXECUTE FUNCTION feed_keeps()",
]


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
