"""What it takes to pay what is owed: the services, Slack, the clock, and a way to ask production."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from bot.core.readings import Reading, Run
from bot.services import production
from bot.services.door import Door
from bot.slack.client import Slack


@dataclass(frozen=True, slots=True)
class Means:
    """One for the whole program. Without prod facts, `ask_production` is None."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    ask_production: Callable[[], Awaitable[tuple[Reading, ...]]] | None

    @property
    def has_facts(self) -> bool:
        """Whether prod facts are set up."""
        return self.ask_production is not None

    async def run_facts(self) -> Run:
        """Ask production and keep what it says."""
        began = monotonic()
        found = await self.ask_production() if self.ask_production else ()
        took = round((monotonic() - began) * 1000)
        return await self.door.change(production.keep_run, self.clock(), took, found)
