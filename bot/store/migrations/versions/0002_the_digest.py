"""The digest: holidays, days off, the week, asking for a status note, and check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("board", sa.Column("digest_planned", sa.DateTime(timezone=True), nullable=True))
    op.add_column("board", sa.Column("nudge_due", sa.DateTime(timezone=True), nullable=True))
    op.add_column("board", sa.Column("holidays", sa.String(), nullable=True))
    op.add_column("board", sa.Column("days_off", sa.JSON(), nullable=True))
    op.add_column("board", sa.Column("weekly", sa.Boolean(), nullable=True))
    op.create_index("ix_board_digest_planned", "board", ["digest_planned"], unique=False)
    op.create_index("ix_board_nudge_due", "board", ["nudge_due"], unique=False)
    op.create_table(
        "nudge",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("claimed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"]),
        sa.PrimaryKeyConstraint("board_id", "day"),
    )
    op.create_table(
        "quiet",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "checkin",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("next", sa.String(), nullable=False),
        sa.Column("blockers", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"]),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("board_id", "day", "person"),
    )
