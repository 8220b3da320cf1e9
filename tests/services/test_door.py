"""The one door from asyncio to the services."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from bot.core.board.edits import Draft
from bot.errors import Busy, NotFound, Unavailable
from bot.services import door as module
from bot.services.board import look, moves
from bot.services.change import Ask
from bot.services.door import Door
from bot.store import faults
from bot.store.database import TRIES, Database
from bot.store.faults import State
from tests.illness import Illness, locked
from tests.people import ALICE
from tests.services.stage import CHANNEL, NOW

ASK, AN_ITEM = Ask(CHANNEL, ALICE, NOW), Draft("An item")


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


@pytest.fixture
def door(sqlite: Database) -> Iterator[Door]:
    made = Door(sqlite)
    yield made
    made.close()


def nothing(_: Database) -> None:
    """A service that asks nothing of the database."""


async def test_who_looks_does_not_stand_behind_somebody_who_waits_for_a_lock(door: Door, sqlite: Database) -> None:
    with locked(sqlite):
        changing = asyncio.create_task(door.change(moves.add, ASK, AN_ITEM))
        assert (await door.call(look.look, CHANNEL, NOW)).version == 0
        assert not changing.done()
    await changing
    assert (await door.call(look.look, CHANNEL, NOW)).version == 1


async def test_who_does_not_get_a_turn_in_time_is_refused_and_nothing_of_it_happens_later(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    begun, go, happened = threading.Event(), threading.Event(), threading.Event()

    def slow(_: Database) -> bool:
        begun.set()
        return go.wait()

    busy = asyncio.create_task(door.change(slow))
    await asyncio.to_thread(begun.wait)
    try:
        with pytest.raises(Busy, match="it takes longer than usual"):
            await door.change(lambda _: happened.set())
    finally:
        go.set()
    assert await busy is True  # what had begun is waited for, however long it takes
    await door.change(nothing)
    assert not happened.is_set()


async def test_time_that_went_by_in_the_queue_is_not_waited_for_once_more(door: Door, sqlite: Database) -> None:
    add = partial(moves.add, sqlite, ASK, AN_ITEM)
    with locked(sqlite), pytest.raises(Busy):  # this database would wait for half a minute
        await asyncio.to_thread(sqlite.in_time, 0.0, add, only_looks=False)


async def test_a_call_that_only_looks_can_not_change_anything(door: Door) -> None:
    with pytest.raises(RuntimeError, match="only looks"):
        await door.call(moves.add, ASK, AN_ITEM)


@pytest.mark.parametrize(("collisions", "times"), [(0, 1), (TRIES - 1, TRIES), (TRIES, TRIES)])
async def test_what_collides_is_done_again_a_few_times(door: Door, collisions: int, times: int) -> None:
    tried = []

    def collide(_: Database) -> str:
        tried.append("once")
        if len(tried) <= collisions:
            raise faults.illness(State.LOCKED, "deadlock detected", is_collision=True)
        return "done"

    if collisions < TRIES:
        assert await door.change(collide) == "done"
    else:
        with pytest.raises(Busy):
            await door.change(collide)
    assert len(tried) == times


async def test_what_is_wrong_with_the_database_is_logged_once_and_that_it_is_over_with_a_count(
    door: Door, illness: Illness, caplog: pytest.LogCaptureFixture
) -> None:
    illness.is_read_only = True
    for _ in range(5):
        with pytest.raises(Unavailable, match=r"it is read-only\. Nothing was changed"):
            await door.change(moves.add, ASK, AN_ITEM)
        await door.call(look.look, CHANNEL, NOW)
    illness.is_read_only = False
    await door.change(moves.add, ASK, AN_ITEM)
    await door.change(moves.add, ASK, AN_ITEM)
    assert [(record.levelno, record.message.partition(":")[0]) for record in caplog.records] == [
        (logging.ERROR, "The database can't be changed (read-only)"),
        (logging.WARNING, "The database can be changed again, after 5 refusals."),
    ]
