"""The one door from asyncio to the services: each call in a thread, and a wake-up for the worker after a change."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.errors import Unavailable
from bot.services.ops.trouble import Trouble
from bot.store.database import Database
from bot.store.faults import State, illness
from bot.store.ops import condition
from bot.store.requests import Claim

P = ParamSpec("P")
T = TypeVar("T")

# Seconds that a call may wait for its turn and for somebody else's lock together: Slack wants its answer within three.
PATIENCE = 2.5


class Lane:
    """Threads of one kind, and what is wrong with the database for them."""

    def __init__(self, db: Database, threads: int, deed: str, *, only_looks: bool) -> None:
        self.trouble = Trouble(deed)
        self._db = db
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=deed)
        self._only_looks = only_looks

    async def do(self, work: Callable[[], T], *, is_small: bool = False) -> T:
        """Do it in a thread. Raises Unavailable when the database can't, or when it does not get its turn in time."""
        try:
            done = await self._in_thread(partial(self._db.in_time, monotonic() + PATIENCE, work))
        except Unavailable as error:
            self.trouble.met(error)
            raise
        self.trouble.over(was_small=is_small)
        return done

    async def _in_thread(self, work: Callable[..., T]) -> T:
        job = self._threads.submit(work, only_looks=self._only_looks)
        doing = asyncio.wrap_future(job)
        try:
            await asyncio.wait({doing}, timeout=PATIENCE)
        except asyncio.CancelledError:
            doing.cancel()
            raise
        if not doing.done() and job.cancel():  # what has begun is waited for: a thread can't be stopped
            raise illness(State.LOCKED, "no thread was free in time")
        return await doing

    def close(self) -> None:
        """Wait for the calls under way: a thread can't be stopped, and its commit should not be."""
        self._threads.shutdown(wait=True)


class Door:
    """Calls services in threads: one that changes for SQLite, which has one writer, and a few for PostgreSQL.

    Who only looks has threads of their own, so that nobody who looks stands behind somebody who waits for a lock.
    """

    def __init__(self, db: Database) -> None:
        self.changed = asyncio.Event()  # set after every change: something may be owed
        self._db = self._unclaimed = db
        self._looking = Lane(db, db.readers, "looked at", only_looks=True)
        self._changing = Lane(db, db.writers, "changed", only_looks=False)

    def claiming(self, key: str, at: datetime) -> "RequestDoor":
        """Return this door for one request; `key` is the same at each delivery of it, `at` when it came."""
        return RequestDoor(self, Claim(key, at))

    async def call(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service that only looks."""
        return await self._looking.do(partial(service, self._db, *args, **kwargs))

    async def change(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service that changes something, and wake whoever pays what is owed for it."""
        done = await self._changing.do(partial(service, self._db, *args, **kwargs))
        self.changed.set()
        return done

    async def write(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing that the store can do, in a transaction of its own."""
        return await self._changing.do(partial(self._db.write, act, *args, **kwargs))

    async def check(self) -> None:
        """Write something that changes nothing. Raises Unavailable when it can't be written, or could not lately."""
        await self._changing.do(partial(self._unclaimed.write, condition.check_writable), is_small=True)
        if self._changing.trouble.state:
            raise illness(State.FULL, "a change did not fit a moment ago")

    async def query(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the store for one thing, without a lock."""
        return await self._looking.do(partial(self._db.query, act, *args, **kwargs))

    def close(self) -> None:
        """Wait for the calls under way."""
        self._looking.close()
        self._changing.close()


class RequestDoor(Door):
    """The door for one request: with its first change it is claimed, in the same transaction, or DoneBefore raised."""

    def __init__(self, door: Door, claim: Claim) -> None:
        self.changed = door.changed
        self._claim = claim
        self._db, self._unclaimed = door._db.claiming(claim), door._db
        self._looking, self._changing = door._looking, door._changing

    @property
    def has_changed(self) -> bool:
        """Whether this request changed something; what is read or refused changes nothing."""
        return self._claim.is_held

    async def claim(self) -> None:
        """Claim the request for an answer that must not come twice, where nothing is changed. Raises DoneBefore."""
        if not self.has_changed:
            await self.write(lambda _tx: None)
