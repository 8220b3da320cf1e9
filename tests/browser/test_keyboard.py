"""The page without a mouse."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import kit
from tests.browser.person import Person


async def test_a_slash_anywhere_begins_a_message(alice: Person) -> None:
    await alice.page.get_by_role("link", name="standup").focus()
    await alice.page.keyboard.press("/")
    await expect(alice.composer()).to_be_focused()


async def test_tab_goes_from_the_bar_over_the_rooms_and_the_messages_to_the_composer(
    alice: Person, slack: AsyncWebClient
) -> None:
    blocks = [kit.actions(kit.button("Finish", "a"), kit.button("Drop", "b"))]
    await slack.chat_postMessage(channel="C0STANDUP", text="Board", blocks=blocks)
    await expect(alice.button("Finish")).to_be_visible()

    await alice.page.get_by_role("switch", name="Break the demo site").focus()
    stops = [await alice.focus()]
    while stops[-1] != "Message #standup" and len(stops) < 30:
        await alice.page.keyboard.press("Tab")
        stops.append(await alice.focus())

    expected = [
        "Break the demo site",
        "Inspector",
        "Faults",
        "Reset the workspace",
        "standup",
        "random",
        "quiet",
        "Onewip",
        "Messages in #standup",
        "Finish",
        "Drop",
        "Message #standup",
    ]
    assert [stop for stop in stops if stop in expected] == expected


async def test_escape_closes_whatever_is_open(alice: Person, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="Board")
    await slack.chat_postMessage(channel="C0STANDUP", text="a reply", thread_ts=posted["ts"])

    await alice.button("Inspector").press("Enter")
    inspector = alice.page.get_by_role("complementary", name="Inspector")
    await expect(inspector).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(inspector).to_be_hidden()
    await expect(alice.button("Inspector")).to_be_focused()

    await alice.page.get_by_title("Move the sandbox's clock").press("Enter")
    await expect(alice.page.get_by_role("menu")).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(alice.page.get_by_role("menu")).to_have_count(0)

    await alice.message("Board").get_by_role("button", name="1 reply").press("Enter")
    thread = alice.page.get_by_role("complementary", name="Thread")
    await expect(thread).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()


async def test_arrows_walk_over_the_messages(alice: Person, slack: AsyncWebClient) -> None:
    for text in ("one", "two"):
        await slack.chat_postMessage(channel="C0STANDUP", text=text)
    await expect(alice.message("two")).to_be_visible()

    await alice.log().focus()
    await alice.page.keyboard.press("ArrowUp")
    await expect(alice.message("two")).to_be_focused()
    await alice.page.keyboard.press("ArrowUp")
    await expect(alice.message("one")).to_be_focused()
