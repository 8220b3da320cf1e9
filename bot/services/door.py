"""The one door from asyncio to the services: each call in a thread, and a wake-up for the worker after a change."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from bot.store.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class Door:
    """Calls services in threads: one for SQLite, which has one writer, a few for PostgreSQL."""

    def __init__(self, db: Database) -> None:
        self.changed = asyncio.Event()  # set after every change: something may be owed
        self._db = db
        self._threads = ThreadPoolExecutor(db.threads, thread_name_prefix="services")

    async def call(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service after which nothing new is owed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(service, self._db, *args, **kwargs))

    async def change(self, service: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service that changes a board, and wake whoever pays what is owed for it."""
        told = await self.call(service, *args, **kwargs)
        self.changed.set()
        return told

    def close(self) -> None:
        """Wait for the calls under way: a thread can't be stopped, and its commit should not be."""
        self._threads.shutdown(wait=True)
