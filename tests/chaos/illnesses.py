"""The ways in which what a bot stands on is ill, each from the outside and for real."""

import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from unittest.mock import patch

import psycopg

from bot.sandbox.api import dispatch
from bot.store.database import Database
from tests.chaos.crew import Crew
from tests.chaos.dials import Dials
from tests.postgresql import server

Illness = Callable[[], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(db: Database) -> AsyncIterator[None]:
    """Another program holds SQLite's lock."""
    with closing(sqlite3.connect(str(db.url.database), isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(crew: Crew) -> AsyncIterator[None]:
    """No worker can write another byte into a file, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    workers = list(crew.running)
    for worker in workers:
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    yield
    for worker in workers:
        if not worker.has_ended:
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, limits)


@asynccontextmanager
async def read_only(db: Database) -> AsyncIterator[None]:
    """PostgreSQL takes no change, as a server that became a replica."""
    _order(db, "ALTER DATABASE {name} SET default_transaction_read_only = on")
    _cut(db)
    yield
    _order(db, "ALTER DATABASE {name} RESET default_transaction_read_only")
    _cut(db)


@asynccontextmanager
async def gone(db: Database) -> AsyncIterator[None]:
    """PostgreSQL takes no connection."""
    _order(db, "ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    _cut(db)
    yield
    _order(db, "ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@asynccontextmanager
async def token_refused() -> AsyncIterator[None]:
    """Slack takes neither of the tokens."""
    with patch.dict(dispatch._TOKENS, clear=True):
        yield


@asynccontextmanager
async def heart_stands(dials: Dials) -> AsyncIterator[None]:
    """The workers answer, and nothing comes by the clock."""
    dials.heart_stands = True
    yield
    dials.heart_stands = False


def _cut(db: Database) -> None:
    _order(db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def _order(db: Database, statement: str) -> None:
    plain = server().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.format(name=db.url.database).encode())
