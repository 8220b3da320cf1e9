"""The two doors to the database, `begin` to change it and `read` to look."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from bot.errors import Unclear
from bot.store import engines, faults
from bot.store.faults import Collided, State, illness
from bot.store.identity import File
from bot.store.requests import Claim

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 2000  # below the three seconds in which Slack wants its answer
PATIENT_MS = 30_000  # for a command in a terminal: SQLite's lock is not fair, and a busy bot may keep it for seconds
TRIES = 3  # of what two transactions that stood in each other's way ended
ASK_AGAIN_S = 0.1  # what became of a commit, while the server is not back yet
FOR_LONG_S = 2.0  # how long to ask that
UNCLEAR = (
    "The database went away while it was writing, and it can't be asked yet whether that was done. "
    "`/board log` shows the newest changes as soon as it is back; look there before you try again."
)


class Database:
    """One database, SQLite or PostgreSQL, named by an SQLAlchemy URL."""

    def __init__(self, url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        """Name it; the first transaction opens it. `busy_timeout_ms`: how long to wait for somebody else's lock."""
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.writers = 1 if self.is_sqlite else 4  # threads: SQLite has one writer; more would only wait
        self.readers = 1 if self.is_sqlite else 3
        self._wait_ms = busy_timeout_ms
        self._file = File(Path(self.url.database or "")) if self.is_sqlite else None
        self._engine = (
            engines.sqlite(self.url, self._file, busy_timeout_ms)
            if self._file
            else engines.postgresql(self.url, busy_timeout_ms, self.writers + self.readers)
        )
        self._reader = self._engine.execution_options(**_reading(self.is_sqlite))
        self._here = threading.local()  # what holds for the work of this thread
        self._claim: Claim | None = None

    def claiming(self, claim: Claim) -> "Database":
        """Return the same database for one request: with its first change its claim is written, or DoneBefore raised.

        The claim is in the transaction of the change: a crash leaves both or neither.
        """
        one_request = copy(self)
        one_request._claim = claim
        return one_request

    @contextmanager
    def begin(self, *, wait_ms: int | None = None) -> Iterator[Connection]:
        """Open the one transaction of a use case. `wait_ms`: for somebody else's lock, if not as long as usual.

        Raises a violated constraint's refusal; Busy without a lock; Unavailable when it can't be written; Unclear when
        nobody knows whether it was.
        """
        if getattr(self._here, "only_looks", False):
            raise RuntimeError("a call that only looks tried to change something")
        wait_ms = self._time_left_ms() if wait_ms is None else wait_ms
        changing = self._changing_sqlite if self.is_sqlite else self._changing_postgresql
        with self._in_words(), changing(wait_ms) as tx:
            if self._claim:
                self._claim.take(tx)
            yield tx
        if self._claim:
            self._claim.is_held = True

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a snapshot to look at; it takes no lock and changes nothing. Raises Unavailable."""
        with self._in_words(), self._reader.connect() as tx:
            self._check_same()
            yield tx

    def write(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing that the store can do, in a transaction of its own. Raises RuleBroken, Busy."""
        with self.begin() as tx:
            return act(tx, *args, **kwargs)

    def query(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the store for one thing, without a lock."""
        with self.read() as tx:
            return act(tx, *args, **kwargs)

    def in_time(self, until: float, work: Callable[[], T], *, only_looks: bool) -> T:
        """Do what opens one transaction, and again when it collided with another one. Raises what `begin` does.

        `until`: the moment of the monotonic clock until which it may wait for somebody else's lock.
        """
        self._here.until, self._here.only_looks = until, only_looks
        try:
            return self._again(work, until)
        finally:
            del self._here.until, self._here.only_looks

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _again(self, work: Callable[[], T], until: float) -> T:
        for _ in range(TRIES - 1):
            try:
                return work()
            except Collided:
                if time.monotonic() > until:
                    raise
        return work()

    def _time_left_ms(self) -> int:
        until: float | None = getattr(self._here, "until", None)
        if until is None:
            return self._wait_ms
        return max(1, min(self._wait_ms, round((until - time.monotonic()) * 1000)))  # 0 is for ever on PostgreSQL

    @contextmanager
    def _changing_sqlite(self, wait_ms: int) -> Iterator[Connection]:
        with self._engine.connect() as tx:
            self._check_same()
            engines.wait_on_sqlite(tx, wait_ms)
            with tx.begin():
                yield tx

    @contextmanager
    def _changing_postgresql(self, wait_ms: int) -> Iterator[Connection]:
        with self._engine.connect() as tx, tx.begin() as transaction:
            number = engines.begin_on_postgresql(tx, wait_ms)
            yield tx
            try:
                transaction.commit()
            except DBAPIError as error:
                if not faults.is_lost(error) or not self._was_committed(number, error):
                    raise

    def _was_committed(self, number: str, error: DBAPIError) -> bool:
        """Ask the server what became of a transaction whose commit was not answered. Raises Unclear."""
        until = time.monotonic() + FOR_LONG_S
        while time.monotonic() < until:
            try:
                with self._reader.connect() as tx:
                    status: str | None = tx.scalar(
                        text("SELECT pg_xact_status(CAST(:number AS xid8))"), {"number": number}
                    )
            except DBAPIError:
                status = None
            if status in ("committed", "aborted"):
                return status == "committed"
            time.sleep(ASK_AGAIN_S)
        raise Unclear(UNCLEAR, state=State.GONE, reason=str(error.orig)) from error

    def _check_same(self) -> None:
        if self._file:
            self._file.check_same()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Turn an error of the database into what may be said of it; a bug of ours keeps its traceback."""
        try:
            yield
        except PoolIsEmpty as error:
            raise illness(State.SLOW, str(error)) from error
        except DBAPIError as error:
            words = faults.meaning(error)
            if words is None:
                raise
            raise words from error


def _reading(is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        return {engines.LOOKS: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
