"""Figures about the database as a whole."""

from datetime import datetime

from sqlalchemy import Connection, func, select, text

from bot.store import tables
from bot.store.outbox import PAUSED


def last_digest(tx: Connection) -> datetime | None:
    """Return when a digest was last claimed that was not skipped."""
    query = select(tables.digests.c.claimed).where(~tables.digests.c.skipped)
    return tx.scalars(query.order_by(tables.digests.c.claimed.desc()).limit(1)).one_or_none()


def last_run(tx: Connection) -> datetime | None:
    """Return when prod facts last ran."""
    return tx.scalars(select(tables.runs.c.at).order_by(tables.runs.c.id.desc()).limit(1)).one_or_none()


def owed(tx: Connection) -> tuple[datetime | None, int]:
    """Return when the oldest debt that can still be paid was due, and how many there are."""
    alive = select(tables.outbox.c.due).where(~tables.outbox.c.dead)
    oldest = tx.scalars(alive.order_by(tables.outbox.c.due).limit(1)).one_or_none()
    count = tx.scalars(select(func.count()).select_from(alive.subquery())).one()
    return oldest, count


def paused(tx: Connection) -> str:
    """Return Slack's word for why it takes no call, while debts wait for that; nothing: none does."""
    of = tables.outbox.c
    waiting = select(of.error).where(~of.dead, of.error.startswith(PAUSED, autoescape=True))
    return (tx.scalars(waiting.limit(1)).one_or_none() or "").removeprefix(PAUSED)


def size(tx: Connection) -> int:
    """Return how large the database is, in bytes."""
    if tx.dialect.name == "sqlite":
        pages, page_size = (int(tx.scalar(text(f"PRAGMA {name}")) or 0) for name in ("page_count", "page_size"))
        return pages * page_size
    return int(tx.scalar(text("SELECT pg_database_size(current_database())")) or 0)
