"""The one door from asyncio to the services: each call in a thread, and a wake-up for the worker after a change."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.store.database import Database
from bot.store.requests import Claim

P = ParamSpec("P")
T = TypeVar("T")


class Door:
    """Calls services in threads: one for SQLite, which has one writer, a few for PostgreSQL."""

    def __init__(self, db: Database) -> None:
        self.changed = asyncio.Event()  # set after every change: something may be owed
        self._db = db
        self._threads = ThreadPoolExecutor(db.threads, thread_name_prefix="services")

    def claiming(self, key: str, at: datetime) -> "RequestDoor":
        """Return this door for one request; `key` is the same at each delivery of it, `at` when it came."""
        return RequestDoor(self, Claim(key, at))

    async def call(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service after which nothing new is owed."""
        return await self._in_thread(partial(service, self._db, *args, **kwargs))

    async def change(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service that changes a board, and wake whoever pays what is owed for it."""
        outcome = await self.call(service, *args, **kwargs)
        self.changed.set()
        return outcome

    async def write(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing that the store can do, in a transaction of its own."""
        return await self._in_thread(partial(self._db.write, act, *args, **kwargs))

    async def query(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the store for one thing, without a lock."""
        return await self._in_thread(partial(self._db.query, act, *args, **kwargs))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Wait for the calls under way: a thread can't be stopped, and its commit should not be."""
        self._threads.shutdown(wait=True)


class RequestDoor(Door):
    """The door for one request: with its first change it is claimed, in the same transaction, or DoneBefore raised."""

    def __init__(self, door: Door, claim: Claim) -> None:
        self.changed = door.changed
        self._claim = claim
        self._db = door._db.claiming(claim)
        self._threads = door._threads

    @property
    def has_changed(self) -> bool:
        """Whether this request changed something; what is read or refused changes nothing."""
        return self._claim.is_held

    async def claim(self) -> None:
        """Claim the request for an answer that must not come twice, where nothing is changed. Raises DoneBefore."""
        if not self.has_changed:
            await self.write(lambda _tx: None)
