"""Light and dark, wide and narrow; each leaves a picture in tests/browser/pictures for people to look at."""

from typing import Literal

import pytest
from playwright.async_api import Browser, expect
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser import kit
from tests.browser.person import PICTURES, Person, sit_down

BOARD = [
    {"type": "header", "text": kit.plain("Board")},
    kit.section("*#1 Consolidate MVP verification docs*   Maria\n▰▰▰▱▱▱  3 of 6\n› Pending Pass 2 execution"),
    kit.section("1  #2 Backend E2E test improvements · 1-2 days\n2  #3 Feature planning for next phase"),
    kit.actions(kit.button("Mark DoD done", "a", style="primary"), kit.button("Update status", "b")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_follows_the_colours_of_the_system(
    browser: Browser, sandbox: Sandbox, app: AsyncApp, slack: AsyncWebClient, scheme: Literal["light", "dark"]
) -> None:
    await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=BOARD)
    async with sit_down(browser, sandbox.address, scheme=scheme) as person:
        await picture(person, f"wide-{scheme}")
        paper, ink = await colours(person)
    assert (sum(paper) > sum(ink)) == (scheme == "light")


async def test_nothing_sticks_out_of_a_narrow_screen(
    browser: Browser, sandbox: Sandbox, app: AsyncApp, slack: AsyncWebClient
) -> None:
    await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=BOARD)
    await slack.chat_postMessage(channel="C0STANDUP", text="a-word-without-an-end" * 20)
    async with sit_down(browser, sandbox.address, width=380) as person:
        await picture(person, "narrow")
        assert await person.page.evaluate("document.documentElement.scrollWidth") == 380
        assert await person.log().evaluate("(log) => log.scrollWidth - log.clientWidth") == 0

        await person.button("Open the sidebar").click()
        await person.page.get_by_role("link", name="random").click()
        await expect(person.page.get_by_role("navigation")).to_be_hidden()
        await expect(person.composer("random")).to_be_focused()


async def picture(person: Person, name: str) -> None:
    await person.message("Board").first.wait_for()
    await person.page.screenshot(path=PICTURES / f"{name}.png")


async def colours(person: Person) -> tuple[list[int], list[int]]:
    script = """(main) => {
        const style = getComputedStyle(main);
        return [style.backgroundColor, style.color].map((one) => one.match(/\\d+/g).slice(0, 3).map(Number));
    }"""
    paper, ink = await person.page.get_by_role("main").evaluate(script)
    return paper, ink
