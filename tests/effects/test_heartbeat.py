"""The heartbeat: a digest that is due is claimed once, by whoever ticks first, and a late one says so or is skipped."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import update

from bot.effects import heartbeat
from bot.effects.heartbeat import tick
from bot.effects.worker import Worker
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.effects.stage import Works
from tests.furnished import on_both
from tests.illness import Illness
from tests.people import ALICE
from tests.waiting import until

Another = Callable[[], Works]


@pytest.fixture
def works(works: Works) -> Works:
    """The digest is wanted at half past nine; it is nine."""
    schedule.set_time(works.db, works.alice, time(9, 30))
    return works


def days(works: Works) -> list[str]:
    return [message.key for message in works.slack.in_channel("digest")]


async def test_before_its_time_there_is_none(works: Works) -> None:
    works.clock.forward(minutes=29, seconds=59)
    await tick(works.means)
    assert owed(works.db, Owed.DIGEST) == []


@on_both
async def test_two_processes_tick_and_one_digest_is_posted(works: Works, another: Another) -> None:
    others = [another() for _ in range(3)]
    works.clock.forward(minutes=30)
    await asyncio.gather(*(tick(one.means) for one in (works, *others)))
    await asyncio.gather(*(one.pay() for one in (works, *others)))
    await tick(others[0].means)
    await works.pay()
    assert days(works) == ["digest:C1/2026-03-02"]
    assert "late" not in str(works.slack.in_channel("digest")[0].blocks)


async def test_every_workday_has_one(works: Works) -> None:
    for _ in range(24 * 7):
        works.clock.forward(hours=1)
        await tick(works.means)
        await works.pay()
    assert days(works) == [f"digest:C1/2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]


async def test_a_late_one_says_so(works: Works) -> None:
    works.clock.forward(minutes=30 + 95)
    await tick(works.means)
    await works.pay()
    assert "late by 1 h 35 min" in str(works.slack.in_channel("digest")[0].blocks)


async def test_one_that_is_too_late_is_skipped_and_the_next_one_comes(works: Works) -> None:
    works.clock.forward(hours=5)
    await tick(works.means)
    await works.pay()
    assert days(works) == []
    works.clock.forward(hours=20)
    await tick(works.means)
    await works.pay()
    assert days(works) == ["digest:C1/2026-03-03"]


async def test_a_clock_that_jumps_back_brings_no_second_one(works: Works) -> None:
    works.clock.forward(minutes=31)
    await tick(works.means)
    await works.pay()
    works.clock.forward(minutes=-20)
    schedule.set_time(works.db, works.alice, time(9, 20))
    for _ in range(30):
        works.clock.forward(minutes=1)
        await tick(works.means)
        await works.pay()
    assert days(works) == ["digest:C1/2026-03-02"]


async def test_a_board_that_fails_holds_up_no_other(works: Works, caplog: pytest.LogCaptureFixture) -> None:
    for channel in ("C2", "C3"):
        schedule.set_time(works.db, Ask(channel, ALICE, works.clock()), time(9, 30))
    with works.db.begin() as tx:
        tx.execute(update(tables.boards).where(tables.boards.c.channel == "C2").values(zone="Atlantis/Poseidonis"))
    works.clock.forward(minutes=30)
    await tick(works.means)
    assert [key.split("/")[0] for key in owed(works.db, Owed.DIGEST)] == ["C1", "C3"]
    assert "the digest of C2 could not be claimed" in caplog.text


async def test_more_boards_than_are_claimed_together_are_all_claimed(works: Works) -> None:
    channels = [f"C{k}" for k in range(1, 2 * heartbeat.TOGETHER + 2)]
    for channel in channels[1:]:
        schedule.set_time(works.db, Ask(channel, ALICE, works.clock()), time(9, 30))
    works.clock.forward(minutes=30)
    await tick(works.means)
    assert sorted(key.split("/")[0] for key in owed(works.db, Owed.DIGEST)) == sorted(channels)


def test_the_heart_beats_on_the_dot(works: Works) -> None:
    """A digest is due at a full minute, and is not to wait for a heartbeat that comes some seconds later."""
    [job] = heartbeat.heartbeat(works.means).get_jobs()
    now = datetime(2026, 3, 2, 8, 59, 57, 400_000, UTC)
    assert job.trigger.get_next_fire_time(None, now) == datetime(2026, 3, 2, 9, 0, 0, 0, UTC)


async def test_the_heart_beats(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    beaten = asyncio.Event()

    async def once(_: object) -> None:
        beaten.set()

    monkeypatch.setattr(heartbeat, "tick", once)
    monkeypatch.setattr(heartbeat, "EVERY", 0.01)
    beat = heartbeat.heartbeat(works.means)
    beat.start()
    await beaten.wait()
    beat.shutdown(wait=False)


async def test_a_database_that_is_ill_is_logged_once_while_what_is_due_waits_for_it(
    works: Works, illness: Illness, caplog: pytest.LogCaptureFixture
) -> None:
    schedule.post_now(works.db, works.alice)
    illness.is_read_only = True
    worker = Worker(works.means)
    paying = asyncio.create_task(worker.run())
    for _ in range(5):
        works.clock.forward(minutes=6)
        await tick(works.means)
        works.door.changed.set()
        await asyncio.gather(works.calm(), return_exceptions=True)
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "The database can't be changed (read-only)"
    ]
    assert works.slack.in_channel() == []
    illness.is_read_only = False
    await until(lambda: works.slack.in_channel("digest"))
    worker.stop()
    await paying
    assert all(record.exc_info is None for record in caplog.records)
