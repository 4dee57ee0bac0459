"""Phones prove that they have erased"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pulled_epoch', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('pulled_seq', sa.BigInteger(), nullable=True))
