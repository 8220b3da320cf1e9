"""What is said in a channel, as it is seen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser import kit
from tests.browser.person import Person, sit_down


async def test_a_message_shows_its_author_and_an_app_its_badge(alice: Person, slack: AsyncWebClient) -> None:
    await alice.say("Good morning")
    await slack.chat_postMessage(channel="C0STANDUP", text="I am a bot")

    await expect(alice.message("Good morning")).to_contain_text("Alice")
    await expect(alice.message("I am a bot")).to_contain_text("OnewipAPP")


async def test_messages_of_one_author_stand_under_one_name(alice: Person) -> None:
    for text in ("first", "second"):
        await alice.say(text)
        await expect(alice.message(text)).to_be_visible()

    await expect(alice.message("first")).to_contain_text("Alice")
    await expect(alice.message("second")).not_to_contain_text("Alice")


async def test_an_edited_message_changes_in_place_and_keeps_the_focus(alice: Person, slack: AsyncWebClient) -> None:
    blocks = [kit.section("3 of 6", block_id="words"), kit.actions(kit.button("Tick", "tick"), block_id="acts")]
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=blocks)
    await alice.button("Tick").focus()
    place = await alice.message("3 of 6").bounding_box()

    blocks[0] = kit.section("4 of 6", block_id="words")
    await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], text="Board", blocks=blocks)

    await expect(alice.message("4 of 6")).to_be_visible()
    await expect(alice.message("4 of 6")).to_have_class(re.compile("flash"))
    assert await alice.message("4 of 6").bounding_box() == place
    assert await alice.focus() == "Tick"


async def test_a_button_outlives_an_update_that_gives_its_block_a_new_id(alice: Person, slack: AsyncWebClient) -> None:
    blocks = [kit.section("3 of 6"), kit.actions(kit.button("Tick", "tick"))]
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=blocks)
    button = await alice.button("Tick").element_handle()

    await slack.chat_update(
        channel="C0STANDUP", ts=posted["ts"], text="Board", blocks=[kit.section("4 of 6"), blocks[1]]
    )

    await expect(alice.message("4 of 6")).to_be_visible()
    assert await button.evaluate("(node) => node.isConnected")


async def test_a_persons_edit_is_marked(alice: Person, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="before")
    await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], text="after")

    await expect(alice.message("after")).to_contain_text("(edited)")


async def test_an_ephemeral_message_says_so_can_be_dismissed_and_does_not_outlive_a_reload(
    alice: Person, slack: AsyncWebClient
) -> None:
    for text in ("first whisper", "second whisper"):
        await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text=text)
    await expect(alice.message("first whisper")).to_contain_text("Only visible to you")

    await alice.message("first whisper").hover()
    await alice.message("first whisper").get_by_role("button", name="Dismiss message").click()
    await expect(alice.message("first whisper")).to_have_count(0)

    await alice.page.reload()
    await expect(alice.log()).to_be_visible()
    await expect(alice.message("second whisper")).to_have_count(0)


async def test_a_pinned_message_is_found_again(alice: Person, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="The board")
    await slack.pins_add(channel="C0STANDUP", timestamp=posted["ts"])
    for number in range(30):
        await slack.chat_postMessage(channel="C0STANDUP", text=f"line {number}\n\n")
    await expect(alice.message("line 29")).to_be_in_viewport()

    await alice.button("1 pinned").click()
    await alice.page.get_by_role("menuitem", name="The board").click()

    await expect(alice.message("The board")).to_be_in_viewport()
    await expect(alice.message("The board")).to_contain_text("Pinned")


async def test_the_list_stays_at_the_bottom_only_for_those_who_are_there(alice: Person, slack: AsyncWebClient) -> None:
    for number in range(40):
        await slack.chat_postMessage(channel="C0STANDUP", text=f"line {number}\n\n")
    await expect(alice.message("line 39")).to_be_in_viewport()

    await alice.message("line 5").first.scroll_into_view_if_needed()
    await slack.chat_postMessage(channel="C0STANDUP", text="news")
    await expect(alice.button("New messages")).to_be_visible()
    await expect(alice.message("news")).not_to_be_in_viewport()

    await alice.button("New messages").click()
    await expect(alice.message("news")).to_be_in_viewport()


async def test_a_thread_opens_beside_the_channel_and_is_answered_there(alice: Person, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="The board")
    await slack.chat_postMessage(channel="C0STANDUP", text="Alice ticked 2", thread_ts=posted["ts"])
    await expect(alice.message("Alice ticked 2")).to_have_count(0)

    await alice.message("The board").get_by_role("button", name="1 reply").click()
    panel = alice.page.get_by_role("complementary", name="Thread")
    await expect(panel).to_contain_text("Alice ticked 2")

    box = panel.get_by_role("textbox", name="Reply to thread")
    await expect(box).to_be_focused()
    await box.fill("Thanks")
    await box.press("Enter")
    await expect(panel).to_contain_text("Thanks")
    await expect(alice.message("The board").get_by_role("button", name="2 replies")).to_be_visible()

    await alice.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_unread_messages_are_counted_until_they_are_seen(alice: Person, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0RANDOM", text="Look here")
    link = alice.page.get_by_role("link", name="random")
    # A message in another channel is counted as it comes.
    await expect(link).to_contain_text("1")

    await link.click()
    await expect(alice.message("Look here")).to_be_visible()
    await expect(link).not_to_contain_text("1")


async def test_switching_the_person_shows_their_view_and_is_remembered(alice: Person, slack: AsyncWebClient) -> None:
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text="for Alice")
    await expect(alice.message("for Alice")).to_be_visible()

    await alice.page.get_by_role("radio", name="Bob").check()
    await expect(alice.page.get_by_text("You are Bob")).to_be_visible()
    await expect(alice.message("for Alice")).to_have_count(0)

    await alice.page.reload()
    await expect(alice.page.get_by_role("radio", name="Bob")).to_be_checked()


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Kathmandu", 5.75), ("Pacific/Honolulu", -10)])
async def test_times_are_in_the_readers_zone(browser: Browser, sandbox: Sandbox, zone: str, hours: float) -> None:
    message = sandbox.box.workspace.post(sandbox.box.workspace.channels["C0STANDUP"], {"user": "U0BOB", "text": "Hi"})
    there = datetime.fromtimestamp(float(message["ts"]), UTC) + timedelta(hours=hours)
    async with sit_down(browser, sandbox.address, zone=zone) as person:
        await expect(person.message("Hi").locator("time")).to_have_text(f"{there:%H:%M}")


async def test_a_bot_that_is_not_connected_is_said(browser: Browser, sandbox: Sandbox) -> None:
    async with sit_down(browser, sandbox.address) as person:
        await expect(person.page.get_by_text("Onewip is not connected")).to_be_visible()


async def test_two_thousand_messages_open_with_the_newest_and_scroll_to_the_first(
    browser: Browser, sandbox: Sandbox
) -> None:
    workspace = sandbox.box.workspace
    for number in range(2000):
        workspace.post(workspace.channels["C0STANDUP"], {"user": "U0BOB", "text": f"number {number}."})

    async with sit_down(browser, sandbox.address) as person:
        await expect(person.message("number 1999.")).to_be_in_viewport()
        assert await person.log().get_by_role("article").count() < 200

        first = person.message("number 0.")
        await person.log().evaluate("""async (log) => {
            while (log.scrollTop > 0) {
                log.scrollTop = 0;
                await new Promise(requestAnimationFrame);
            }
        }""")
        await expect(first).to_be_in_viewport()
