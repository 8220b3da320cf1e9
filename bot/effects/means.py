"""What it takes to pay what is owed: the services, Slack, the clock, and a way to ask production."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from bot.core.readings import Reading, Run
from bot.places.library import Library
from bot.services import production
from bot.services.door import Door
from bot.slack.client import Slack
from bot.slack.directory import Directory


@dataclass(frozen=True, slots=True)
class Means:
    """One for the whole program. Without prod facts, `ask_production` is None."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    ask_production: Callable[[], Awaitable[tuple[Reading, ...]]] | None
    directory: Directory
    library: Library = field(default_factory=dict)  # where documents live, by channel
    # Whose turn it is in a channel: the trail's lines come after the board message, and in their order.
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)  # production, for digests that are due together

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
