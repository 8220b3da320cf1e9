"""The sandbox as somebody new meets it, on `make run`'s own stack: what to try, who is who, the ways out of Home."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.person import PICTURES, Person, sit_down
from tests.browser.test_story import STACK, board
from tests.stack import Stack, running


@pytest_asyncio.fixture(loop_scope="session")
async def stack(tmp_path: Path) -> AsyncIterator[Stack]:
    async with running(tmp_path, *STACK) as running_stack:
        yield running_stack


@pytest_asyncio.fixture(loop_scope="session")
async def alice(browser: Browser, stack: Stack) -> AsyncIterator[Person]:
    async with sit_down(browser, stack.address) as person:
        await expect(board(person)).to_contain_text("#1 Consolidate MVP verification docs")
        yield person


async def test_the_first_screen_says_what_to_try_and_each_of_it_works(alice: Person) -> None:
    line = alice.page.get_by_role("note", name="What to try")
    await line.get_by_role("button", name="tick a criterion").click()
    await expect(alice.composer()).to_have_value("/board tick 1")
    await alice.composer().press("Enter")
    await expect(board(alice)).to_contain_text("1 of 6")

    await line.get_by_role("button", name="break the demo site").click()
    await alice.say("/board facts run")
    await expect(board(alice)).to_contain_text("Production is red: Products API, Product detail, since")
    await alice.dialog("Onewip").get_by_role("button", name="Close").last.click()  # it has the answer too

    await line.get_by_role("button", name="be asked how it goes").click()
    await expect(alice.message("Where does it stand?")).to_be_visible()

    await alice.page.get_by_role("navigation").get_by_role("link", name="standup").click()
    await line.get_by_role("button", name="Hide this line").click()
    await expect(line).to_have_count(0)
    await alice.page.reload()
    await expect(board(alice)).to_be_visible()
    await expect(line).to_have_count(0)


async def test_the_owner_has_a_face_on_the_board(alice: Person) -> None:
    face = board(alice).get_by_role("img", name="Picture of Alice")
    await expect(face).to_be_visible()
    assert await face.evaluate("(face) => face.naturalWidth > 0")
    await expect(board(alice).get_by_role("heading")).to_have_text("#1 Consolidate MVP verification docs")


async def test_home_is_left_by_escape_back_its_room_a_slash_and_another_person(alice: Person) -> None:
    page, messages = alice.page, alice.page.get_by_role("tab", name="Messages")
    room = page.get_by_role("navigation").get_by_role("link", name="Onewip")
    await room.click()
    for leave in (
        lambda: page.keyboard.press("Escape"),
        page.go_back,
        room.click,
        lambda: page.keyboard.press("/"),
        messages.click,
    ):
        await page.get_by_role("tab", name="Home").click()
        await expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("My boards")
        await leave()
        await expect(messages).to_have_attribute("aria-selected", "true")

    await page.get_by_role("tab", name="Home").click()
    await page.get_by_role("radio", name="Dana").check()
    await expect(page.get_by_text("You are Dana · guest")).to_be_visible()
    await expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("My boards")
    await page.get_by_role("navigation").get_by_role("link", name="standup").click()
    await expect(board(alice)).to_be_visible()
    await page.reload()
    await expect(board(alice)).to_be_visible()


async def test_who_lives_elsewhere_reads_the_time_there(alice: Person) -> None:
    stamp = board(alice).locator(".stamp").first
    here = await stamp.text_content()
    await alice.page.get_by_role("radio", name="Emi").check()
    await expect(alice.page.get_by_text("You are Emi · in Tokyo")).to_be_visible()
    await expect(stamp).not_to_have_text(here or "")
    await alice.page.get_by_role("radio", name="Finn").check()
    await expect(alice.page.get_by_text("You are Finn · On holiday")).to_be_visible()


async def test_every_verb_is_offered_with_what_it_does(alice: Person) -> None:
    await alice.composer().fill("/board ")
    offered = alice.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    assert await offered.count() > 30
    await alice.composer().fill("/board wai")
    await expect(offered).to_have_text(["/board waiveN k REASONlets criterion k go unmet; for owners"])


@pytest.mark.parametrize("width", [320, 390])
async def test_nothing_is_cut_on_a_phone(browser: Browser, stack: Stack, width: int) -> None:
    async with sit_down(browser, stack.address, width=width) as person:
        await expect(board(person)).to_contain_text("#1 Consolidate MVP verification docs")
        await person.page.screenshot(path=PICTURES / f"phone-{width}.png")
        cut = """() => [...document.querySelectorAll("main *, header *")].filter((node) => {
            const { left, right, width } = node.getBoundingClientRect();
            return width > 0 && (left < 0 || right > innerWidth + 0.5);
        }).map((node) => node.outerHTML.slice(0, 80))"""
        assert await person.page.evaluate(cut) == []


async def test_the_line_says_what_to_try_once_there_is_a_board(alice: Person) -> None:
    """A page may be open before the board is: a bot that has just started has yet to post it."""
    await alice.page.get_by_role("link", name="quiet").first.click()
    await alice.say("/invite @Onewip", "quiet")
    line = alice.page.get_by_role("note", name="What to try")
    await expect(line).to_contain_text("This board is empty.")
    await line.get_by_role("button", name="Add a first item").click()
    await alice.composer("quiet").press("Enter")
    form = alice.dialog("Add an item")
    await form.get_by_role("textbox", name="Title").fill("Card payments")
    await form.get_by_role("button", name="Add").click()
    await expect(board(alice)).to_contain_text("#1 Card payments")
    await expect(line.get_by_role("button", name="tick a criterion")).to_be_visible()
