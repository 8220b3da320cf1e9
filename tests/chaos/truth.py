"""What the harness knows to be broken, against what the bot says of itself."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp

from tests.chaos.crew import Crew, Worker

EVERY = 0.2  # seconds
PATIENCE = aiohttp.ClientTimeout(total=20)  # seconds


class Truth:
    """The illnesses that nobody may call well now. Each spell has a number: it counts from its beginning to its end."""

    def __init__(self) -> None:
        self._spells: dict[int, str] = {}
        self._count = 0
        self.violations: list[str] = []
        self.heard: Counter[str] = Counter()

    @property
    def now(self) -> dict[int, str]:
        return dict(self._spells)

    @contextmanager
    def known(self, illness: str) -> Iterator[None]:
        """Hold that something is broken while the context is open."""
        self._count += 1
        spell = self._count
        self._spells[spell] = illness
        self.heard[f"ill of {illness}"] += 1
        try:
            yield
        finally:
            del self._spells[spell]

    def heard_well(self, who: str, before: dict[int, str]) -> None:
        """Take note that somebody was told that all is well, who asked when `before` was broken."""
        self.heard[f"{who}: well"] += 1
        for spell in before.keys() & self._spells.keys():  # broken from the question to the answer
            self.violated(f"{who} said that all is well during: {before[spell]}")

    def violated(self, what: str) -> None:
        if what not in self.violations:
            self.violations.append(what)


class Watch:
    """Whoever asks every worker all the time how it is."""

    def __init__(self, truth: Truth, crew: Crew, http: aiohttp.ClientSession) -> None:
        self.truth, self._crew, self._http = truth, crew, http

    async def go_on(self) -> None:
        while True:
            await asyncio.gather(*map(self.ask, self._crew.running))
            await asyncio.sleep(EVERY)

    async def ask(self, worker: Worker) -> bool:
        """Ask one worker. Gives whether it says that it is well."""
        before = self.truth.now
        try:
            url = f"http://127.0.0.1:{worker.port}/healthz"
            async with self._http.get(url, timeout=PATIENCE) as answer:
                await answer.read()
                is_well = answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            self.truth.heard["health: silent"] += 1
            return False
        if is_well:
            self.truth.heard_well("health", before)
        else:
            self.truth.heard["health: unwell"] += 1
        return is_well

    async def ask_doctor(self) -> int:
        before = self.truth.now
        code, said = await self._crew.doctor()
        if code == 0:
            self.truth.heard_well("doctor", before)
        else:
            self.truth.heard["doctor: unwell"] += 1
        if "Traceback" in said:
            self.truth.violated(f"doctor broke during {before or 'good health'}: {said[-2000:]}")
        return code

    async def are_all_well(self) -> bool:
        workers = self._crew.running
        return bool(workers) and all(await asyncio.gather(*map(self.ask, workers)))

    async def get_well(self, after: str, seconds: float = 60) -> None:
        """Wait until every worker says that it is well again."""
        try:
            async with asyncio.timeout(seconds):
                while not await self.are_all_well():  # noqa: ASYNC110  it tells nobody
                    await asyncio.sleep(EVERY)
        except TimeoutError:
            self.truth.violated(f"not well {seconds:.0f} s after the end of: {after}")
