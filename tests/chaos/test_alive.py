"""Whoever watches over the bot: `GET /healthz` and the dead man's ping of a real process."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.chaos.stage import Scene


class Watchdog:
    """An address that counts who came by."""

    def __init__(self) -> None:
        self.pinged = asyncio.Event()
        self.address = ""

    async def answer(self, _request: web.Request) -> web.Response:
        self.pinged.set()
        return web.Response(text="OK")


@pytest.fixture
async def watchdog() -> AsyncIterator[Watchdog]:
    dog, application = Watchdog(), web.Application()
    application.router.add_get("/ping", dog.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    dog.address = f"http://127.0.0.1:{runner.addresses[0][1]}/ping"
    yield dog
    await runner.cleanup()


async def asked(port: int) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
        return response.status, await response.json()


async def becomes(port: int, status: int) -> dict[str, Any]:
    """Ask until the status is that."""
    async with asyncio.timeout(60):
        while (answer := await asked(port))[0] != status:  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.05)
    return answer[1]


async def test_a_bot_that_is_well_says_so_until_slack_is_gone(
    stage: Scene, watchdog: Watchdog, unused_tcp_port: int
) -> None:
    bot = await stage.bot(HEALTH_PORT=str(unused_tcp_port), PING_URL=watchdog.address)
    told = await becomes(unused_tcp_port, 200)
    assert (told["ok"], told["slack"], told["given_up"], told["last_backup"]) == (True, True, 0, None)
    assert told["database_bytes"] > 10_000
    await watchdog.pinged.wait()
    await stage.sandbox.stop()
    told = await becomes(unused_tcp_port, 503)
    assert (told["ok"], told["slack"]) == (False, False)
    assert await bot.asked_to_stop() == 0
    assert "Traceback" not in bot.said
