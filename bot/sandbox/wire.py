"""What goes over the wire: JSON objects, and Slack's way of refusing."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """Slack's `{"ok": false, "error": code}`.

    `messages` go into `response_metadata.messages` (where block validation points at the place);
    `more` stands beside the code, as `needed` and `provided` do for `missing_scope`.
    """

    def __init__(self, code: str, messages: Sequence[str] = (), **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.more = more

    def answer(self) -> Json:
        """Return the JSON body Slack would send."""
        body: Json = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class RateLimited(Refused):
    """HTTP 429 with `Retry-After` in seconds (docs.slack.dev/apis/web-api/rate-limits)."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds
