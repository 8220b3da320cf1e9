"""What people say of themselves: their status, and until when they are not to be disturbed."""

from collections.abc import Callable
from datetime import datetime

from bot.sandbox.state.people import STATUSES
from bot.sandbox.state.storage import Storage
from bot.sandbox.wire import Json

_NOTHING: Json = {"status_text": "", "status_emoji": "", "status_expiration": 0, "dnd_until": 0}


class Presence:
    """Everybody's status and do-not-disturb; a pause of notifications begins when it is set."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    def set(self, person: str, wanted: Json) -> None:
        """Set what is given of status_text, status_emoji, status_expiration and dnd_until (epoch seconds, 0: none)."""
        given = {name: wanted[name] for name in _NOTHING if name in wanted}
        since = {"dnd_since": self._now().timestamp()} if given.get("dnd_until") else {}
        self._storage.put("presence", person, {**self._of(person), **given, **since})

    def status(self, person: str) -> Json:
        """Return the status as it stands in a profile; one that has ended is gone."""
        known = self._of(person)
        is_over = 0 < known["status_expiration"] <= self._now().timestamp()
        shown = _NOTHING if is_over else known
        return {name: shown[name] for name in ("status_text", "status_emoji", "status_expiration")}

    def do_not_disturb(self, person: str) -> Json:
        """Return what dnd.info tells: the next time without notifications (1: none, as Slack has it)."""
        known = self._of(person)
        is_set = known["dnd_until"] > self._now().timestamp()
        return {
            "dnd_enabled": is_set,
            "next_dnd_start_ts": int(known["dnd_since"]) if is_set else 1,
            "next_dnd_end_ts": int(known["dnd_until"]) if is_set else 1,
        }

    def _of(self, person: str) -> Json:
        known = self._storage.get("presence", person) or STATUSES.get(person, {})
        return {**_NOTHING, "dnd_since": 0, **known}
