"""The address of somebody's picture, beside their name."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("person", sa.Column("picture", sa.Text(), nullable=True))
