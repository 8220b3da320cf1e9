"""Somebody in front of the page, who finds things by what they are called."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Browser, Locator, Page

PATIENCE = 5000  # milliseconds a person waits for something to appear


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
        """Give the accessible name of what has the focus, as far as its attributes say."""
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
) -> AsyncIterator[Person]:
    """Open the page in a fresh browser profile; an error in the page's console fails the test."""
    context = await browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    await page.goto(f"{address}/#C0STANDUP")
    await page.get_by_role("log").wait_for()
    yield Person(page)
    await context.close()
    assert not faults
