"""The sandbox as the rest of the program sees it: one object to start and to stop."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.api.dispatch import APP_TOKEN, BOT_TOKEN, WebApi
from bot.sandbox.box import SIGNING_SECRET, Box
from bot.sandbox.page_api import PageApi
from bot.sandbox.state.manifest import SOCKET_MODE, Manifest
from bot.sandbox.uploads import Uploads

_HOST = "127.0.0.1"
_BODY_BYTES = 10_000_000


class Sandbox:
    """A Slack in a box on 127.0.0.1: the Web API, Socket Mode, and the page.

    `file` keeps the workspace; `port` 0 takes a free one; `clock` gives aware UTC times; `manifest` says which scopes,
    commands and events the app has. With a `request_url` the bot is sent signed HTTP requests there; without one it
    connects by Socket Mode.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(
        self,
        file: Path,
        port: int,
        clock: Callable[[], datetime],
        manifest: Manifest = SOCKET_MODE,
        request_url: str | None = None,
    ) -> None:
        self.box = Box(file, clock, manifest, request_url)
        self.new = self.box.storage.new
        self._port = port
        self._runner = web.AppRunner(_app(self.box), access_log=None, shutdown_timeout=1)

    @property
    def address(self) -> str:
        """Where the page is; known once the sandbox has started."""
        return self.box.address

    @property
    def api_url(self) -> str:
        """The base URL for a Slack client."""
        return f"{self.box.address}/api/"

    def at_reset(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Call `then` with the ids of the channels whenever the workspace was made as new."""
        self.box.on_reset = lambda: then(tuple(self.box.workspace.channels))

    def now(self) -> datetime:
        """Return the time in the sandbox: the clock, plus what was set on the page. The bot's clock."""
        return self.box.now()

    async def start(self) -> None:
        """Listen; raises OSError, with words for a person, when the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port)
        try:
            await site.start()
        except OSError as error:
            await self.stop()
            raise OSError(error.errno, f"Port {self._port} on {_HOST} can't be used: {error.strerror}") from None
        self.box.address = f"http://{_HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close every connection and the file."""
        await self.box.close()
        await self._runner.cleanup()
        self.box.storage.close()


def _app(box: Box) -> web.Application:
    app = web.Application(client_max_size=_BODY_BYTES, middlewares=[_only_from_here])
    app.add_routes(WebApi(box).routes())
    app.add_routes(Uploads(box).routes())
    app.add_routes(PageApi(box).routes())
    app.add_routes(box.demo.routes())
    app.router.add_get("/socket/", box.sockets.serve)
    return app


@web.middleware
async def _only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a name that only resolves to this machine, and other origins: no page elsewhere may act as the people."""
    origin = request.headers.get("Origin")
    if request.host.partition(":")[0] not in (_HOST, "localhost") or (
        origin and urlsplit(origin).netloc != request.host
    ):
        raise web.HTTPForbidden
    return await handler(request)
