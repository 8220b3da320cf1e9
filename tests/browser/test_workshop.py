"""What no real workspace has: the clock, the demo site's switch, the inspector, the faults, the reset."""

import json
from datetime import timedelta

import pytest
from playwright.async_api import expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.flood import Flood
from bot.sandbox.server import Sandbox
from tests.browser.person import Person


async def test_the_page_says_what_it_is(alice: Person) -> None:
    await expect(alice.page.get_by_role("banner")).to_contain_text("Onewip sandbox")
    await expect(alice.page).to_have_title("#standup · Onewip sandbox")


async def test_the_clock_moves_and_says_so(alice: Person, sandbox: Sandbox) -> None:
    clock = alice.page.get_by_title("Move the sandbox's clock")
    await clock.click()
    await alice.page.get_by_role("menuitem", name="One day ahead").click()
    await expect(clock).to_contain_text("24 h ahead")
    assert sandbox.box.offset.total_seconds() == 86400

    await clock.click()
    await alice.page.get_by_role("menuitem", name="Back to now").click()
    await expect(clock).not_to_contain_text("ahead")


async def test_the_clock_jumps_to_the_sample_boards_next_digest(alice: Person, sandbox: Sandbox) -> None:
    before = sandbox.now()
    await alice.page.get_by_title("Move the sandbox's clock").click()
    async with alice.page.expect_response("**/sandbox/clock"):
        await alice.page.get_by_role("menuitem", name="To the next digest").click()

    there = sandbox.now()
    assert (there.hour, there.minute) == (9, 0)  # UTC, as the sample board has it
    assert there.weekday() < 5
    assert timedelta() < there - before <= timedelta(days=3)


async def test_the_demo_site_is_broken_by_a_switch(alice: Person, sandbox: Sandbox) -> None:
    switch = alice.page.get_by_role("switch", name="Break the demo site")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    assert sandbox.box.demo.broken


async def test_the_inspector_counts_messages_that_come_too_fast(
    alice: Person, slack: AsyncWebClient, sandbox: Sandbox
) -> None:
    await alice.button("Inspector").click()
    panel = alice.page.get_by_role("complementary", name="Inspector")
    flood = panel.get_by_role("status")
    await expect(panel.get_by_role("log", name="Calls")).to_be_visible()
    await expect(flood).to_have_count(0)

    now = sandbox.now()  # stands still: what is too fast is then no question of the machine
    sandbox.box.flood = Flood(sandbox.box.live, lambda: now)
    for number in range(3):
        await slack.chat_postMessage(channel="C0STANDUP", text=f"message {number}")
    await expect(flood).to_contain_text("#standup 2")
    await alice.page.reload()
    await alice.button("Inspector").click()
    await expect(flood).to_contain_text("#standup 2")


async def test_the_inspector_shows_calls_as_they_happen(alice: Person, slack: AsyncWebClient) -> None:
    await alice.button("Inspector").click()
    panel = alice.page.get_by_role("complementary", name="Inspector")
    await slack.chat_postMessage(channel="C0STANDUP", text="seen in the inspector")

    await panel.get_by_text("chat.postMessage").click()
    await expect(panel).to_contain_text('"text": "seen in the inspector"')
    await expect(panel.get_by_role("button", name="Copy as JSON")).to_be_visible()


async def test_a_refused_call_says_why_and_is_copied(alice: Person, slack: AsyncWebClient) -> None:
    await alice.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with pytest.raises(SlackApiError):
        await slack.chat_postMessage(channel="C0STANDUP", text="x", blocks=[{"type": "header"}])
    await alice.button("Inspector").click()
    panel = alice.page.get_by_role("complementary", name="Inspector")
    await panel.get_by_text("invalid_blocks").first.click()
    await expect(panel.get_by_role("listitem")).to_have_text(
        "[ERROR] missing required field: text [json-pointer:/blocks/0]"
    )

    await panel.get_by_role("button", name="Copy as JSON").click()
    await expect(alice.page.get_by_text("Copied.")).to_be_visible()
    copied = json.loads(await alice.page.evaluate("navigator.clipboard.readText()"))
    assert (copied["method"], copied["result"], copied["direction"]) == ("chat.postMessage", "invalid_blocks", "in")


async def test_faults_are_planned_and_cleared(alice: Person, sandbox: Sandbox) -> None:
    await alice.button("Faults").click()
    panel = alice.page.get_by_role("complementary", name="Faults")
    await panel.get_by_label("Method").select_option("chat.update")
    await panel.get_by_role("button", name="Plan it").click()
    await expect(panel.get_by_role("list", name="Planned faults")).to_contain_text("chat.update: Too many requests")

    await panel.get_by_role("button", name="Clear all").click()
    await expect(panel.get_by_text("chat.update: Too many")).to_have_count(0)
    assert sandbox.box.faults.state()["planned"] == []


async def test_the_workspace_is_reset_only_when_one_is_sure(alice: Person) -> None:
    await alice.say("to be forgotten")
    await alice.message("to be forgotten").hover()
    await alice.message("to be forgotten").get_by_role("button", name="Reply in thread").click()
    await alice.button("Reset the workspace").click()
    await alice.dialog("Reset the workspace?").get_by_role("button", name="Cancel").click()
    await expect(alice.message("to be forgotten")).to_be_visible()

    await alice.button("Reset the workspace").click()
    await alice.dialog("Reset the workspace?").get_by_role("button", name="Reset").click()
    await expect(alice.page.get_by_text("to be forgotten")).to_have_count(0)
    await expect(alice.page.get_by_role("complementary", name="Thread")).to_be_hidden()
