"""What the bot owes, as the harness sees it; nobody here has the time to wait until it is tried again."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update

from bot.store import tables
from bot.store.database import Database


class Debts:
    """The outbox of a database. `clock`: the workers' time."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock

    def hurry(self, *, leases: bool = False) -> None:
        """Let what was put off be due at once; and where nobody lives who could hold them, end all leases."""
        now, of = self._clock(), tables.outbox.c
        values = {"due": now} | ({"leased_until": None} if leases else {})
        with self._db.begin() as tx:
            tx.execute(update(tables.outbox).where(~of.dead, (of.due > now) | leases).values(**values))

    def are_paid(self) -> bool:
        """Whether nothing is owed but what is dead; what was put off is hurried."""
        with self._db.read() as tx:
            put_off = tx.scalar(select(tables.outbox.c.id).where(tables.outbox.c.due > self._clock()).limit(1))
            owed = tx.scalar(select(tables.outbox.c.id).where(~tables.outbox.c.dead).limit(1))
        if put_off is not None:
            self.hurry()
        return owed is None

    def given_up(self) -> list[str]:
        """Return what is dead, and why."""
        with self._db.read() as tx:
            rows = tx.execute(select(tables.outbox).where(tables.outbox.c.dead))
            return [f"{row.kind} {row.key}: {row.error}" for row in rows]
