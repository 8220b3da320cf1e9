"""One run of chaos: what happens in it is drawn from a seed, and ends after so many kills or so much time."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import time as clock_time
from pathlib import Path
from random import Random

import aiohttp
from sqlalchemy import select, update

from bot.core.board import undo
from bot.sandbox.server import Sandbox
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from bot.store.database import Database
from tests.chaos import illnesses
from tests.chaos.crew import Crew
from tests.chaos.dials import Dials
from tests.chaos.stage import CHANNEL
from tests.chaos.stage import clock as real_clock
from tests.chaos.truth import Truth, Watch
from tests.chaos.users import PEOPLE, Account, User
from tests.chaos.verdict import verdict
from tests.chaos.worker import BEATS_EVERY, STILL_FOR
from tests.furnished import furnish
from tests.people import ALICE
from tests.sandbox.stage import Page
from tests.waiting import until

FAULTS = ("429", "500", "reset_before", "reset_after", "delay")
METHODS = ("*", "chat.postMessage", "chat.postMessage", "chat.update", "views.open", "conversations.history")
STEPS = (-86_400, -3_600, -3_600, -600, 600, 3_600, 3_600, 90_000)  # seconds
FURTHEST = 20 * 86_400.0  # seconds from the real time, either way
SPELL = (1.0, 3.0)  # seconds that an illness lasts once the bot can know of it
KILLS_A_SPELL = 5  # kills between two illnesses; each of them comes once before one comes again
SAYS_EVERY = 5.0  # seconds
SETTLES_IN = 120.0  # seconds


@dataclass
class Summary:
    """What came of a run."""

    seed: int
    kills: int
    violations: list[str]
    lines: list[str] = field(default_factory=list)


class Chaos:
    """A sandbox, workers on one database, people, and what befalls them."""

    def __init__(
        self, seed: int, db: Database, sandbox: Sandbox, dials: Dials, crew: Crew, http: aiohttp.ClientSession
    ) -> None:
        self.seed, self.random = seed, Random(seed)
        self.db, self.sandbox, self.dials, self.crew = db, sandbox, dials, crew
        self.truth, self.account = Truth(), Account()
        self.watch = Watch(self.truth, crew, http)
        page = Page(sandbox.address, http)
        self.users = [User(one, page, db, Random(f"{seed} {one}"), self.account) for one in PEOPLE]
        self.page = page
        self.steps = 0

    async def befall(self, kills: int, seconds: float) -> None:
        """Let things happen until so many workers were killed, or the time is over."""
        over = time.monotonic() + seconds
        spells: list[Callable[[], Awaitable[None]]] = []
        ways: tuple[tuple[int, Callable[[], object]], ...] = ((12, self._fault), (6, self._step), (2, self._socket))
        while self.crew.kills < kills and time.monotonic() < over:
            for chance, way in ways:
                if self.random.randrange(20) < chance:
                    way()
            await self._kill()
            if self.crew.kills % KILLS_A_SPELL == 0:
                spells = spells or self.random.sample(self._spells(), k=len(self._spells()))
                await spells.pop()()
        if self.crew.kills < kills:
            self.truth.violated(f"only {self.crew.kills} of {kills} kills in {seconds:.0f} s: nobody came up in time")

    async def _kill(self) -> None:
        """Kill one, after it had the time for some work, or for none."""
        await until(lambda: self.crew.running)
        await asyncio.sleep(self.random.choice((0, 0.3, 1, 2, 3)))
        await self.crew.kill(self.random)

    async def settle(self) -> None:
        """Mend everything, let a new crew pay what is owed, and have everybody well."""
        self.sandbox.box.faults.clear()
        await self.crew.leave()
        self._set_clock(self.dials.ahead + undo.LIMIT.total_seconds() + 60)  # what may be undone no more is due
        self._hurry(leases=True)
        await self.crew.fill()
        try:
            await until(self._is_settled, SETTLES_IN)
        except TimeoutError:
            self.truth.violated(f"debts are left after {SETTLES_IN:.0f} s of good health")
        await self.watch.get_well("everything")
        if await self.watch.ask_doctor() != 0 and not self._given_up():
            self.truth.violated("doctor does not say that all is well when everything is")
        self.truth.violations += verdict(self.db, self.sandbox, self.account)

    def summary(self) -> list[str]:
        """Return what happened, in lines."""
        said = "".join(worker.said for worker in (*self.crew.ended, *self.crew.workers))
        with self.db.read() as tx:
            finishes = len(tx.execute(select(tables.finishes.c.change)).all())
            digests = tx.scalars(select(tables.digests.c.skipped)).all()
        return [
            f"kills {self.crew.kills} · clock steps {self.steps} · asked {self.account.asked} · "
            f"acknowledged {self.account.acknowledged} · finishes {finishes} · "
            f"digests {digests.count(False)} posted, {digests.count(True)} skipped",
            " · ".join(f"{what} {count}" for what, count in sorted(self.truth.heard.items())),
            f"tracebacks in the workers' logs {said.count('Traceback')} · given up: {self._given_up() or 'nothing'}",
        ]

    def line(self) -> str:
        ill = ", ".join(self.truth.now.values()) or "-"
        return (
            f"kills {self.crew.kills} · up {len(self.crew.running)} · acknowledged {self.account.acknowledged} · "
            f"clock {self.dials.ahead / 3600:+.1f} h · ill: {ill} · violations {len(self.truth.violations)}"
        )

    def _spells(self) -> list[Callable[[], Awaitable[None]]]:
        databases = (
            {"locked": lambda: illnesses.locked(self.db), "full": lambda: illnesses.full(self.crew)}
            if self.db.is_sqlite
            else {"read-only": lambda: illnesses.read_only(self.db), "gone": lambda: illnesses.gone(self.db)}
        )
        return [
            *(lambda name=name, ill=ill: self._database_is_ill(name, ill) for name, ill in databases.items()),
            self._token_is_refused,
            self._heart_stands,
            self._production_is_red,
        ]

    async def _database_is_ill(self, name: str, illness: illnesses.Illness) -> None:
        async with illness():
            with self.truth.known(f"the database is {name}"):
                await self._suffer()
        await self.watch.get_well(name)

    async def _token_is_refused(self) -> None:
        """Slack takes no token; the bot can know it when Slack has refused a call."""
        self.sandbox.box.faults.clear()  # a Slack that is down as well says nothing of the token
        async with illnesses.token_refused():
            mark = self._last_call()
            with suppress(TimeoutError):
                await until(lambda: self._was_refused_since(mark), 15)
                await asyncio.sleep(1)  # until that is written down
                with self.truth.known("Slack refuses the token"):
                    await self._suffer()
        self._hurry()
        await self.watch.get_well("Slack refuses the token")

    async def _heart_stands(self) -> None:
        async with illnesses.heart_stands(self.dials):
            await until(lambda: len(self.crew.running) == len(self.crew.workers))  # whoever starts has time to begin
            await asyncio.sleep(BEATS_EVERY + STILL_FOR + 1)
            with self.truth.known("the heart stands still"):
                await asyncio.sleep(self.random.uniform(*SPELL))  # the doctor is another process
        await self.watch.get_well("the heart stands still")

    async def _production_is_red(self) -> None:
        """Once the board shows that production is red, it does not show green until it was looked at again."""
        self.sandbox.box.break_demo(broken=True)
        try:
            await self._look_until(lambda: "🔴" in self._production())
            over = time.monotonic() + self.random.uniform(*SPELL)
            self.truth.heard["ill of production is red"] += 1
            while time.monotonic() < over:
                if "🟢" in self._production():
                    self.truth.violated(f"the board shows production green while it is red: {self._production()}")
                await asyncio.sleep(0.1)
            self.sandbox.box.break_demo(broken=False)
            await self._look_until(lambda: "🟢" in self._production())
        except TimeoutError:
            self.truth.violated(f"the board did not follow production within a minute: {self._production()}")
        finally:
            self.sandbox.box.break_demo(broken=False)

    async def _look_until(self, is_shown: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not is_shown():
                await self.page.say("/board facts run")
                await asyncio.sleep(0.5)
                self._hurry()

    def _production(self) -> str:
        messages = self.sandbox.box.workspace.messages[CHANNEL].values()
        boards = [m for m in messages if (m.get("metadata") or {}).get("event_payload", {}).get("kind") == "board"]
        return str(boards[-1]["blocks"]).partition("PRODUCTION")[2][:200] if boards else ""

    async def _suffer(self) -> None:
        """Let an illness last for a while, in which the doctor is asked too."""
        await asyncio.gather(asyncio.sleep(self.random.uniform(*SPELL)), self.watch.ask_doctor())

    def _last_call(self) -> int:
        recent = self.sandbox.box.calls.recent
        return int(recent[-1]["id"]) if recent else 0

    def _was_refused_since(self, mark: int) -> bool:
        calls = self.sandbox.box.calls.recent
        return any(call["id"] > mark and call["result"] == "invalid_auth" for call in calls)

    def _fault(self) -> None:
        kind, method = self.random.choice(FAULTS), self.random.choice(METHODS)
        seconds = self.random.choice((0.1, 0.5, 2.0)) if kind == "delay" else 1
        self.sandbox.box.faults.plan({"method": method, "kind": kind, "times": 1, "seconds": seconds})

    def _socket(self) -> None:
        self.sandbox.box.sockets.drop()

    def _step(self) -> None:
        """Step the clock by some time either way, or to just after the next digest is due."""
        step = self.random.choice((None, None, None, *STEPS))
        if step is not None:
            ahead = self.dials.ahead + step
        elif (due := self._digest_due()) is not None:
            ahead = due
        else:
            return
        if abs(ahead) < FURTHEST:
            self._set_clock(ahead)
            self.steps += 1

    def _digest_due(self) -> float | None:
        """How far ahead the clock is to be for the next digest to be due."""
        with self.db.read() as tx:
            due = tx.scalar(select(tables.boards.c.digest_due))
        return (due - real_clock()).total_seconds() + 1 if due else None

    def _set_clock(self, ahead: float) -> None:
        self.dials.ahead = ahead
        self.sandbox.box.move_clock(ahead)

    def _hurry(self, *, leases: bool = False) -> None:
        """Let what was put off be due at once; and where nobody lives who could hold them, end all leases."""
        now, of = self.dials.clock(), tables.outbox.c
        values = {"due": now} | ({"leased_until": None} if leases else {})
        with self.db.begin() as tx:
            tx.execute(update(tables.outbox).where(~of.dead, (of.due > now) | leases).values(**values))

    def _is_settled(self) -> bool:
        with self.db.read() as tx:
            put_off = tx.scalar(select(tables.outbox.c.id).where(tables.outbox.c.due > self.dials.clock()).limit(1))
            owed = tx.scalar(select(tables.outbox.c.id).where(~tables.outbox.c.dead).limit(1))
        if put_off is not None:
            self._hurry()
        return owed is None

    def _given_up(self) -> list[str]:
        with self.db.read() as tx:
            rows = tx.execute(select(tables.outbox).where(tables.outbox.c.dead))
            return [f"{row.kind} {row.key}: {row.error}" for row in rows]


@asynccontextmanager
async def _chaos(seed: int, db: Database, folder: Path, workers: int) -> AsyncIterator[Chaos]:
    dials = Dials(folder / "dials")
    furnish(db, real_clock, CHANNEL)
    ask = Ask(CHANNEL, ALICE, real_clock())
    schedule.set_days(db, ask, frozenset(range(7)))
    schedule.set_time(db, ask, clock_time(9, 30))
    sandbox = Sandbox(folder / "workspace.db", 0, real_clock)
    await sandbox.start()
    crew = Crew(folder, _environment(db, sandbox, folder), workers)
    try:
        async with aiohttp.ClientSession() as http:
            yield Chaos(seed, db, sandbox, dials, crew, http)
    finally:
        await crew.leave()
        await sandbox.stop()
        dials.close()


def _environment(db: Database, sandbox: Sandbox, folder: Path) -> dict[str, str]:
    facts = folder / "facts.toml"
    facts.write_text(
        f'[[fact]]\nname = "Shop"\nkind = "http"\nurl = "{sandbox.address}/demo/api/products"\n'
        'contains = "Olive oil"\nallow_private = true\ntries = 1\nrecover = 1\n'
    )
    return {
        **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("PG")},
        "SLACK_BOT_TOKEN": Sandbox.bot_token,
        "SLACK_APP_TOKEN": Sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": db.url.render_as_string(hide_password=False),
        "FACTS_FILE": str(facts),
    }


async def run(
    seed: int, kills: int, db: Database, folder: Path, *, seconds: float, say: Callable[[str], object] = print
) -> Summary:
    """Do one run on an empty, migrated database. `say` hears a line every few seconds."""
    async with _chaos(seed, db, folder, workers=1 if db.is_sqlite else 3) as chaos:
        await chaos.crew.fill()
        keeping = [asyncio.create_task(work) for work in (chaos.crew.keep(), _saying(chaos, say))]
        watching = asyncio.create_task(chaos.watch.go_on())
        working = [asyncio.create_task(user.work()) for user in chaos.users]
        try:
            await chaos.befall(kills, seconds)
        finally:
            await _ended(*working, *keeping)
        await chaos.settle()
        await _ended(watching)
        return Summary(seed, chaos.crew.kills, chaos.truth.violations, chaos.summary())


async def _saying(chaos: Chaos, say: Callable[[str], object]) -> None:
    while True:
        await asyncio.sleep(SAYS_EVERY)
        say(chaos.line())


async def _ended(*tasks: asyncio.Task[None]) -> None:
    """End what goes on; whatever broke in it before is raised."""
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception):
            raise result
