"""The database as a whole: whether it can be written and is not damaged, and figures about it."""

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from bot.store import identity, tables
from bot.store.faults import State, illness
from bot.store.outbox import PAUSED

ROOM = 1024 * 1024  # bytes that must be free on a SQLite file's disk: its log grows by a few pages with each change


def check_writable(tx: Connection) -> None:
    """Write something that changes nothing, for real: the commit says whether it can be. Raises Unavailable."""
    if tx.dialect.name != "sqlite":
        tx.execute(text("UPDATE alembic_version SET version_num = version_num"))
        return
    identity.sign(tx)
    folder = Path(tx.engine.url.database or "").absolute().parent
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise illness(State.FULL, f"{free} bytes are free in {folder}")


def check_whole(tx: Connection) -> None:
    """Read all pages of a SQLite file (sqlite.org/pragma.html#pragma_quick_check). Raises Unavailable.

    A server sees to that itself.
    """
    if tx.dialect.name == "sqlite":
        fault = tx.scalar(text("PRAGMA quick_check(1)"))
        if fault != "ok":
            raise illness(State.DAMAGED, str(fault))


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
