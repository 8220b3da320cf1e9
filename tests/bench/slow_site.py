"""A site that takes 100 ms for a page, and has one that never ends."""

import asyncio
import contextlib

from aiohttp import web

DELAY = 0.1  # seconds


async def late(request: web.Request) -> web.Response:
    await asyncio.sleep(DELAY)
    return web.Response(text="12 products")


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):  # they always leave before the end
        while True:
            await response.write(b"." * 65536)
    return response


async def main() -> None:
    application = web.Application()
    application.add_routes([web.get("/late", late), web.get("/endless", endless)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    assert runner.addresses
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
