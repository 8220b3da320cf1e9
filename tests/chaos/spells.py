"""The illnesses, one after the other: each lasts for a while in which nobody may say that all is well."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from random import Random

from bot.sandbox.server import Sandbox
from bot.store.database import Database
from tests.chaos import illnesses
from tests.chaos.crew import Crew
from tests.chaos.debts import Debts
from tests.chaos.dials import Dials
from tests.chaos.stage import CHANNEL
from tests.chaos.truth import Watch
from tests.chaos.worker import ASKED_WITHIN, BEATS_EVERY, STILL_FOR
from tests.sandbox.stage import Page
from tests.waiting import until

SPELL = (1.0, 3.0)  # seconds that an illness lasts once the bot can know of it

Spell = Callable[[], Awaitable[None]]


class Spells:
    """Each illness comes once before one comes again."""

    def __init__(
        self, random: Random, db: Database, sandbox: Sandbox, dials: Dials, crew: Crew, watch: Watch, page: Page
    ) -> None:
        self._random, self._db, self._sandbox, self._dials = random, db, sandbox, dials
        self._crew, self._watch, self._truth, self._page = crew, watch, watch.truth, page
        self._debts = Debts(db, dials.clock)
        self._coming: list[Spell] = []

    async def next(self) -> None:
        """Let the next one come, last and go, and everybody get well."""
        self._coming = self._coming or self._shuffled()
        await self._coming.pop()()

    def _shuffled(self) -> list[Spell]:
        db, crew, dials = self._db, self._crew, self._dials
        databases: dict[str, illnesses.Illness] = (
            {"locked": lambda: illnesses.locked(db), "full": lambda: illnesses.full(crew, dials)}
            if db.is_sqlite
            else {"read-only": lambda: illnesses.read_only(db), "gone": lambda: illnesses.gone(db)}
        )
        spells: list[Spell] = [
            *(lambda name=name, ill=ill: self._database_is_ill(name, ill) for name, ill in databases.items()),
            self._token_is_refused,
            self._heart_stands,
            self._production_is_red,
        ]
        return self._random.sample(spells, k=len(spells))

    async def _database_is_ill(self, name: str, illness: illnesses.Illness) -> None:
        async with illness():
            with self._truth.known(f"the database is {name}"):
                await self._suffer()
        await self._watch.get_well(name)

    async def _token_is_refused(self) -> None:
        """Slack takes no token; the bot is to know that soon, even where it has nothing to tell Slack."""
        self._sandbox.box.faults.clear()  # a Slack that is down as well says nothing of the token
        async with illnesses.token_refused():
            await asyncio.sleep(ASKED_WITHIN + 3)  # and a call that was under way
            with self._truth.known("Slack refuses the token"):
                await self._suffer()
        self._debts.hurry()
        await self._watch.get_well("Slack refuses the token")

    async def _heart_stands(self) -> None:
        """Nothing comes by the clock any more, and somebody starts whose heart never beat."""
        async with illnesses.heart_stands(self._dials):
            await asyncio.sleep(BEATS_EVERY + STILL_FOR + 1)
            with self._truth.known("the heart stands still"):
                await self._crew.kill(self._random)
                await until(lambda: len(self._crew.running) == self._crew.size)
                await asyncio.sleep(self._random.uniform(*SPELL))  # the doctor is another process
        await self._watch.get_well("the heart stands still")

    async def _production_is_red(self) -> None:
        """Once the board shows that production is red, it does not show green until it was looked at again."""
        self._sandbox.box.break_demo(broken=True)
        try:
            await self._look_until(lambda: "🔴" in self._production())
            self._truth.heard["ill of production is red"] += 1
            await self._is_never_shown_green()
            self._sandbox.box.break_demo(broken=False)
            await self._look_until(lambda: "🟢" in self._production())
        except TimeoutError:
            self._truth.violated(f"the board did not follow production within a minute: {self._production()}")
        finally:
            self._sandbox.box.break_demo(broken=False)

    async def _is_never_shown_green(self) -> None:
        over = time.monotonic() + self._random.uniform(*SPELL)
        while time.monotonic() < over:
            if "🟢" in self._production():
                self._truth.violated(f"the board shows production green while it is red: {self._production()}")
            await asyncio.sleep(0.1)

    async def _look_until(self, is_shown: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not is_shown():
                await self._page.say("/board facts run")
                await asyncio.sleep(0.5)
                self._debts.hurry()

    def _production(self) -> str:
        """Return what the board says of production: on top while it is red, else in its last lines."""
        messages = self._sandbox.box.workspace.messages[CHANNEL].values()
        boards = [m for m in messages if (m.get("metadata") or {}).get("event_payload", {}).get("kind") == "board"]
        blocks = str(boards[-1]["blocks"]) if boards else ""
        return (blocks.partition("Production is red")[1] and "🔴") or blocks.partition("PRODUCTION")[2][:200]

    async def _suffer(self) -> None:
        """Let an illness last for a while, in which the doctor is asked too."""
        await asyncio.gather(asyncio.sleep(self._random.uniform(*SPELL)), self._watch.ask_doctor())
