"""Which version of the board each of its files was last written from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("document", sa.Column("version", sa.Integer(), nullable=True))
