"""Whether the bot is well, for whoever watches over it: `GET /healthz`, and the dead man's ping."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import ClientResponseError, InvalidURL, web

from bot.effects.pulse import Pulse
from bot.errors import Unavailable
from bot.services.door import Door
from bot.services.ops import doctor

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds

Ping = Callable[[], Awaitable[None]]
Check = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


@contextlib.asynccontextmanager
async def pinging(ping: Ping, check: Check, has_begun: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Ping every minute while the context is open, from when the bot has begun its work.

    `check` says whether the bot is well, and why.
    """
    going_on = asyncio.create_task(_ping_on(ping, check, has_begun))
    try:
        yield
    finally:
        going_on.cancel()
        await asyncio.wait({going_on})


async def tell_alive(ping: Ping, check: Check) -> None:
    """Ping, unless the bot is unwell: a heart that beats in a bot that does nothing would be an unearned tick."""
    try:
        well, figures = await check()
        if not well:
            log.warning("PING_URL is not pinged, because the bot is not well: %s", figures)
            return
        await ping()
    except Exception as error:  # whatever is wrong with the network: silence is the message
        log.warning("PING_URL was not pinged: %s", _reason(error))


def _reason(error: Exception) -> str:
    """Say why in words without the address, which is a secret: whoever knows it can say that the bot is alive."""
    if isinstance(error, ClientResponseError):
        return f"it answers {error.status}"
    if isinstance(error, InvalidURL):
        return "it is no address"
    return str(error) or type(error).__name__


async def _ping_on(ping: Ping, check: Check, has_begun: Callable[[], Awaitable[object]]) -> None:
    await has_begun()
    while True:
        await tell_alive(ping, check)
        await asyncio.sleep(EVERY)


@contextlib.asynccontextmanager
async def served(port: int, check: Check) -> AsyncIterator[None]:
    """Answer on every address of this host while the context is open. Raises OSError when the port is taken."""

    async def answer(_request: web.Request) -> web.Response:
        well, figures = await check()
        return web.json_response(figures, status=200 if well else 503)

    application = web.Application()
    application.router.add_get("/healthz", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, port=port).start()
        yield
    finally:
        await runner.cleanup()


async def checked(
    door: Door,
    clock: Callable[[], datetime],
    is_connected: Callable[[], Awaitable[bool]],
    refusal: Callable[[], Awaitable[str]],
    pulse: Pulse,
) -> tuple[bool, dict[str, Any]]:
    """Say whether all is well, and the figures behind it; nothing in them is secret.

    `refusal` gives Slack's word for why it takes no call.
    """
    slack, refused = await is_connected(), await refusal()
    signs = {"heartbeat_s": _rounded(pulse.since_beat), "worker_s": _rounded(pulse.since_turn)}
    try:
        await door.check()
        state = await door.call(doctor.examine, clock())
    except Unavailable as error:
        return False, {"ok": False, "slack": slack, **signs, "database": error.state}
    except Exception as error:  # whatever is wrong with the database: it is what is asked for here
        return False, {"ok": False, "slack": slack, **signs, "database": type(error).__name__}
    paused = refused or state.paused
    well = slack and not (state.is_stuck or paused or pulse.is_still)
    return well, {"ok": well, "slack": slack, **signs, **doctor.as_plain(state), "paused": paused}


def _rounded(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
