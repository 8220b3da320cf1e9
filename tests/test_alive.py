"""The dead man's ping: sent while the bot is well, from its first heartbeat on, and never otherwise."""

import asyncio
from typing import Any

import pytest

from bot import health
from bot.health import pinging, tell_alive
from tests.waiting import until


class Watchdog:
    """Somebody who is told that the bot is alive."""

    def __init__(self) -> None:
        self.told = 0
        self.is_well = True
        self.fault: Exception | None = None
        self.begun = asyncio.Event()

    async def ping(self) -> None:
        if self.fault:
            raise self.fault
        self.told += 1

    async def check(self) -> tuple[bool, dict[str, Any]]:
        return self.is_well, {"ok": self.is_well, "slack": self.is_well}


async def test_a_bot_that_is_well_pings_as_soon_as_its_heart_beats_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "EVERY", 0)
    dog = Watchdog()
    async with pinging(dog.ping, dog.check, dog.begun.wait):
        await asyncio.sleep(0)
        assert dog.told == 0
        dog.begun.set()
        await until(lambda: dog.told > 1)
    told = dog.told
    await asyncio.sleep(0)
    assert dog.told == told


async def test_a_bot_that_is_not_well_is_silent_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog()
    dog.is_well = False
    await tell_alive(dog.ping, dog.check)
    assert dog.told == 0
    assert "PING_URL is not pinged" in caplog.text
    assert "'slack': False" in caplog.text


async def test_a_ping_that_fails_is_logged_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(health, "EVERY", 0)
    dog = Watchdog()
    dog.fault = ConnectionError("no route")
    dog.begun.set()
    async with pinging(dog.ping, dog.check, dog.begun.wait):
        await until(lambda: "PING_URL was not pinged: no route" in caplog.text)
        dog.fault = None
        await until(lambda: dog.told > 0)
