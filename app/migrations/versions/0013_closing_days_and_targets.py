"""A project has its own closing days and its targets"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closing_days', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('targets', sa.JSON(none_as_null=True), nullable=True))
