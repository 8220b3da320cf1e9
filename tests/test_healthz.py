"""`GET /healthz`: 200 when all is well, 503 with the reason when it is not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import aiohttp
import pytest

from bot import health
from bot.effects.pulse import STILL_FOR, Pulse
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.door import Door
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Owed
from tests.fakes import Clock
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
def seconds() -> list[float]:
    """A clock that nobody can set: its last figure is now."""
    return [0.0]


@pytest.fixture
def pulse(seconds: list[float]) -> Pulse:
    return Pulse(lambda: seconds[-1])


@pytest.fixture
async def url(sqlite: Database, line: Line, pulse: Pulse, unused_tcp_port: int) -> AsyncIterator[str]:
    clock = Clock()
    clock.forward(minutes=30)
    door = Door(sqlite)
    async with health.served(unused_tcp_port, partial(health.checked, door, clock, line, pulse)):
        yield f"http://127.0.0.1:{unused_tcp_port}/healthz"
    door.close()


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


async def test_without_its_database_it_is_not_well_and_says_no_secret(url: str, sqlite: Database) -> None:
    with sqlite.begin() as tx:
        tx.exec_driver_sql("DROP TABLE outbox")
    assert await asked(url) == (
        503,
        {"ok": False, "slack": True, "heartbeat_s": 0, "worker_s": 0, "database": "OperationalError"},
    )
