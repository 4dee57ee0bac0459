"""A number to ring about a child, and where a signed paper lies"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('concern_phone', sa.String(), nullable=True))
    with op.batch_alter_table('consent_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paper_held', sa.String(length=40), nullable=True))
