"""Somebody in front of the page, who finds things by what they are called."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, ViewportSize

PICTURES = Path(__file__).parent / "pictures"
PATIENCE = 20_000  # milliseconds until a test fails that waits for something to appear, on a busy machine


@dataclass(frozen=True)
class Person:
    """A page, and short names for what one does most."""

    page: Page

    def composer(self, channel: str = "standup") -> Locator:
        return self.page.get_by_role("textbox", name=f"Message #{channel}")

    def log(self, channel: str = "standup") -> Locator:
        return self.page.get_by_role("log", name=f"Messages in #{channel}")

    def message(self, text: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("article").filter(has_text=text)

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def say(self, text: str, channel: str = "standup") -> None:
        await self.composer(channel).fill(text)
        await self.composer(channel).press("Enter")

    async def focus(self) -> str:
        """Return the accessible name of what has the focus, as far as its attributes say."""
        script = """() => {
            const node = document.activeElement;
            const label = document.getElementById(node.getAttribute("aria-labelledby"));
            return node.ariaLabel ?? (label ?? node).textContent;
        }"""
        return str(await self.page.evaluate(script))


@asynccontextmanager
async def sit_down(
    browser: Browser,
    address: str,
    *,
    width: int = 1200,
    scheme: Literal["light", "dark"] = "light",
    zone: str | None = None,
) -> AsyncIterator[Person]:
    """Open the page in a fresh browser profile."""
    screen: ViewportSize = {"width": width, "height": 800}
    context = await browser.new_context(viewport=screen, color_scheme=scheme, timezone_id=zone)
    async with visit(await context.new_page(), address) as person:
        yield person
    await context.close()


@asynccontextmanager
async def visit(page: Page, address: str) -> AsyncIterator[Person]:
    """Open a sandbox in `page` and leave it again; an error in the page's console fails the test.

    Each sandbox has a port and so a browser's storage of its own: nothing of an earlier one is found in it.
    """
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    def said(line: ConsoleMessage) -> None:
        if line.type == "error":
            faults.append(line.text)

    page.set_default_timeout(PATIENCE)
    page.on("pageerror", failed)
    page.on("console", said)
    await page.goto(f"{address}/#C0STANDUP")
    await page.get_by_role("log").wait_for()
    yield Person(page)
    page.remove_listener("pageerror", failed)
    page.remove_listener("console", said)
    assert not faults
