"""Everything in the box, tied together once."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path

from bot.sandbox.api.responses import Place, ResponseUrls
from bot.sandbox.calls import Calls
from bot.sandbox.delivery.envelopes import Carrier, Envelopes
from bot.sandbox.delivery.signed_http import SignedHttp
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.demo import DemoSite
from bot.sandbox.faults import Faults
from bot.sandbox.flood import Flood
from bot.sandbox.live import Live
from bot.sandbox.state.announced import Announced
from bot.sandbox.state.files import Files
from bot.sandbox.state.manifest import Manifest
from bot.sandbox.state.modals import Modals
from bot.sandbox.state.presence import Presence
from bot.sandbox.state.storage import Storage
from bot.sandbox.state.triggers import Triggers
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.wire import Json

SIGNING_SECRET = "sandbox"  # noqa: S105


class Box:
    """The workspace and all that stands around it; each part is told only what it needs."""

    # docs.slack.dev/apis/events-api, "Retries": seconds before the second, third and fourth try.
    retry_pauses: tuple[float, ...] = (1, 60, 300)

    def __init__(
        self, file: Path, clock: Callable[[], datetime], manifest: Manifest, request_url: str | None = None
    ) -> None:
        self._clock = clock
        self.address = ""
        self.on_reset: Callable[[], None] = lambda: None  # what the program beside the box makes as new
        self.last_event: Json | None = None
        self._running: set[asyncio.Task[None]] = set()
        self.manifest = manifest
        self.storage = Storage(file)
        self._load_settings()
        self.live = Live()
        self.calls = Calls(self.live, self.now)
        self.faults = Faults()
        self.flood = Flood(self.live, self.now)
        self.workspace = Workspace(self.storage, self.live, self.now)
        self.modals = Modals(self.storage, self.live)
        self.triggers = Triggers(self.now)
        self.response_urls = ResponseUrls(self.now)
        self.files = Files(self.storage, self.now)
        self.announced = Announced()
        self.presence = Presence(self.storage, self.now)
        self.sockets = Sockets(self.live)
        self.envelopes = Envelopes(self._carrier(request_url), self.calls, self.faults)

    def _carrier(self, request_url: str | None) -> Carrier:
        return SignedHttp(request_url, SIGNING_SECRET, self.now) if request_url else self.sockets

    def _load_settings(self) -> None:
        settings = self.storage.all("setting")
        self.offset = timedelta(seconds=settings.get("clock", {}).get("seconds", 0))
        self.demo = DemoSite(broken=settings.get("demo", {}).get("broken", False))

    def now(self) -> datetime:
        """Return the time in the box: the clock, plus what was set on the page."""
        return self._clock() + self.offset

    def move_clock(self, seconds: float) -> None:
        """Set how far the box is ahead of the clock."""
        self.offset = timedelta(seconds=seconds)
        self.storage.put("setting", "clock", {"seconds": seconds})
        self.live.tell({"type": "clock", "seconds": seconds, "now": self.now().timestamp()})

    def break_demo(self, *, broken: bool) -> None:
        """Break or mend the demo shop."""
        self.demo.broken = broken
        self.storage.put("setting", "demo", {"broken": broken})
        self.live.tell({"type": "demo", "broken": broken})

    def response_url(self, place: Place) -> str:
        """Return a new response URL for what happened at `place`."""
        return f"{self.address}/response/{self.response_urls.issue(place)}"

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Run `work` beside everything else, until it is done or the box is closed."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Stop what runs, say goodbye to everyone, and close the file."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self.live.stop()
        await self.sockets.close()

    def reset(self) -> None:
        """Make everything as new: messages, modals, clock, demo site and troubles."""
        self.workspace.reset()
        self.modals.reset()
        self.faults.clear()
        self.flood.clear()
        self.move_clock(0)
        self.break_demo(broken=False)
        self.live.tell({"type": "reset"})
        self.on_reset()
