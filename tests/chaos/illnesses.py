"""The ways in which what a bot stands on is ill, each from the outside and for real."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from unittest.mock import patch

from bot.sandbox.api import dispatch
from bot.store.database import Database
from tests.chaos.crew import Crew
from tests.chaos.dials import Dials
from tests.postgresql import order

Illness = Callable[[], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(db: Database) -> AsyncIterator[None]:
    """Another program holds SQLite's lock."""
    with closing(sqlite3.connect(str(db.url.database), isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@asynccontextmanager
async def full(crew: Crew, dials: Dials) -> AsyncIterator[None]:
    """Nobody of the bot can write another byte into a file, the doctor neither."""
    dials.disk_is_full = True
    crew.fill_the_disk()
    try:
        yield
    finally:
        dials.disk_is_full = False
        crew.fill_the_disk(is_full=False)


@asynccontextmanager
async def read_only(db: Database) -> AsyncIterator[None]:
    """PostgreSQL takes no change, as a server that became a replica."""
    _order(db, "ALTER DATABASE {name} SET default_transaction_read_only = on")
    _cut(db)
    try:
        yield
    finally:
        _order(db, "ALTER DATABASE {name} RESET default_transaction_read_only")
        _cut(db)


@asynccontextmanager
async def gone(db: Database) -> AsyncIterator[None]:
    """PostgreSQL takes no connection."""
    _order(db, "ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    _cut(db)
    try:
        yield
    finally:
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
    try:
        yield
    finally:
        dials.heart_stands = False


def _cut(db: Database) -> None:
    """End every connection, and wait until it is at its end."""
    _order(db, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")


def _order(db: Database, statement: str) -> None:
    order(statement.format(name=db.url.database))
