"""How connections to SQLite and to PostgreSQL are opened, and how long a transaction may wait for somebody else."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import QueuePool

from bot.store.identity import File

LOOKS = "looks"  # the execution option of a connection that only looks

CONNECT_S = 2  # libpq waits no shorter, and Slack wants its answer within three seconds
# A server that vanished without a word is noticed in seconds, not in the minutes of the system's defaults.
LINE = {"tcp_user_timeout": 2500, "keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 2}
STATEMENT_MS = 500  # how much longer than for the lock in front of it a statement may take
OVERFLOW = 4  # connections beyond one for each thread of the bot, for whoever needs two at once


def sqlite(url: URL, file: File, wait_ms: int) -> Engine:
    """Return an engine for a file. `wait_ms`: how long to wait for somebody else's lock."""
    engine = create_engine(url, poolclass=QueuePool, connect_args={"timeout": wait_ms / 1000})

    @event.listens_for(engine, "do_connect")
    def on_open(*_: object) -> None:
        file.check()

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # no implicit BEGIN from the driver: ours says which kind
        _keep_a_log(connection, wait_ms)
        for pragma in ("foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        file.opened()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        looks = connection.get_execution_options().get(LOOKS, False)
        connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")

    return engine


def wait_on_sqlite(tx: Connection, wait_ms: int) -> None:
    """Let a connection that has not begun yet wait so long for the writer's lock, where it waited otherwise before."""
    if tx.info.get("wait_ms") != wait_ms:
        tx.connection.driver_connection.execute(f"PRAGMA busy_timeout={wait_ms}")  # type: ignore[union-attr]
        tx.info["wait_ms"] = wait_ms


def _keep_a_log(connection: sqlite3.Connection, wait_ms: int) -> None:
    """Turn on the write-ahead log. SQLite does not wait when two processes do so on a new file at once, so we do."""
    until = time.monotonic() + wait_ms / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.05)


def postgresql(url: URL, wait_ms: int, threads: int) -> Engine:
    """Return an engine for a server, with a bounded pool. `wait_ms`: for a lock, and for a free connection."""
    engine = create_engine(
        url,
        pool_size=threads,
        max_overflow=OVERFLOW,
        pool_timeout=wait_ms / 1000,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_S, **LINE},
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # Not as an option of the connection: poolers such as PgBouncer refuse those.
        connection.autocommit = True
        connection.execute(f"SET lock_timeout={wait_ms}")
        connection.execute(f"SET statement_timeout={wait_ms + STATEMENT_MS}")
        connection.autocommit = False

    @event.listens_for(engine, "checkin")
    def on_return(connection: Any, _record: object) -> None:
        """Leave it to the server whether the next one may write.

        SQLAlchemy sets back a connection that only looked so that it begins READ WRITE, which would overrule a
        database that was made read-only.
        """
        if connection is not None and not connection.closed:
            connection.read_only = None

    return engine


BEGUN = (
    "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true), pg_current_xact_id()::text"
)


def begin_on_postgresql(tx: Connection, wait_ms: int) -> str:
    """Let a transaction that has just begun wait so long for locks. Returns its number, which outlives a lost line."""
    waits = (str(wait_ms), str(wait_ms + STATEMENT_MS))
    number: str = tx.exec_driver_sql(BEGUN, waits).one()[2]
    return number
