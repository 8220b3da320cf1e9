"""What the page is told as it happens, as Server-Sent Events."""

import asyncio
import json
from collections.abc import Collection

from aiohttp import web

from bot.sandbox.wire import Json

_KEEP_ALIVE = 15.0  # seconds; a comment line, so that a page that went away is noticed


class Live:
    """Everyone who watches, each as one person."""

    def __init__(self) -> None:
        self._watchers: dict[asyncio.Queue[Json | None], str] = {}

    def tell(self, change: Json, to: Collection[str] | None = None) -> None:
        """Send `change` to every open page, or only to the pages of the people in `to`."""
        for queue, person in self._watchers.items():
            if to is None or person in to:
                queue.put_nowait(change)

    def stop(self) -> None:
        """End every stream."""
        for queue in self._watchers:
            queue.put_nowait(None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/live?person=U…`: one JSON change per `data:` line, until either side leaves."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._watchers[queue] = request.query.get("person", "")
        try:
            await response.prepare(request)
            # The page knows by this line that nothing from here on can be missed.
            await response.write(b": watching\n\n")
            await _pour(queue, response)
        except ConnectionError:
            pass  # the page was closed
        finally:
            del self._watchers[queue]
        return response


async def _pour(queue: asyncio.Queue[Json | None], response: web.StreamResponse) -> None:
    while True:
        try:
            async with asyncio.timeout(_KEEP_ALIVE):
                change = await queue.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if change is None:
            return
        await response.write(b"data: " + json.dumps(change, ensure_ascii=False).encode() + b"\n\n")
