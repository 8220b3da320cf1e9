"""Messages that come faster than Slack takes them for long."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from bot.sandbox.live import Live
from bot.sandbox.wire import RateLimited


class Flood:
    """How many messages came within a second of the one before, by channel.

    docs.slack.dev/apis/web-api/rate-limits: chat.postMessage allows about one message a second a channel, and short
    bursts: so they are counted for the inspector, and refused only when that is asked for.
    """

    def __init__(self, live: Live, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now
        self._last: dict[str, datetime] = {}
        self._counts: Counter[str] = Counter()

    def note(self, channel: str, *, refusing: bool) -> None:
        """Note a message that is about to be posted. Raises RateLimited when it is too early and `refusing`."""
        now, last = self._now(), self._last.get(channel)
        if last is not None and 0 <= (now - last).total_seconds() < 1:
            self._counts[channel] += 1
            self._live.tell({"type": "flood", "channels": self.state()})
            if refusing:
                raise RateLimited(1)
        self._last[channel] = now

    def state(self) -> dict[str, int]:
        """Return the counts, by the ids of the channels."""
        return dict(self._counts)

    def clear(self) -> None:
        """Begin to count anew."""
        self._last.clear()
        self._counts.clear()
