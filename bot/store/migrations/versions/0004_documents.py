"""Files that boards are written into, and how far each finish is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("written", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("change", sa.Integer(), nullable=True),
        sa.Column("intended", sa.Text(), nullable=True),
        sa.Column("drift", sa.Text(), nullable=True),
        sa.Column("drifts", sa.Integer(), nullable=False),
        sa.Column("settled", sa.String(), nullable=False),
        sa.Column("rolled", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", "kind"),
    )
    op.create_table(
        "finish_step",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"]),
        sa.PrimaryKeyConstraint("board_id", "change", "kind"),
    )
    op.add_column("finish", sa.Column("wanted", sa.Integer(), nullable=True))
