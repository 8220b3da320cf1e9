"""Writing: messages, commands, and what completes them."""

from typing import Any

from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp

from tests.browser.person import Person


async def test_shift_and_enter_begin_a_line_and_enter_sends(alice: Person) -> None:
    await alice.composer().fill("one")
    await alice.composer().press("Shift+Enter")
    await alice.composer().press_sequentially("two")
    await alice.composer().press("Enter")

    await expect(alice.composer()).to_have_value("")
    await expect(alice.message("one")).to_contain_text("one\ntwo")


async def test_commands_and_their_words_are_completed(alice: Person) -> None:
    await alice.composer().press_sequentially("/b")
    options = alice.page.get_by_role("option")
    await expect(options).to_contain_text(["/board"])

    await alice.composer().press("Tab")
    await expect(alice.composer()).to_have_value("/board ")
    await expect(options).to_have_count(3)

    await alice.composer().press("ArrowDown")
    await alice.composer().press("Tab")
    await expect(alice.composer()).to_have_value("/board start ")

    await alice.composer().press("Escape")
    await expect(options).to_have_count(0)


async def test_people_are_named_and_become_mentions(alice: Person) -> None:
    await alice.composer().press_sequentially("@bo")
    await alice.composer().press("Tab")
    await alice.composer().press_sequentially("look")
    await alice.composer().press("Enter")

    await expect(alice.message("look").get_by_text("@Bob")).to_have_attribute("title", "U0BOB")


async def test_what_people_type_is_never_live(alice: Person) -> None:
    await alice.say("<!channel> & <b>")
    await expect(alice.message("<!channel> & <b>")).to_be_visible()


async def test_a_command_the_workspace_does_not_know_is_answered_by_slackbot(alice: Person) -> None:
    await alice.say("/nothing here")
    await expect(alice.message("/nothing is not a valid command.")).to_contain_text("Only visible to you")
    await expect(alice.message("/nothing is not a valid command.")).to_contain_text("Slackbot")


async def test_a_command_of_slacks_own_that_can_not_be_done_comes_back(alice: Person) -> None:
    await alice.say("/invite @Nobody")
    await expect(alice.page.get_by_role("status").get_by_text("Type /invite with the name")).to_be_visible()
    await expect(alice.composer()).to_have_value("/invite @Nobody")


async def test_a_command_is_answered_for_its_asker_only(alice: Person, app: AsyncApp) -> None:
    @app.command("/board")
    async def listener(ack: Any) -> None:
        await ack("Nothing in progress.")

    await alice.say("/board")
    await expect(alice.message("Nothing in progress.")).to_contain_text("Only visible to you")
