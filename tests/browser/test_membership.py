"""Stories of channels on `make run`'s own stack: an outsider, a bot that comes back, a channel that is archived."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser.person import Person, sit_down
from tests.browser.test_story import STACK, board
from tests.stack import running

REFUSED = "Only members of the channel can use its board. Join it, then try again. Nothing was changed."


@pytest_asyncio.fixture(loop_scope="session")
async def people(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[Person, Person]]:
    """Alice and Carol, each in front of the sample board."""
    async with (
        running(tmp_path, *STACK) as stack,
        sit_down(browser, stack.address) as alice,
        sit_down(browser, stack.address) as carol,
    ):
        await carol.page.get_by_role("radio", name="Carol").check()
        await expect(carol.page.get_by_text("You are Carol")).to_be_visible()
        await expect(board(alice)).to_contain_text("#1 Consolidate MVP verification docs")
        yield alice, carol


def whispers(person: Person) -> Locator:
    return person.message("Only visible to you")


async def go_home(person: Person) -> Locator:
    await person.page.get_by_role("link", name="Onewip").click()
    await person.page.get_by_role("tab", name="Home").click()
    return person.page.get_by_role("tabpanel", name="Home")


async def test_whoever_was_removed_is_refused_for_their_eyes_only(people: tuple[Person, Person]) -> None:
    alice, carol = people
    home = await go_home(carol)
    await expect(home).to_contain_text("#1 Consolidate MVP verification docs")  # she has never done anything on it
    await alice.say("/remove @Carol")
    await expect(home).not_to_contain_text("#1 Consolidate MVP verification docs")

    await carol.page.get_by_role("link", name="standup").click()
    await expect(carol.page.get_by_text("You look at #standup, and are not in it.")).to_be_visible()
    await board(carol).get_by_role("button", name="Update status").click()
    await expect(whispers(carol)).to_contain_text(REFUSED)
    await expect(alice.page.get_by_text(REFUSED)).to_have_count(0)

    await carol.button("Join").click()
    await carol.say("/board status back again")
    await expect(board(alice)).to_contain_text(re.compile(r"back again\s*Carol"))


async def test_a_bot_that_is_removed_and_invited_again_goes_on(people: tuple[Person, Person]) -> None:
    alice, _ = people
    await alice.say("/remove @Onewip")
    await board(alice).get_by_role("button", name="Update status").click()
    await expect(whispers(alice).last).to_contain_text("I'm not in #standup yet. Type /invite @Onewip there")
    await alice.say("/invite @Onewip")
    await alice.say("/board status we go on")
    await expect(board(alice)).to_contain_text("we go on")


async def test_an_archived_channels_board_stands_still_and_resumes(people: tuple[Person, Person]) -> None:
    alice, carol = people
    await alice.say("/archive")
    await expect(carol.page.get_by_text("#standup is archived: it can be read")).to_be_visible()
    await board(carol).get_by_role("button", name="Update status").click()
    await expect(whispers(carol)).to_contain_text("#standup is archived, so its board stands still.")
    await carol.button("Unarchive").click()
    await alice.say("/rename daily")
    await carol.say("/board status on we go", channel="daily")
    await expect(board(alice)).to_contain_text(re.compile(r"on we go\s*Carol"))


async def test_what_was_typed_stays_where_the_bot_is_not(people: tuple[Person, Person]) -> None:
    alice, _ = people
    await alice.page.get_by_role("link", name="Onewip").click()
    await alice.button("Shortcuts").click()
    await alice.page.get_by_role("menuitem", name="Add item").click()
    form = alice.dialog("Add an item")
    choice = form.get_by_role("combobox", name="Board of")
    await expect(choice.locator("option")).to_have_text(["Choose", "#standup", "#random", "#quiet", "#leads"])
    await form.get_by_role("textbox", name="Title").fill("Typed once")
    without = {"#quiet": "I'm not in #quiet yet. Type /invite @Onewip there", "#leads": "I'm not in this channel yet."}
    for channel, words in without.items():
        await choice.select_option(label=channel)
        await form.get_by_role("button", name="Add").click()
        await expect(form).to_contain_text(words)
        await expect(form.get_by_role("textbox", name="Title")).to_have_value("Typed once")
    await choice.select_option(label="#random")
    await form.get_by_role("button", name="Add").click()
    await expect(alice.dialog("Onewip")).to_contain_text("Typed once is in NEXT")


async def test_a_mistyped_command_is_answered_by_slackbot(people: tuple[Person, Person]) -> None:
    alice, _ = people
    await alice.say("/bord")
    await expect(whispers(alice)).to_contain_text("Slackbot")
    await expect(whispers(alice)).to_contain_text("/bord is not a valid command.")
