"""The one door from asyncio to the services."""

import asyncio
import threading

import pytest

from bot.errors import NotFound
from bot.services.board import look
from bot.services.door import Door
from bot.store.database import Database
from tests.services.stage import CHANNEL, NOW


async def test_a_call_runs_in_a_thread_of_its_own_and_gives_what_the_service_gives(db: Database) -> None:
    door = Door(db)
    assert (await door.call(look.look, CHANNEL, NOW)).channel == CHANNEL
    assert await door.call(lambda _: threading.current_thread()) is not threading.main_thread()
    door.close()


async def test_only_a_change_wakes_the_worker_and_a_refused_one_does_not(db: Database) -> None:
    door = Door(db)
    await door.call(look.look, CHANNEL, NOW)
    with pytest.raises(NotFound):
        await door.change(look.show, CHANNEL, 1)
    assert not door.changed.is_set()
    await door.change(look.look, CHANNEL, NOW)
    assert door.changed.is_set()
    door.close()


async def test_closing_waits_for_the_change_under_way(sqlite: Database) -> None:
    door = Door(sqlite)
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def slow(_: Database) -> None:
        begun.set()
        go.wait()
        done.set()

    changing = asyncio.create_task(door.change(slow))
    await asyncio.to_thread(begun.wait)
    changing.cancel()
    go.set()
    door.close()
    assert done.is_set()
    with pytest.raises(asyncio.CancelledError):
        await changing
