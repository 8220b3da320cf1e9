"""The signs of life of what must never stop, by a clock that nobody can set."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

STILL_FOR = 60.0  # seconds; the heart beats every 5, and the worker takes a turn every second


@dataclass(slots=True)
class Pulse:
    """When the heartbeat last went through, and when the worker last took its turn."""

    clock: Callable[[], float] = monotonic  # seconds, from any beginning
    _beat: float = field(init=False)
    _turn: float = field(init=False)

    def __post_init__(self) -> None:
        self._beat = self._turn = self.clock()

    def beat(self) -> None:
        """Note that everything that was due has been claimed."""
        self._beat = self.clock()

    def turn(self) -> None:
        """Note that the worker has seen what is owed."""
        self._turn = self.clock()

    @property
    def since_beat(self) -> float:
        """Seconds since the last heartbeat, or since the start."""
        return self.clock() - self._beat

    @property
    def since_turn(self) -> float:
        """Seconds since the worker's last turn, or since the start."""
        return self.clock() - self._turn

    @property
    def is_still(self) -> bool:
        """Whether one of them has stopped: then nothing comes by the clock, or nothing is said."""
        return max(self.since_beat, self.since_turn) > STILL_FOR
