"""Response URLs: a few answers to one interaction, without a token."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.wire import Json, Refused

# docs.slack.dev/interactivity/handling-user-interaction: up to 5 times within 30 minutes.
_LIFE = timedelta(minutes=30)
_USES = 5


@dataclass(frozen=True)
class Place:
    """Where an interaction happened; `ts` is the message that was clicked, if it was one."""

    person: str
    channel: str
    ts: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None


@dataclass
class _Url:
    place: Place
    born: datetime
    used: int = 0


class ResponseUrls:
    """The open response URLs, by the last part of their path."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._open: dict[str, _Url] = {}

    def issue(self, place: Place) -> str:
        """Return a new id for answers to what happened at `place`; those out of time are forgotten."""
        self._open = {key: url for key, url in self._open.items() if self._now() - url.born <= _LIFE}
        key = secrets.token_urlsafe(12)
        self._open[key] = _Url(place, self._now())
        return key

    def use(self, key: str) -> Place:
        """Count one use; refuses with `expired_url` or `used_url`."""
        url = self._open.get(key)
        if url is None or self._now() - url.born > _LIFE:
            raise Refused("expired_url")
        if url.used >= _USES:
            raise Refused("used_url")
        url.used += 1
        return url.place


def parsed(raw: str) -> Json:
    """Read the body of a POST to a response URL; refuses with `invalid_payload`."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused("invalid_payload") from None
    if not isinstance(body, dict):
        raise Refused("invalid_payload")
    return body
