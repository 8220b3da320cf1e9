"""A worker on a real database, with Slack played by a fake and a clock that is set by hand."""

import asyncio
from collections.abc import Sequence

from bot.core.production.readings import Health, Reading
from bot.effects.means import Means
from bot.effects.worker import Worker
from bot.facts.kind import Fact
from bot.facts.listed import Listed
from bot.places.library import Library
from bot.services.change import Ask
from bot.services.door import Door
from bot.services.production import watching
from bot.slack.directory import Directory
from bot.store import outbox
from bot.store.database import Database
from tests.fakes import Clock, FactsFile, FakeSlack
from tests.people import ALICE
from tests.waiting import until

GREEN = Reading("Shop", "script", Health.GREEN, "200")
RED = Reading("Shop", "script", Health.RED, "“Organic” is missing")


class Works:
    """One process that pays; several may stand on one database."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        slack: FakeSlack,
        *,
        has_facts: bool = True,
        library: Library | None = None,
    ) -> None:
        self.db, self.clock, self.slack = db, clock, slack
        self.production: Sequence[Reading] = (GREEN,)
        self.asked = 0
        self.answers = asyncio.Event()  # cleared, production keeps everybody waiting
        self.answers.set()
        self.door = Door(db)
        self.file = FactsFile() if has_facts else FactsFile(())
        watching.configure(db, self.file.facts(), clock())
        directory = Directory(slack, clock)
        self.means = Means(
            self.door, slack, clock, self._ask_production, directory, Listed(self.file), library=library or {}
        )

    @property
    def alice(self) -> Ask:
        """Alice asks, now."""
        return Ask("C1", ALICE, self.clock())

    async def _ask_production(self, facts: Sequence[Fact]) -> tuple[Reading, ...]:
        self.asked += 1
        await self.answers.wait()
        asked = {fact.name for fact in facts}
        return tuple(reading for reading in self.production if (reading.part_of or reading.name) in asked)

    async def calm(self) -> None:
        """Let everybody go on until they wait for something else than the database.

        A call stands behind those that were made before it, for there is one thread of each kind; nobody makes more
        than a few.
        """
        assert (self.db.readers, self.db.writers) == (1, 1)
        for _ in range(10):
            await self.door.call(lambda _: None)
            await self.door.write(lambda _: None)

    async def pay(self) -> None:
        """Pay everything that is due now."""
        while self.db.query(outbox.is_due, self.clock()):
            worker = Worker(self.means)
            running = asyncio.create_task(worker.run())
            await until(lambda: not self.db.query(outbox.is_due, self.clock()))
            worker.stop()
            await running
        assert self.slack.refused == []
