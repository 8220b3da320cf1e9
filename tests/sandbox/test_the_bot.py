"""The sandbox and the bot together, as `make run` starts them: tomorrow's digest, and a board that outlives trouble."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.sandbox.stage import Page
from tests.stack import running, watching

PATIENCE = 120  # seconds
KINDS = ["429", "500", "reset_before", "reset_after", "delay"]


@pytest.fixture
async def page(tmp_path: Path, http: aiohttp.ClientSession) -> AsyncIterator[Page]:
    """The page of a sandbox with the bot connected."""
    async with running(tmp_path, "-m", "bot", "run", "--sandbox") as stack:
        yield Page(stack.address, http)


async def of_kind(page: Page, kind: str) -> list[str]:
    """The texts of the bot's messages of one kind, oldest first."""
    messages = await page.messages()
    return [m["text"] for m in messages if (m.get("metadata") or {}).get("event_payload", {}).get("kind") == kind]


async def test_tomorrows_digest_is_seen_when_the_clock_is_moved(page: Page, http: aiohttp.ClientSession) -> None:
    async with watching(http, page.address) as live, asyncio.timeout(PATIENCE):
        if not await of_kind(page, "digest"):
            await live.until_edited("digest")
        now = datetime.now(UTC)
        morning = next_workday_morning(now)
        await page.do("clock", seconds=(morning - now).total_seconds())
        await live.until_edited("digest")
    *_, digest = await of_kind(page, "digest")
    assert f"{morning:%A} {morning.day} {morning:%B}" in digest


def next_workday_morning(now: datetime) -> datetime:
    """Just after the sample board's digest is due, on the first workday after today."""
    morning = now.replace(hour=9, minute=0, second=30)
    return next(day for n in range(1, 4) if (day := morning + timedelta(days=n)).weekday() < 5)


async def test_the_board_is_right_in_the_end_whatever_happens_on_the_way(
    page: Page, http: aiohttp.ClientSession
) -> None:
    async with watching(http, page.address) as live, asyncio.timeout(PATIENCE):
        for turn, kind in enumerate(KINDS):
            await page.do("faults", method="chat.update", kind=kind, times=1, seconds=1)
            verb, then = ("queue", "3 items in NEXT") if turn % 2 else ("defer", "2 items in NEXT")
            assert (await page.say(f"/board {verb} 4"))["ok"]
            while then not in "".join(await of_kind(page, "board")):
                await live.until_edited("board")
    assert len(await of_kind(page, "board")) == 1
