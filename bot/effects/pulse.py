"""The signs of life of what must never stop, by a clock that nobody can set."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

STILL_FOR = 60.0  # seconds; the heart beats every 5, and the worker takes a turn every second


@dataclass(slots=True)
class Pulse:
    """When the heartbeat last went through, and when the worker last took its turn."""

    clock: Callable[[], float] = monotonic  # seconds, from any beginning
    has_begun: asyncio.Event = field(default_factory=asyncio.Event, init=False)  # each of the two went through once
    _beat: float | None = field(default=None, init=False)
    _turn: float | None = field(default=None, init=False)

    def beat(self) -> None:
        """Note that everything that was due has been claimed."""
        self._beat = self.clock()
        self._begin()

    def turn(self) -> None:
        """Note that the worker has seen what is owed."""
        self._turn = self.clock()
        self._begin()

    @property
    def since_beat(self) -> float | None:
        """Seconds since the last heartbeat. None: there was none yet."""
        return self._since(self._beat)

    @property
    def since_turn(self) -> float | None:
        """Seconds since the worker's last turn. None: there was none yet."""
        return self._since(self._turn)

    @property
    def is_still(self) -> bool:
        """Whether one of them has stopped, or has not begun: then nothing comes by the clock, or nothing is said."""
        return any(since is None or since > STILL_FOR for since in (self.since_beat, self.since_turn))

    def _since(self, moment: float | None) -> float | None:
        return None if moment is None else self.clock() - moment

    def _begin(self) -> None:
        if None not in (self._beat, self._turn):
            self.has_begun.set()
