"""How fast the sandbox is: its page with many messages beside an empty one, and validated posts beside bare calls."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from playwright.async_api import Browser, async_playwright
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.bench.figures import verdict
from tests.stack import running

CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
OPENINGS = 5
MESSAGES = 2000
OPEN_TARGET_MS = 1000
POSTS = 1000
POSTS_TARGET = 200  # a second
WORDS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": f"*#{n}* Consolidate MVP verification docs\n> *3* of 6"}}
    for n in range(12)
]
BUTTON = {"type": "button", "action_id": "do:finish", "value": "1", "text": {"type": "plain_text", "text": "Finish"}}
BOARD = [*WORDS, {"type": "actions", "elements": [BUTTON]}]
# Scrolls up a screen a frame until the first message; gives how long each frame took.
SCROLL = """async (log) => {
    const took = [];
    let last = await new Promise(requestAnimationFrame);
    while (log.scrollTop > 0) {
        log.scrollTop -= log.clientHeight;
        const now = await new Promise(requestAnimationFrame);
        took.push(now - last);
        last = now;
    }
    return took;
}"""


async def open_page() -> None:
    """Open #standup with 2,000 messages, and #random with none; then scroll from the last message to the first."""
    if not HAS_CHROMIUM:
        print(f"page of the sandbox            skipped: {CHROMIUM} is not there")
        return
    with TemporaryDirectory() as folder:
        box = Sandbox(Path(folder) / "sandbox.db", 0, lambda: datetime.now(UTC))
        await box.start()
        for n in range(MESSAGES):
            blocks = BOARD if n % 10 == 0 else None
            _post(box, f"number {n}.", blocks)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            full = [
                await _opening(browser, f"{box.address}/#C0STANDUP", f"number {MESSAGES - 1}.") for _ in range(OPENINGS)
            ]
            empty = [await _opening(browser, f"{box.address}/#C0RANDOM", "the beginning of") for _ in range(OPENINGS)]
            frames = await _frames(browser, f"{box.address}/#C0STANDUP")
            await browser.close()
        await box.stop()
    print(
        f"page of {MESSAGES:,} messages opens   {median(full):.0f} ms   empty page: {median(empty):.0f} ms   "
        f"(target ≤ {OPEN_TARGET_MS} ms: {verdict(median(full) <= OPEN_TARGET_MS)})"
    )
    print(
        f"scroll over all of them        {len(frames)} frames: median {median(frames):.0f}, worst {max(frames):.0f} ms"
    )


def _post(box: Sandbox, text: str, blocks: list[dict[str, Any]] | None) -> None:
    message = (
        {"user": "U0BOB", "text": text} if blocks is None else {"user": "U0ONEWIP", "text": text, "blocks": blocks}
    )
    box.box.workspace.post(box.box.workspace.channels["C0STANDUP"], message)


async def _opening(browser: Browser, address: str, words: str) -> float:
    """Return how long it takes until the words are on the screen, in milliseconds, in a profile without any cache."""
    page = await browser.new_page(viewport={"width": 1200, "height": 800})
    began = time.perf_counter()
    await page.goto(address, wait_until="commit")
    await page.get_by_text(words).first.wait_for()
    took = (time.perf_counter() - began) * 1000
    await page.close()
    return took


async def _frames(browser: Browser, address: str) -> list[float]:
    page = await browser.new_page(viewport={"width": 1200, "height": 800})
    await page.goto(address)
    await page.get_by_text(f"number {MESSAGES - 1}.").wait_for()
    took: list[float] = await page.get_by_role("log").evaluate(SCROLL)
    await page.close()
    return took


async def posts() -> None:
    """Post a board of 13 blocks through slack_sdk over loopback, one after another, and call auth.test as often."""
    with TemporaryDirectory() as folder:
        async with running(Path(folder), "-m", "tests.bench.bare_bolt") as stack, aiohttp.ClientSession() as http:
            slack = AsyncWebClient(Sandbox.bot_token, base_url=f"{stack.address}/api/", session=http)
            bare = await _a_second(slack.auth_test)
            validated = await _a_second(lambda: slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=BOARD))
    print(
        f"validated posts a second       {validated:.0f}   auth.test: {bare:.0f}   "
        f"(target ≥ {POSTS_TARGET}: {verdict(validated >= POSTS_TARGET)})"
    )


async def _a_second(call: Callable[[], Awaitable[object]]) -> float:
    await call()
    began = time.perf_counter()
    for _ in range(POSTS):
        await call()
    return POSTS / (time.perf_counter() - began)
