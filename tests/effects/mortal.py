"""A process that dies at a chosen point: before or after anything it does to the database, a file or Slack."""

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

from bot.effects.means import Means
from bot.effects.worker import Worker
from bot.places.library import Shelf
from bot.store import outbox
from tests.effects.stage import Works
from tests.waiting import until

IDLE = ("is_due", "renew")  # they change nothing that a crash could leave half done


class Died(BaseException):
    """The process is no more."""


class Fuse:
    """Counts the points and dies at one of them; whatever the process tries after that dies, too."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.points: list[str] = []
        self.is_burnt = False

    def point(self, name: str) -> None:
        self.points.append(name)
        if self.is_burnt or len(self.points) == self.at:
            self.is_burnt = True
            raise Died(name)


class Mortal:
    """Something whose every call is a point: after it; outside the database also before it.

    Before a call of a service is after the one that came before it.
    """

    def __init__(self, immortal: Any, fuse: Fuse, methods: tuple[str, ...]) -> None:
        self._immortal, self._fuse, self._methods = immortal, fuse, methods

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._immortal, name)
        if name not in self._methods:
            return found

        async def call(*args: Any, **kwargs: Any) -> Any:
            what = getattr(args[0], "__name__", "") if args else ""
            if what in IDLE:
                return await found(*args, **kwargs)
            if not what:
                self._fuse.point(f"before {name}")
            told = await found(*args, **kwargs)
            self._fuse.point(f"after {name} {what}")
            return told

        return call


async def lives_and_dies(works: Works, at: int) -> Fuse:
    """Let a process pay until it dies at that point, or has paid everything without coming to it."""
    fuse = Fuse(at)
    door: Any = Mortal(works.door, fuse, ("call", "change", "write", "query"))
    slack: Any = Mortal(works.slack, fuse, ("post", "update"))
    places = {
        channel: Shelf(channel, Mortal(shelf.place, fuse, ("read", "write")), shelf.names)
        for channel, shelf in works.means.library.items()
    }
    own = Means(door, slack, works.clock, works.means.ask_production, works.means.directory, works.means.listed)
    worker = Worker(replace(own, library=places))
    running = asyncio.create_task(worker.run())
    await until(lambda: fuse.is_burnt or not works.db.query(outbox.is_due, works.clock()))
    worker.stop()
    with contextlib.suppress(Died):
        await running
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    works.door.close()  # what is being committed is committed or not; the dead commit nothing once others go on
    return fuse
