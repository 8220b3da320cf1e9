"""The two doors to the database, `begin` to change it and `read` to look, and what a violated constraint means."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from bot.errors import Busy, RuleBroken
from bot.store.requests import Claim

P = ParamSpec("P")
T = TypeVar("T")

# PostgreSQL names the constraint, SQLite the columns (of a unique one) or the name (of a check).
MEANING = {
    ("one_wip", "item.board_id"): "Somebody else just started an item. Nothing was changed; `/board` shows what holds.",
    ("item_number", "item.board_id, item.number"): "Somebody else just added an item. Send yours again.",
    ("one_place", "item.board_id, item.lane, item.position"): "Somebody else just moved an item. Try again.",
    ("next_is_three", "next_is_three"): "NEXT holds three items at most. Defer one first.",
}
OTHERWISE = "Somebody else changed the board at the same moment. Nothing was changed; try again."

BUSY = "Somebody else is changing a board, and it takes longer than usual. Nothing was changed; try again."
LOCKED = frozenset({"55P03", "40P01"})  # PostgreSQL's lock_not_available and deadlock_detected

BUSY_TIMEOUT_MS = 2000  # below the three seconds in which Slack wants its answer
PATIENT_MS = 30_000  # for a command in a terminal: SQLite's lock is not fair, and a busy bot may keep it for seconds


def is_lock_missed(error: OperationalError) -> bool:
    """Return whether it failed only because somebody else holds the lock, and may succeed the next time."""
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the low byte of all its extended codes
    return getattr(error.orig, "sqlstate", None) in LOCKED


def refusal(error: IntegrityError) -> RuleBroken:
    """Turn a violated constraint into the refusal of the rule that it guards."""
    message = str(error.orig)
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for (constraint, sqlite_says), words in MEANING.items():
        if name == constraint or (name is None and message.endswith(f": {sqlite_says}")):
            return RuleBroken(words)
    return RuleBroken(OTHERWISE)


class Database:
    """One database, SQLite or PostgreSQL, named by an SQLAlchemy URL."""

    def __init__(self, url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        """Open it. `busy_timeout_ms`: how long to wait for SQLite's writer before giving up."""
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.threads = 1 if self.is_sqlite else 4  # SQLite has one writer; more threads would only wait
        self._engine = _sqlite_engine(self.url, busy_timeout_ms) if self.is_sqlite else _postgresql_engine(self.url)
        self._reader = self._engine.execution_options(**_reading(self.is_sqlite))
        self._claim: Claim | None = None

    def claiming(self, claim: Claim) -> "Database":
        """Return the same database for one request: with its first change its claim is written, or DoneBefore raised.

        The claim is in the transaction of the change: a crash leaves both or neither.
        """
        one_request = copy(self)
        one_request._claim = claim
        return one_request

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open the one transaction of a use case. Raises a violated constraint's refusal, and Busy without a lock."""
        try:
            with self._engine.begin() as tx:
                if self._claim:
                    self._claim.take(tx)
                yield tx
            if self._claim:
                self._claim.is_held = True
        except IntegrityError as error:
            raise refusal(error) from error
        except OperationalError as error:
            if is_lock_missed(error):
                raise Busy(BUSY) from error
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot to look at; it takes no lock and changes nothing."""
        with self._reader.connect() as tx:
            yield tx

    def write(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing that the store can do, in a transaction of its own. Raises RuleBroken, Busy."""
        with self.begin() as tx:
            return act(tx, *args, **kwargs)

    def query(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the store for one thing, without a lock."""
        with self.read() as tx:
            return act(tx, *args, **kwargs)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _sqlite_engine(url: URL, busy_timeout_ms: int) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=QueuePool, connect_args={"timeout": busy_timeout_ms / 1000})

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # no implicit BEGIN from the driver: ours says which kind
        _keep_a_log(connection)
        for pragma in ("foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        looks = connection.get_execution_options().get("looks", False)
        connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")

    return engine


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log. SQLite does not wait when two processes do so on a new file at once, so we do."""
    for tries_left in reversed(range(BUSY_TIMEOUT_MS // 50)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            time.sleep(0.05)


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(url, pool_size=5, pool_pre_ping=True, connect_args={"connect_timeout": 5})


def _reading(is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        return {"looks": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
