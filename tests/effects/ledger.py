"""Looking into the outbox."""

from sqlalchemy import select

from bot.store import tables
from bot.store.database import Database
from bot.store.outbox import Owed


def owed(db: Database, kind: Owed | None = None) -> list[str]:
    """The keys of what is owed and can still be paid, oldest first; but for a finish's seal, which has ten minutes."""
    query = select(tables.outbox.c.key).where(~tables.outbox.c.dead).order_by(tables.outbox.c.id)
    wanted = tables.outbox.c.kind == kind if kind else tables.outbox.c.kind != Owed.SEAL
    with db.read() as tx:
        return list(tx.scalars(query.where(wanted)))


def dead(db: Database) -> list[tuple[str, str]]:
    """What was given up: kind, and why."""
    query = select(tables.outbox.c.kind, tables.outbox.c.error).where(tables.outbox.c.dead)
    with db.read() as tx:
        return [(row.kind, row.error) for row in tx.execute(query)]
