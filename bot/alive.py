"""The dead man's ping: somebody else is told that the bot is alive, and raises the alarm when nobody tells them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds

Ping = Callable[[], Awaitable[None]]
Check = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


@contextlib.asynccontextmanager
async def pinging(ping: Ping, check: Check) -> AsyncIterator[None]:
    """Ping at once and then every minute while the context is open; `check` says whether the bot is well, and why."""
    going_on = asyncio.create_task(_ping_on(ping, check))
    try:
        yield
    finally:
        going_on.cancel()
        await asyncio.wait({going_on})


async def tell_alive(ping: Ping, check: Check) -> None:
    """Ping, unless the bot is unwell: a heart that beats in a bot that does nothing would be an unearned tick."""
    try:
        well, told = await check()
        if not well:
            log.warning("PING_URL is not pinged, because the bot is not well: %s", told)
            return
        await ping()
    except Exception as error:  # whatever is wrong with the network: silence is the message
        log.warning("PING_URL was not pinged: %s", error or type(error).__name__)


async def _ping_on(ping: Ping, check: Check) -> None:
    while True:
        await tell_alive(ping, check)
        await asyncio.sleep(EVERY)
