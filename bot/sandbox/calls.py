"""The inspector's feed: each call and each delivery, with its time and its result."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from bot.sandbox.live import Live
from bot.sandbox.wire import Json

_KEPT = 500


class Calls:
    """The last calls in either direction, newest last."""

    def __init__(self, live: Live, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now
        self._count = 0
        self.recent: deque[Json] = deque(maxlen=_KEPT)

    def note(self, direction: str, method: str, sent: object, answer: object, result: str, ms: float) -> None:
        """Keep one call.

        `direction` is `in` for what the bot calls and `out` for what it is sent; `result` is `ok`, or the error;
        validation messages are taken from the answer.
        """
        self._count += 1
        metadata = answer.get("response_metadata", {}) if isinstance(answer, dict) else {}
        call: Json = {
            "id": self._count,
            "at": self._now().timestamp(),
            "direction": direction,
            "method": method,
            "ms": round(ms, 1),
            "result": result,
            "messages": metadata.get("messages", []),
            "request": sent,
            "response": answer,
        }
        self.recent.append(call)
        self._live.tell({"type": "call", "call": call})
