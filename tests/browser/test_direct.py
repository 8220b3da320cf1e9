"""Alone with the bot: its direct messages and its Home tab."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp

from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import Person


async def test_the_bot_answers_in_a_direct_message(alice: Person, app: AsyncApp) -> None:
    heard: list[Json] = []

    @app.event("message")
    async def listener(event: Json, client: Any) -> None:
        heard.append(event)
        if "bot_id" not in event:
            await client.chat_postMessage(channel=event["channel"], text=f"You wrote: {event['text']}")

    await alice.page.get_by_role("link", name="Onewip").click()
    box = alice.page.get_by_role("textbox", name="Message Onewip")
    await box.fill("Hello")
    await box.press("Enter")

    await expect(alice.message("You wrote: Hello")).to_be_visible()
    assert (heard[0]["channel_type"], heard[0]["user"]) == ("im", "U0ALICE")


async def test_a_direct_message_is_nobody_elses(alice: Person, app: AsyncApp) -> None:
    await app.client.chat_postMessage(channel="U0ALICE", text="Only for Alice")
    link = alice.page.get_by_role("link", name="Onewip")
    await expect(link).to_contain_text("1")

    await alice.page.get_by_role("radio", name="Bob").check()
    await expect(alice.page.get_by_text("You are Bob")).to_be_visible()
    await link.click()
    await expect(alice.message("Only for Alice")).to_have_count(0)


async def test_a_home_is_asked_for_shown_and_clicked(alice: Person, app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event: Json, client: Any) -> None:
        blocks = [kit.section("Your boards"), kit.actions(kit.button("Refresh", "again"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("again")
    async def again(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = {"type": "home", "blocks": [kit.section("Your boards, again")]}
        await client.views_publish(user_id=body["user"]["id"], view=view, hash=body["view"]["hash"])

    await alice.page.get_by_role("link", name="Onewip").click()
    await alice.page.get_by_role("tab", name="Home").click()
    await expect(alice.page.get_by_role("tabpanel")).to_contain_text("Your boards")

    await alice.button("Refresh").click()
    await expect(alice.page.get_by_role("tabpanel")).to_have_text("Your boards, again")


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Messages", "Onewip has not written to you here."),
        ("Home", "Onewip has put nothing on its Home tab."),
    ],
)
async def test_an_empty_one_says_so_and_where_to_go(alice: Person, tab: str, words: str) -> None:
    await alice.page.get_by_role("link", name="Onewip").click()
    await alice.page.get_by_role("tab", name=tab).click()
    await expect(alice.page.get_by_role("main")).to_contain_text(words)
    await expect(alice.page.get_by_role("main")).to_contain_text("The board lives in #standup")
