"""What it takes to pay what is owed: the services, Slack, the clock, and a way to ask production."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from bot.core.production.readings import Reading, Run
from bot.effects.production.github import GitHub
from bot.effects.pulse import Pulse
from bot.facts.kind import Fact
from bot.facts.listed import Listed
from bot.places.library import Library
from bot.services.door import Door
from bot.services.production import runs
from bot.slack.asked.awaited import Awaited
from bot.slack.client import Slack
from bot.slack.directory import Directory

# To Slack at once, for messages; measured with `make bench`: with more it is our own computing that takes the time.
CALLS = 32


class GivenUp(Exception):
    """It can't be paid, however often it is tried; the words say why."""


@dataclass(frozen=True, slots=True)
class Means:
    """One for the whole program. `report` is the file to write after each run; without `github` there are no issues.

    `secrets` are shown to nobody, wherever they stand.
    """

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    ask_production: Callable[[Sequence[Fact]], Awaitable[tuple[Reading, ...]]]
    directory: Directory
    listed: Listed = field(default_factory=Listed)
    github: GitHub | None = None
    report: Path | None = None
    library: Library = field(default_factory=dict)  # where documents live, by channel
    pulse: Pulse = field(default_factory=Pulse)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    awaited: Awaited = field(default_factory=Awaited)  # where answers are waited for
    # Whose turn it is in a channel: the trail's lines come after the board message, and in their order.
    turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    calling: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CALLS))
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)  # production, for digests that are due together

    async def run_facts(self, facts: Sequence[Fact], *, quietly: bool = False) -> Run:
        """Ask production for these facts and keep what it says of those that are still listed then.

        `quietly`: see `production.keep_run`.
        """
        began = monotonic()
        readings = await self.ask_production(facts)
        took = round((monotonic() - began) * 1000)
        keep, listed, reports = runs.keep_run, self.listed.facts(), self.report is not None
        names = {fact.name for fact in listed}
        readings = tuple(reading for reading in readings if (reading.part_of or reading.name) in names)
        return await self.door.change(keep, self.clock(), took, readings, listed, quietly=quietly, reports=reports)
