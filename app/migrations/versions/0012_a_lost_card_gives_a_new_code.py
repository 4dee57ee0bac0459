"""A lost card gives a new code; the old one is remembered"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    with op.batch_alter_table('citizen', schema=None) as batch_op:
        batch_op.add_column(sa.Column('former_codes', sa.JSON(none_as_null=True), nullable=True))
