"""The small troubles, that come at any moment: Slack's faults, a line that breaks, and a clock that steps."""

from collections.abc import Callable
from random import Random

from sqlalchemy import select

from bot.sandbox.server import Sandbox
from bot.store import tables
from bot.store.database import Database
from tests.chaos.dials import Dials
from tests.chaos.stage import clock as real_clock

FAULTS = ("429", "500", "reset_before", "reset_after", "delay")
METHODS = ("*", "chat.postMessage", "chat.postMessage", "chat.update", "views.open", "conversations.history")
STEPS = (-86_400, -3_600, -3_600, -600, 600, 3_600, 3_600, 90_000)  # seconds
FURTHEST = 20 * 86_400.0  # seconds from the real time, either way


class Troubles:
    """What befalls everybody, drawn from a seed."""

    def __init__(self, random: Random, db: Database, sandbox: Sandbox, dials: Dials) -> None:
        self._random, self._db, self._sandbox, self._dials = random, db, sandbox, dials
        self.steps = 0

    def befall(self) -> None:
        """Let some of them happen, or none: each has its chance in twenty."""
        ways: tuple[tuple[int, Callable[[], object]], ...] = ((12, self._fault), (6, self._step), (2, self._drop))
        for chance, way in ways:
            if self._random.randrange(20) < chance:
                way()

    def set_clock(self, ahead: float) -> None:
        """Set everybody's clock so many seconds ahead of the real one."""
        self._dials.ahead = ahead
        self._sandbox.box.move_clock(ahead)

    def _fault(self) -> None:
        kind, method = self._random.choice(FAULTS), self._random.choice(METHODS)
        seconds = self._random.choice((0.1, 0.5, 2.0)) if kind == "delay" else 1
        self._sandbox.box.faults.plan({"method": method, "kind": kind, "times": 1, "seconds": seconds})

    def _drop(self) -> None:
        self._sandbox.box.sockets.drop()

    def _step(self) -> None:
        """Step the clock by some time either way, or to just after the next digest is due."""
        step = self._random.choice((None, None, None, *STEPS))
        ahead = self._digest_due() if step is None else self._dials.ahead + step
        if ahead is not None and abs(ahead) < FURTHEST:
            self.set_clock(ahead)
            self.steps += 1

    def _digest_due(self) -> float | None:
        """How far ahead the clock is to be for the next digest to be due."""
        with self._db.read() as tx:
            due = tx.scalar(select(tables.boards.c.digest_due))
        return (due - real_clock()).total_seconds() + 1 if due else None
