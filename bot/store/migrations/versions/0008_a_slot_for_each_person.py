"""Whose the one item in progress is: a slot for each item in WIP, and one index that keeps it for both modes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

IN_WIP = sa.text("lane = 'wip'")


def upgrade() -> None:
    # A check that comes with its column needs no new table on SQLite (sqlite.org/lang_altertable.html).
    op.execute(
        "ALTER TABLE board ADD COLUMN slots VARCHAR DEFAULT 'board' NOT NULL "
        "CONSTRAINT slots_are_known CHECK (slots IN ('board', 'person'))"
    )
    op.execute(
        "ALTER TABLE item ADD COLUMN slot VARCHAR DEFAULT '' NOT NULL CONSTRAINT slot_is_its_owners "
        "CHECK (slot IN ('', coalesce(owner, ''), '-' || coalesce(owner, '')))"
    )
    op.drop_index("one_wip", table_name="item")
    op.create_index("one_wip", "item", ["board_id", "slot"], unique=True, sqlite_where=IN_WIP, postgresql_where=IN_WIP)
