"""axe-core finds nothing to complain about: light and dark, wide and narrow, in every part of the page.

Each part leaves a picture in tests/browser/pictures for people to look at.
"""

from importlib import resources
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import PICTURES, Person, sit_down
from tests.depth import tried

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text()
DAYS = ["Mon", "Tue", "Wed"]
POINTS = [{"label": day, "value": 80 + len(day)} for day in DAYS]
WORDS = {"type": "rich_text_section", "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}]}
LINES = {"series": [{"name": "health", "data": POINTS}], "axis_config": {"categories": DAYS}}
PIE = {"type": "pie", "segments": [{"label": "Done", "value": 3}, {"label": "Open", "value": 1}]}
MESSAGE: list[Json] = [
    {"type": "header", "text": kit.plain("Every block")},
    kit.section("*Bold* `code` <!channel> <@U0BOB> <https://example.com|a link>\n> quoted"),
    {"type": "context", "elements": [kit.mrkdwn("In progress, day 2")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A board"},
    {"type": "markdown", "text": "# Title\n- [x] one\n\n| A | B |\n|---|---|\n| 1 | 2 |"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "Fact"}], [{"type": "raw_text", "text": "Health"}]]},
    {"type": "rich_text", "elements": [WORDS, {"type": "rich_text_list", "style": "bullet", "elements": [WORDS]}]},
    {"type": "data_visualization", "title": "Latency", "chart": {"type": "line", **LINES}},
    {"type": "data_visualization", "title": "Criteria", "chart": PIE},
    kit.actions(
        kit.button("Finish", "a", style="primary"),
        kit.button("Drop", "b", style="danger"),
        {"type": "overflow", "action_id": "c", "options": [kit.option("Help")]},
        {"type": "datepicker", "action_id": "d"},
        {"type": "static_select", "action_id": "e", "options": [kit.option("One")]},
    ),
]
FORM = kit.modal(
    "Every field",
    {"type": "alert", "level": "warning", "text": kit.plain("Mind the gap.")},
    kit.field("title", "Title", "plain_text_input", optional=False),
    kit.field("checks", "Checks", "checkboxes", options=[kit.option(day) for day in DAYS]),
    kit.field("outcome", "Outcome", "radio_buttons", options=[kit.option(day) for day in DAYS]),
    kit.field("lane", "Lane", "static_select", options=[kit.option("Next")]),
    kit.field("people", "People", "multi_users_select"),
    kit.field("day", "Day", "datepicker"),
    kit.field("file", "File", "file_input"),
)


SCREENS = [(1200, "light"), (380, "dark")]  # each width and each scheme; in `make test-deep` each with each


@pytest.mark.parametrize(("width", "scheme"), tried(SCREENS, deep=[*SCREENS, (1200, "dark"), (380, "light")]))
async def test_axe_finds_nothing(
    browser: Browser,
    sandbox: Sandbox,
    app: AsyncApp,
    slack: AsyncWebClient,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    @app.command("/board")
    async def listener(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    posted = await slack.chat_postMessage(channel="C0STANDUP", text="Every block", blocks=MESSAGE)
    await slack.chat_postMessage(channel="C0STANDUP", text="in its thread", thread_ts=posted["ts"])
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0BOB", text="for Bob")

    async with sit_down(browser, sandbox.address, width=width, scheme=scheme) as person:
        await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text="for Alice")
        for part in (channel, typing, thread, form, inspector, faults, clock, home, direct):
            await part(person)
            assert await complaints(person.page) == [], part.__name__
            await person.page.screenshot(path=PICTURES / f"{width}-{scheme}-{part.__name__}.png")
            await person.page.keyboard.press("Escape")


async def complaints(page: Page) -> list[str]:
    """Return what axe finds, as `rule: element`."""
    await page.evaluate(AXE)
    found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


async def channel(person: Person) -> None:
    await person.message("for Alice").wait_for()
    await person.message("Every block").get_by_role("img", name="Latency").scroll_into_view_if_needed()


async def typing(person: Person) -> None:
    await person.composer().fill("")
    await person.composer().press_sequentially("/b")
    await person.page.get_by_role("listbox", name="Suggestions").wait_for()


async def thread(person: Person) -> None:
    await person.composer().fill("")
    await person.message("Every block").get_by_role("button", name="1 reply").click()
    await person.page.get_by_role("complementary", name="Thread").get_by_text("in its thread").wait_for()


async def form(person: Person) -> None:
    await person.say("/board")
    await person.dialog("Every field").get_by_role("button", name="Save").click()
    await person.dialog("Every field").get_by_role("alert").wait_for()


async def inspector(person: Person) -> None:
    await person.page.get_by_role("dialog").wait_for(state="detached")
    await person.button("Inspector").click()
    panel = person.page.get_by_role("complementary", name="Inspector")
    await panel.get_by_text("views.open").first.click()
    await panel.get_by_role("button", name="Copy as JSON").wait_for()


async def faults(person: Person) -> None:
    await person.button("Faults").click()
    await person.page.get_by_label("Method").wait_for()


async def clock(person: Person) -> None:
    await person.page.get_by_title("Move the sandbox's clock").click()
    await person.page.get_by_role("menu").wait_for()


async def home(person: Person) -> None:
    await person.log().wait_for()
    if await person.button("Open the sidebar").is_visible():
        await person.button("Open the sidebar").click()
    await person.page.get_by_role("link", name="Onewip").click()
    await person.page.get_by_role("tab", name="Home").click()
    await person.page.get_by_role("tabpanel").wait_for()


async def direct(person: Person) -> None:
    await person.page.get_by_role("tab", name="Messages").click()
    await person.page.get_by_text("This is a direct message with Onewip.").wait_for()
