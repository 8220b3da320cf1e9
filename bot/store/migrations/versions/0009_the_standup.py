"""The standup: who belongs to it, who wants to be asked when, and what is in the way until it is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("board", sa.Column("standup_also", sa.JSON(), nullable=True))
    op.add_column("board", sa.Column("standup_left_out", sa.JSON(), nullable=True))
    op.add_column("checkin", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("checkin", sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("checkin", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("checkin", sa.Column("gone", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "standup",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("away", sa.String(), nullable=False),
        sa.Column("ask_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"]),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("board_id", "day", "person"),
    )
    op.create_index("ix_standup_ask_due", "standup", ["ask_due"], unique=False)
    op.create_table(
        "asked",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person", "day"),
    )
    op.create_table(
        "wish",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ask_at", sa.String(), nullable=True),
        sa.Column("never", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
    _end_what_was_in_the_way()


def _end_what_was_in_the_way() -> None:
    """Let what was said before there were standups be over: it stands in the flags that it put on."""
    checkin = sa.table("checkin", sa.column("at"), sa.column("gone"), sa.column("blockers"))
    op.execute(sa.update(checkin).where(checkin.c.blockers != "").values(gone=checkin.c.at))
