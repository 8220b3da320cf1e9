"""A SQLite database that is ill: nothing can be written, no page can be added, or somebody else holds the lock."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from bot.store.database import Database


class Illness:
    """What is wrong with every SQLite database of this process, from the next transaction on."""

    is_read_only = False
    is_full = False

    def __call__(self, tx: Connection) -> None:
        if tx.dialect.name == "sqlite":
            most = 1 if self.is_full else 1_000_000  # SQLite takes the pages that there are for the least
            tx.exec_driver_sql(f"PRAGMA query_only={int(self.is_read_only)}")
            tx.exec_driver_sql(f"PRAGMA max_page_count={most}")


@contextmanager
def illness_of_sqlite() -> Iterator[Illness]:
    illness = Illness()
    event.listen(Engine, "begin", illness)
    yield illness
    event.remove(Engine, "begin", illness)


@contextmanager
def locked(db: Database) -> Iterator[None]:
    """Let another program hold the writer's lock."""
    with closing(sqlite3.connect(str(db.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def no_room() -> Iterator[None]:
    """Let this process write no further byte into a file, as on a full disk."""
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))
