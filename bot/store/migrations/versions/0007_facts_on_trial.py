"""Whether a fact was ever green, and what of an incident is no longer watched or was red from the start."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("fact", sa.Column("footing", sa.String(), nullable=True))
    op.add_column("incident_fact", sa.Column("is_gone", sa.Boolean(), nullable=True))
    op.add_column("incident_fact", sa.Column("is_new", sa.Boolean(), nullable=True))
