"""From a click to the edited board message, and from a command to its answer beside a bare Bolt app."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from tests.bench.figures import p50_p95, p95, timed, verdict
from tests.sandbox.stage import Page
from tests.stack import running, watching

TIMES = 100
CLICK_TARGET_MS = 100
OURS = ("-m", "bot", "run", "--sandbox")
BARE = ("-m", "tests.bench.bare_bolt")


async def click_to_edit() -> None:
    """Defer #4 and queue it again by the buttons of its card; the board message is edited each time."""
    with TemporaryDirectory() as folder:
        async with running(Path(folder), *OURS) as stack, aiohttp.ClientSession() as http:
            page = Page(stack.address, http)
            async with watching(http, stack.address) as live:
                # Clicking keeps the card (only the answer replaces it), so both buttons stay there to be clicked.
                defer = await _card(page)
                await page.say("/board defer 4")
                await live.until_edited("board")
                turns = [(await _card(page), "do:queue"), (defer, "do:defer")]

                async def once() -> None:
                    card, verb = turns[0]
                    turns.reverse()
                    told = await page.click(card, verb)
                    assert told["ok"], told
                    await live.until_edited("board")

                took = await timed(TIMES, once)
    met = verdict(p95(took) <= CLICK_TARGET_MS)
    print(f"click → board message edited   {p50_p95(took)}   (target: p95 ≤ {CLICK_TARGET_MS} ms: {met})")


async def command_to_answer() -> None:
    """Type /board, which reads and shows the whole board, and the same against a Bolt app that only acks."""
    ours, bare = await _command(*OURS), await _command(*BARE)
    ratio = median(ours) / median(bare)
    print(f"/board → answer                {p50_p95(ours)}   bare Bolt: {p50_p95(bare)}   ratio {ratio:.1f}")


async def _command(*arguments: str) -> list[float]:
    with TemporaryDirectory() as folder:
        async with running(Path(folder), *arguments) as stack, aiohttp.ClientSession() as http:
            page = Page(stack.address, http)
            return await timed(TIMES, lambda: page.say("/board"))


async def _card(page: Page) -> dict[str, Any]:
    await page.say("/board show 4")
    return (await page.messages())[-1]
