"""What can be clicked on a message, and what the bot then hears."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import Person

CLICK = "**/sandbox/click"
CONFIRM = {
    "title": kit.plain("Drop #2?"),
    "text": kit.mrkdwn("It leaves the *board*."),
    "confirm": kit.plain("Drop it"),
    "deny": kit.plain("Keep it"),
    "style": "danger",
}


def hears(app: AsyncApp) -> list[Json]:
    """Gives the actions the bot hears, as they come."""
    heard: list[Json] = []

    @app.action("it")
    async def listener(ack: Any, body: Json) -> None:
        heard.append(body["actions"][0])
        await ack()

    return heard


async def posts(slack: AsyncWebClient, *blocks: Json) -> None:
    await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=list(blocks))


async def test_a_button_says_who_clicked_what(alice: Person, app: AsyncApp, slack: AsyncWebClient) -> None:
    heard = hears(app)
    await posts(slack, kit.actions(kit.button("Finish", "it", value="12", style="primary"), block_id="acts"))
    async with alice.page.expect_response(CLICK):
        await alice.button("Finish").click()

    assert heard[0]["value"] == "12"
    assert heard[0]["block_id"] == "acts"


async def test_a_confirm_dialog_stands_before_the_click(alice: Person, app: AsyncApp, slack: AsyncWebClient) -> None:
    heard = hears(app)
    await posts(slack, kit.actions(kit.button("Drop", "it", style="danger", confirm=CONFIRM)))
    sure = alice.dialog("Drop #2?")

    for key in ("Escape", "Enter"):  # the focus stands on "Keep it"
        await alice.button("Drop").click()
        await expect(sure).to_contain_text("It leaves the board.")
        await alice.page.keyboard.press(key)
        await expect(sure).to_have_count(0)
    assert heard == []

    await alice.button("Drop").click()
    async with alice.page.expect_response(CLICK):
        await sure.get_by_role("button", name="Drop it").click()
    assert len(heard) == 1


async def test_choices_on_a_message_are_told_at_once(alice: Person, app: AsyncApp, slack: AsyncWebClient) -> None:
    heard = hears(app)
    boxes = {"type": "checkboxes", "action_id": "it", "options": [kit.option("One"), kit.option("Two")]}
    await posts(slack, kit.section("Tick", accessory=boxes))

    async with alice.page.expect_response(CLICK):
        await alice.page.get_by_role("checkbox", name="Two").check()

    assert [one["value"] for one in heard[0]["selected_options"]] == ["two"]


async def test_an_overflow_menu_is_walked_by_keyboard(alice: Person, app: AsyncApp, slack: AsyncWebClient) -> None:
    heard = hears(app)
    menu = {"type": "overflow", "action_id": "it", "options": [kit.option("Show"), kit.option("Help")]}
    await posts(slack, kit.section("Board", accessory=menu))

    await alice.message("Board").get_by_role("button", name="More", exact=True).press("Enter")
    await expect(alice.page.get_by_role("menuitem", name="Show")).to_be_focused()
    await alice.page.keyboard.press("ArrowDown")
    async with alice.page.expect_response(CLICK):
        await alice.page.keyboard.press("Enter")

    assert heard[0]["selected_option"]["value"] == "help"


async def test_a_message_shortcut_reaches_the_bot(alice: Person, app: AsyncApp, slack: AsyncWebClient) -> None:
    @app.shortcut("add")
    async def listener(ack: Any, body: Json, client: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "thread_ts": body["message"]["ts"]}
        await client.chat_postMessage(**place, text="Added as #23.")

    await alice.say("We should test payments")
    await alice.message("test payments").hover()
    await alice.message("test payments").get_by_role("button", name="More actions").click()
    await alice.page.get_by_role("menuitem", name="Add to board").click()

    await expect(alice.message("test payments").get_by_role("button", name="1 reply")).to_be_visible()


async def test_a_global_shortcut_is_found_at_the_composer(alice: Person, app: AsyncApp) -> None:
    @app.shortcut("capture")
    async def listener(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=kit.modal("An idea", kit.section("Write it down.")))
        await ack()

    await alice.button("Shortcuts").click()
    item = alice.page.get_by_role("menuitem", name="Capture an idea")
    await expect(item).to_contain_text("For later")
    await expect(alice.page.get_by_role("menuitem", name="Add to board")).to_have_count(0)
    await item.click()

    await expect(alice.dialog("An idea")).to_contain_text("Write it down.")


async def test_a_shortcut_nobody_answers_is_said(
    alice: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox.box.sockets, "ack_seconds", 0.05)
    await alice.button("Shortcuts").click()
    await alice.page.get_by_role("menuitem", name="Capture an idea").click()

    await expect(alice.page.get_by_role("status").get_by_text("did not answer in time")).to_be_visible()
