"""A phone that comes back empty is remembered"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lost_at', sa.DateTime(timezone=True), nullable=True))
