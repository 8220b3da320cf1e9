"""`GET /healthz`: whether the bot is well, for whoever watches over it."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.services import doctor
from bot.services.door import Door

Check = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


@contextlib.asynccontextmanager
async def served(port: int, check: Check) -> AsyncIterator[None]:
    """Answer on every address of this host while the context is open. Raises OSError when the port is taken."""

    async def answer(_request: web.Request) -> web.Response:
        well, told = await check()
        return web.json_response(told, status=200 if well else 503)

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
    door: Door, clock: Callable[[], datetime], is_connected: Callable[[], Awaitable[bool]]
) -> tuple[bool, dict[str, Any]]:
    """Say whether all is well, and the figures behind it; nothing in them is secret."""
    slack = await is_connected()
    try:
        found = await door.call(doctor.examine, clock())
    except Exception as error:  # whatever is wrong with the database: it is what is asked for here
        return False, {"ok": False, "slack": slack, "database": type(error).__name__}
    well = slack and not found.is_stuck
    return well, {"ok": well, "slack": slack, **doctor.as_plain(found)}
