"""`GET /healthz`: 200 when all is well, 503 with the reason when it is not."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot import health
from bot.effects.pulse import STILL_FOR, Pulse
from bot.errors import Unavailable
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.door import Door
from bot.slack.client import SlackRefused
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Owed
from tests.fakes import Clock, FakeSlack
from tests.illness import Illness, locked
from tests.people import ALICE


class Line:
    """The connection to Slack."""

    is_up = True

    async def __call__(self) -> bool:
        return self.is_up


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack(Clock())


@pytest.fixture
def seconds() -> list[float]:
    """A clock that nobody can set: its last figure is now."""
    return [0.0]


@pytest.fixture
def pulse(seconds: list[float]) -> Pulse:
    pulse = Pulse(lambda: seconds[-1])
    pulse.beat()
    pulse.turn()
    return pulse


@pytest.fixture
def door(sqlite: Database) -> Iterator[Door]:
    door = Door(sqlite)
    yield door
    door.close()


@pytest.fixture
async def url(door: Door, line: Line, slack: FakeSlack, pulse: Pulse, unused_tcp_port: int) -> AsyncIterator[str]:
    clock = Clock()
    clock.forward(minutes=30)
    async with health.served(unused_tcp_port, partial(health.checked, door, clock, line, slack.refusal, pulse)):
        yield f"http://127.0.0.1:{unused_tcp_port}/healthz"


async def asked(url: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


async def test_a_bot_that_is_well_says_so(url: str) -> None:
    status, told = await asked(url)
    assert (status, told["ok"], told["slack"], told["owed"]) == (200, True, True, 0)


async def test_while_slack_takes_no_call_it_is_not_well(url: str, sqlite: Database) -> None:
    with sqlite.begin() as tx:
        outbox.owe(tx, Owed.BOARD, "C1", Clock()())
        [debt] = outbox.claim(tx, Clock()(), 1)
        outbox.pause(tx, debt, "token_revoked", Clock()(), timedelta(hours=1))
    status, told = await asked(url)
    assert (status, told["ok"], told["paused"], told["given_up"]) == (503, False, "token_revoked", 0)


async def test_a_token_that_is_refused_is_noticed_where_nothing_was_asked_of_slack(
    url: str, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await asked(url))[0] == 200
    slack.fails("whoami", SlackRefused("token_revoked"))
    assert (await asked(url))[0] == 200, "Slack is not asked each time"
    monkeypatch.setattr("bot.slack.client.ASKED_WITHIN", 0)
    status, told = await asked(url)
    assert (status, told["ok"], told["paused"], told["slack"]) == (503, False, "token_revoked", True)
    assert (await asked(url))[0] == 200


async def test_without_slack_it_is_not_well(url: str, line: Line) -> None:
    line.is_up = False
    assert (await asked(url))[0] == 503


async def test_with_debts_that_nobody_pays_it_is_not_well(url: str, sqlite: Database) -> None:
    schedule.post_now(sqlite, Ask("C1", ALICE, Clock()() + timedelta(minutes=1)))
    status, told = await asked(url)
    assert (status, told["ok"], told["owed"]) == (503, False, 2)


@pytest.mark.parametrize("beats", ["beat", "turn"])
async def test_with_a_heart_or_a_worker_that_stands_still_it_is_not_well(
    url: str, pulse: Pulse, seconds: list[float], beats: str
) -> None:
    seconds.append(STILL_FOR)
    assert (await asked(url))[0] == 200
    seconds.append(STILL_FOR + 1)
    getattr(pulse, beats)()
    status, told = await asked(url)
    assert (status, told["ok"]) == (503, False)
    assert sorted((told["heartbeat_s"], told["worker_s"])) == [0, 61]  # type: ignore[type-var]


@pytest.mark.parametrize(("first", "second"), [("beat", "turn"), ("turn", "beat")])
async def test_until_heart_and_worker_have_begun_it_is_not_well(
    door: Door, line: Line, slack: FakeSlack, first: str, second: str
) -> None:
    pulse = Pulse(lambda: 0.0)
    check = partial(health.checked, door, Clock(), line, slack.refusal, pulse)
    well, figures = await check()
    assert (well, figures["heartbeat_s"], figures["worker_s"]) == (False, None, None)
    getattr(pulse, first)()
    assert not (await check())[0]
    getattr(pulse, second)()
    assert (await check())[0]


async def test_without_its_database_it_is_not_well_and_says_no_secret(url: str, sqlite: Database) -> None:
    with sqlite.begin() as tx:
        tx.exec_driver_sql("DROP TABLE outbox")
    assert await asked(url) == (503, ill("OperationalError"))


def ill(database: str) -> dict[str, object]:
    """What is told of a database that can't be used."""
    return {"ok": False, "slack": True, "heartbeat_s": 0, "worker_s": 0, "database": database}


async def test_a_database_that_can_not_be_written_is_not_well(url: str, illness: Illness) -> None:
    illness.is_read_only = True
    assert await asked(url) == (503, ill("read-only"))
    illness.is_read_only = False
    assert (await asked(url))[0] == 200


async def test_a_database_that_is_locked_is_not_well(
    url: str, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.door.PATIENCE", 0.05)
    with locked(sqlite):
        assert await asked(url) == (503, ill("locked"))
    monkeypatch.undo()
    assert (await asked(url))[0] == 200


async def test_a_database_whose_disk_is_full_is_not_well_even_where_a_little_still_fits(
    url: str, door: Door, illness: Illness
) -> None:
    illness.is_full = True
    with pytest.raises(Unavailable, match=r"its disk is full\. Nothing was changed"):
        await door.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = hex(zeroblob(9000))")))
    assert await asked(url) == (503, ill("full"))
    illness.is_full = False
    await door.write(lambda tx: tx.execute(text("CREATE TABLE larger AS SELECT hex(zeroblob(9000))")))
    assert (await asked(url))[0] == 200


async def test_a_disk_that_is_all_but_full_is_not_well(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.ops.condition.ROOM", 2**62)
    assert (await asked(url))[1]["database"] == "full"


async def test_a_file_that_is_gone_is_not_well_and_not_made_anew(url: str, door: Door, moved: Path) -> None:
    await _is_moved(url, door)
    assert not await asyncio.to_thread(moved.exists)


async def test_a_file_that_was_replaced_is_not_well(url: str, door: Door, moved: Path, sqlite_template: Path) -> None:
    await asyncio.to_thread(shutil.copy, sqlite_template, moved)
    await _is_moved(url, door)


@pytest.fixture
def moved(sqlite: Database) -> Path:
    """Where the file was, which is somewhere else now."""
    sqlite.query(outbox.is_due, Clock()())
    file = Path(str(sqlite.url.database))
    file.rename(file.with_name("aside.db"))
    return file


async def _is_moved(url: str, door: Door) -> None:
    assert await asked(url) == (503, ill("moved"))
    with pytest.raises(Unavailable, match="moved, replaced or deleted while the bot ran"):
        await door.change(schedule.post_now, Ask("C1", ALICE, Clock()()))
