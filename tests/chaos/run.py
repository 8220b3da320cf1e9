"""One run of chaos: what happens in it is drawn from a seed, and ends after so many kills or so much time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp
from sqlalchemy import select

from bot.core.board import undo
from bot.sandbox.server import Sandbox
from bot.store import tables
from bot.store.database import Database
from tests.chaos.crew import Crew
from tests.chaos.debts import Debts
from tests.chaos.dials import Dials
from tests.chaos.scenery import environment, furnished
from tests.chaos.spells import Spells
from tests.chaos.stage import clock as real_clock
from tests.chaos.standstill import stacks
from tests.chaos.troubles import Troubles
from tests.chaos.truth import Truth, Watch
from tests.chaos.users import PEOPLE, Account, User
from tests.chaos.verdict import verdict
from tests.sandbox.stage import Page
from tests.waiting import until

KILLS_A_SPELL = 5  # kills between two illnesses
SAYS_EVERY = 5.0  # seconds
SETTLES_IN = 120.0  # seconds
ANSWERED_IN = aiohttp.ClientTimeout(total=30)  # the sandbox waits three seconds for a worker, and no longer


@dataclass
class Summary:
    """What came of a run."""

    seed: int
    kills: int
    violations: list[str]
    lines: list[str] = field(default_factory=list)


async def run(
    seed: int, kills: int, db: Database, folder: Path, *, seconds: float, say: Callable[[str], object] = print
) -> Summary:
    """Do one run on an empty, migrated database. `say` hears a line every few seconds.

    It ends by itself: in `seconds` and what it takes to settle. What stands still for longer is a violation, with the
    stacks of everybody who waits.
    """
    async with _chaos(seed, db, folder, workers=1 if db.is_sqlite else 3) as chaos:
        await chaos.crew.fill()
        async with asyncio.TaskGroup() as saying_and_watching:
            tasks = [saying_and_watching.create_task(w) for w in (_saying(chaos, say), chaos.watch.go_on())]
            await chaos.live_through(kills, seconds)
            await chaos.settle()
            for task in tasks:
                task.cancel()
        return Summary(seed, chaos.crew.kills, chaos.truth.violations, chaos.summary())


class Chaos:
    """A sandbox, workers on one database, people, and what befalls them."""

    def __init__(
        self, seed: int, db: Database, sandbox: Sandbox, dials: Dials, crew: Crew, http: aiohttp.ClientSession
    ) -> None:
        page = Page(sandbox.address, http)
        self.random = Random(seed)
        self.db, self.sandbox, self.dials, self.crew = db, sandbox, dials, crew
        self.truth, self.account, self.debts = Truth(), Account(), Debts(db, dials.clock)
        self.watch = Watch(self.truth, crew, http)
        self.users = [User(who, page, db, Random(f"{seed} {who}"), self.account) for who in PEOPLE]
        self.troubles = Troubles(self.random, db, sandbox, dials)
        self.spells = Spells(self.random, db, sandbox, dials, crew, self.watch, page)

    async def live_through(self, kills: int, seconds: float) -> None:
        """Let people work and everything befall them, until so many workers were killed or the time is over."""
        try:
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as working:
                tasks = [working.create_task(work) for work in (self.crew.keep(), *(u.work() for u in self.users))]
                await self._befall(kills)
                for task in tasks:
                    task.cancel()
        except* TimeoutError as timeouts:
            self.truth.violated(f"{self.crew.kills} of {kills} kills, and then it stood still: {stacks(timeouts)}")

    async def _befall(self, kills: int) -> None:
        spells = 0
        while self.crew.kills < kills:
            self.troubles.befall()
            await until(lambda: self.crew.running)
            await asyncio.sleep(self.random.choice((0, 0.3, 1, 2, 3)))  # time for some work, or for none
            await self.crew.kill(self.random)
            if self.crew.kills // KILLS_A_SPELL > spells:
                spells = self.crew.kills // KILLS_A_SPELL
                await self.spells.next()

    async def settle(self) -> None:
        """Mend everything, let a new crew pay what is owed, and have everybody well."""
        self.sandbox.box.faults.clear()
        await self.crew.leave()
        self.troubles.set_clock(self.dials.ahead + undo.LIMIT.total_seconds() + 60)  # what may be undone no more is due
        self.debts.hurry(leases=True)
        await self.crew.fill()
        try:
            await until(self.debts.are_paid, SETTLES_IN)
        except TimeoutError:
            self.truth.violated(f"debts are left after {SETTLES_IN:.0f} s of good health")
        await self.watch.get_well("everything")
        if await self.watch.ask_doctor() != 0 and not self.debts.given_up():
            self.truth.violated("doctor does not say that all is well when everything is")
        self.truth.violations += verdict(self.db, self.sandbox, self.account)
        self.truth.violations += [f"somebody of the bot broke: {traceback}" for traceback in self.crew.tracebacks]

    def summary(self) -> list[str]:
        """Return what happened, in lines."""
        with self.db.read() as tx:
            finishes = len(tx.execute(select(tables.finishes.c.change)).all())
            digests = tx.scalars(select(tables.digests.c.skipped)).all()
        return [
            f"kills {self.crew.kills} · clock steps {self.troubles.steps} · asked {self.account.asked} · "
            f"acknowledged {self.account.acknowledged} · finishes {finishes} · "
            f"digests {digests.count(False)} posted, {digests.count(True)} skipped",
            " · ".join(f"{what} {count}" for what, count in sorted(self.truth.heard.items())),
            f"given up: {self.debts.given_up() or 'nothing'}",
        ]

    def line(self) -> str:
        """Return how it stands, in a line."""
        ill = ", ".join(self.truth.now.values()) or "-"
        return (
            f"kills {self.crew.kills} · up {len(self.crew.running)} · acknowledged {self.account.acknowledged} · "
            f"clock {self.dials.ahead / 3600:+.1f} h · ill: {ill} · violations {len(self.truth.violations)}"
        )


@asynccontextmanager
async def _chaos(seed: int, db: Database, folder: Path, workers: int) -> AsyncIterator[Chaos]:
    furnished(db)
    dials = Dials(folder / "dials")
    sandbox = Sandbox(folder / "workspace.db", 0, real_clock)
    await sandbox.start()
    crew = Crew(folder, environment(db, sandbox, folder), workers)
    try:
        async with aiohttp.ClientSession(timeout=ANSWERED_IN) as http:
            yield Chaos(seed, db, sandbox, dials, crew, http)
    finally:
        await crew.leave()
        await sandbox.stop()
        dials.close()


async def _saying(chaos: Chaos, say: Callable[[str], object]) -> None:
    said = 0
    while True:
        await asyncio.sleep(SAYS_EVERY)
        say(chaos.line())
        for violation in chaos.truth.violations[said:]:
            say(f"VIOLATION {violation}")
            said += 1
