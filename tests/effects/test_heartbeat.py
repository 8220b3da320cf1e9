"""The heartbeat: a digest that is due is claimed once, by whoever ticks first, and a late one says so or is skipped."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.effects import heartbeat
from bot.effects.heartbeat import tick
from bot.effects.means import Means
from bot.effects.pulse import Pulse
from bot.effects.worker import Worker
from bot.facts.scripts.script import Script
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from bot.store.outbox import Owed
from bot.store.requests import Claim
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


@pytest.mark.parametrize(("second", "wait"), [(57.4, 2.6), (0, 5), (4.999, 0.001)])
def test_the_heart_beats_on_the_dot(second: float, wait: float) -> None:
    """A digest is due at a full minute, and is not to wait for a heartbeat that comes some seconds later."""
    now = datetime(2026, 3, 2, 8, 59, tzinfo=UTC) + timedelta(seconds=second)
    assert heartbeat.until_the_dot(now, heartbeat.EVERY) == pytest.approx(wait)


@given(st.datetimes(timezones=st.just(UTC)))
def test_no_beat_is_further_away_than_there_is_between_two(now: datetime) -> None:
    assert 0 < heartbeat.until_the_dot(now, heartbeat.EVERY) <= heartbeat.EVERY


@pytest.mark.parametrize("hours", [-1, -400 * 24, 400 * 24])
async def test_the_heart_beats_on_when_the_clock_is_set(
    works: Works, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    beats: list[datetime] = []

    async def tick(means: Means) -> None:
        beats.append(means.clock())
        works.clock.forward(hours=hours if len(beats) == 2 else 0)

    monkeypatch.setattr(heartbeat, "tick", tick)
    monkeypatch.setattr(heartbeat, "EVERY", 0.001)
    beating = asyncio.create_task(heartbeat.beat_on(works.means))
    await until(lambda: len(beats) > 4)
    beating.cancel()


async def test_a_beat_that_fails_is_logged_is_no_sign_of_life_and_is_tried_again(
    works: Works, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    still: list[float | None] = []  # how long, at each beat; one second goes by in each
    works.means = replace(works.means, pulse=(pulse := Pulse(lambda: float(len(still)))))

    async def tick(_: Means) -> None:
        still.append(pulse.since_beat)
        if len(still) < 3:
            raise ConnectionError("the database is restarting")

    monkeypatch.setattr(heartbeat, "tick", tick)
    monkeypatch.setattr(heartbeat, "EVERY", 0.001)
    beating = asyncio.create_task(heartbeat.beat_on(works.means))
    await until(lambda: len(still) > 3)
    beating.cancel()
    assert still[:4] == [None, None, None, 0]
    assert caplog.text.count("what is due could not be claimed") == 2


async def test_with_the_clock_an_hour_back_the_digest_comes_and_facts_are_looked_at(works: Works) -> None:
    works.file.listed = (Script(name="Shop", kind="script", command=("true",), every="1m"),)  # type: ignore[arg-type]
    works.clock.forward(minutes=20)
    await tick(works.means)
    await works.pay()
    works.clock.forward(hours=-1)
    before = works.asked
    await tick(works.means)
    await works.pay()
    assert works.asked == before + 1
    works.clock.forward(minutes=70)
    await tick(works.means)
    await works.pay()
    assert days(works) == ["digest:C1/2026-03-02"]


async def test_requests_that_were_done_are_forgotten_in_time(works: Works) -> None:
    works.db.claiming(Claim("trigger 1", works.clock())).write(lambda _tx: None)
    for hours, count in ((1, 1), (1.1, 0)):
        works.clock.forward(hours=hours)
        await tick(works.means)
        with works.db.read() as tx:
            assert len(tx.execute(select(tables.requests)).all()) == count


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
