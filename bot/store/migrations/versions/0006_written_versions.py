"""Which version of the board each of its files was last written from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("document", sa.Column("version", sa.Integer(), nullable=True))
