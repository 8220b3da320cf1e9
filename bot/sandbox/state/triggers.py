"""Trigger ids: the short-lived right to open a modal in front of a person."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.wire import Refused

# docs.slack.dev/interactivity/handling-user-interaction: a trigger_id is good for 3 seconds, and once.
_LIFE = timedelta(seconds=3)
_KEPT = 1000


@dataclass
class Trigger:
    """One interaction of one person; `in_modal` says that it happened inside an open modal."""

    person: str
    born: datetime
    in_modal: bool
    spent: bool = False


class Triggers:
    """All triggers of late, by id."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[str, Trigger] = {}

    def issue(self, person: str, *, in_modal: bool = False) -> str:
        """Return a new trigger id for something `person` just did."""
        trigger_id = f"{secrets.randbelow(10**6)}.{secrets.randbelow(10**7)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(person, self._now(), in_modal)
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        """Use a trigger up.

        Refuses with the codes of docs.slack.dev/reference/methods/views.open: `invalid_trigger_id`,
        `exchanged_trigger_id`, `expired_trigger_id`.
        """
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.spent:
            raise Refused("exchanged_trigger_id")
        if self._now() - trigger.born > _LIFE:
            raise Refused("expired_trigger_id")
        trigger.spent = True
        return trigger
