"""What is wrong with the database, said once in the log and not at every try."""

import logging
from time import monotonic

from bot.errors import Busy, Unavailable
from bot.store.faults import State

log = logging.getLogger(__name__)

REMEMBERED_S = 60.0  # a failure counts as one of now for so long, where nothing else was tried since


class Trouble:
    """What stands in the way of those that do one kind of thing, since when nothing of it was done.

    `deed`: what can't be done to the database.
    """

    def __init__(self, deed: str) -> None:
        self.count = 0  # how often it was in the way
        self._deed = deed
        self._state = ""
        self._last = 0.0

    @property
    def state(self) -> str:
        """Name what is wrong now; nothing: all is well, or it has not been tried for a while."""
        return self._state if monotonic() - self._last < REMEMBERED_S else ""

    def met(self, error: Unavailable) -> None:
        """Take note that it failed; each state is logged once."""
        self.count += 1
        self._last = monotonic()
        if error.state != self._state:
            level = logging.WARNING if isinstance(error, Busy) else logging.ERROR
            log.log(level, "The database can't be %s (%s): %s", self._deed, error.state, error.reason or error)
            self._state = error.state

    def over(self, *, was_small: bool = False) -> None:
        """Take note that it was done. `was_small`: so little that it may fit where a change does not."""
        if was_small and self._state == State.FULL:
            return
        if self._state:
            log.warning("The database can be %s again, after %d refusals.", self._deed, self.count)
            self._state, self.count = "", 0
