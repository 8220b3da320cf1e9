"""Shortcuts: a message's, which know where they were used, and global ones, which do not."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.sandbox.payloads import Json, modal
from tests.sandbox.stage import Page


@pytest.fixture
def heard(app: AsyncApp) -> list[Json]:
    """What the bot hears of either shortcut; both open a modal."""
    bodies: list[Json] = []

    async def listener(ack: Any, body: Json, client: Any) -> None:
        bodies.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    app.shortcut("add")(listener)
    app.shortcut("capture")(listener)
    return bodies


async def test_a_global_shortcut_knows_who_and_not_where(heard: list[Json], page: Page) -> None:
    assert await page.do("shortcut", callback_id="capture") == {"ok": True}
    (body,) = heard
    assert (body["type"], body["callback_id"], body["user"]["id"]) == ("shortcut", "capture", "U0ALICE")
    assert not {"channel", "message", "response_url"} & set(body)
    assert len((await page.state())["views"]) == 1


async def test_a_message_shortcut_brings_the_message(heard: list[Json], page: Page) -> None:
    await page.say("We should test payments")
    (message,) = await page.messages()
    assert (await page.do("shortcut", callback_id="add", channel="C0STANDUP", ts=message["ts"]))["ok"]
    (body,) = heard
    assert (body["type"], body["channel"]["id"]) == ("message_action", "C0STANDUP")
    assert body["message"]["text"] == "We should test payments"
    assert body["response_url"]


async def test_a_shortcut_of_the_other_kind_is_not_found(heard: list[Json], page: Page) -> None:
    await page.say("We should test payments")
    (message,) = await page.messages()
    for wrong in (
        {"callback_id": "add"},
        {"callback_id": "capture", "channel": "C0STANDUP", "ts": message["ts"]},
        {"callback_id": "nothing"},
    ):
        assert (await page.do("shortcut", **wrong))["reason"] == "not_found"
    assert heard == []
