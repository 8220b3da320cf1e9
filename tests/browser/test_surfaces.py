"""The outer surfaces on `make run`'s own stack: the bot is invited, and met on the Home, in a thread and in its DM."""

from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.browser.person import Person, sit_down
from tests.stack import running

STACK = ("-m", "bot", "run", "--sandbox")


async def test_from_an_empty_channel_to_the_home_a_thread_and_a_direct_message(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as alice:
        await be_told_to_invite_it(alice)
        await meet_it(alice)
        await add_the_first_item(alice)
        await find_it_on_the_home(alice)
        await change_the_board_from_the_home(alice)
        await make_an_item_from_a_message(alice)
        await add_one_from_anywhere(alice)
        await ask_in_a_direct_message(alice)


async def be_told_to_invite_it(alice: Person) -> None:
    await go_to(alice, "quiet")
    await alice.say("/board", "quiet")
    await expect(alice.message("Only visible to you")).to_contain_text(
        "I'm not in #quiet yet. Type /invite @Onewip there, then try again."
    )


async def meet_it(alice: Person) -> None:
    await alice.say("/invite @Onewip", "quiet")
    await expect(alice.message("Hello, I'm Onewip.")).to_have_count(1)
    await alice.button("Import a document").click()
    dialog = alice.dialog("Import a document")
    await expect(dialog).to_contain_text("You see what was understood before anything changes.")
    await dialog.get_by_role("button", name="Cancel").click()


async def add_the_first_item(alice: Person) -> None:
    await alice.button("Add the first item").click()
    form = alice.dialog("Add an item")
    await form.get_by_role("textbox", name="Title").fill("Card payments")
    await form.get_by_role("textbox", name="How will you know").fill("POST /checkout returns 201\nCI is green")
    await form.get_by_role("checkbox", name="Start it now").check()
    await form.get_by_role("button", name="Add").click()
    await expect(board(alice)).to_contain_text("#1 Card payments")
    # The thread of the board says what happened.
    await expect(board(alice).get_by_role("button", name="1 reply")).to_be_visible()


async def find_it_on_the_home(alice: Person) -> None:
    home = await open_home(alice)
    await expect(home).to_contain_text("#quiet")
    await expect(home).to_contain_text("#1 Card payments")
    await expect(home).to_contain_text("0 of 2")
    await expect(home).to_contain_text("Production")


async def change_the_board_from_the_home(alice: Person) -> None:
    home = alice.page.get_by_role("tabpanel", name="Home")
    await expect(home).not_to_contain_text("1 in NEXT")
    await home.get_by_role("button", name="Add item").first.click()  # of the board with an item of hers on it
    form = alice.dialog("Add an item")
    await form.get_by_role("textbox", name="Title").fill("Refunds")
    await form.get_by_role("button", name="Add").click()
    await expect(alice.dialog("Onewip")).to_contain_text("#2 Refunds is in NEXT")
    await alice.dialog("Onewip").get_by_role("button", name="Close").last.click()
    await expect(home).to_contain_text("1 in NEXT")


async def make_an_item_from_a_message(alice: Person) -> None:
    await go_to(alice, "quiet")
    await alice.say("We should test payments", "quiet")
    said = alice.message("We should test payments").filter(has_not_text="IN PROGRESS").first
    await said.hover()
    await said.get_by_role("button", name="More actions").click()
    await alice.page.get_by_role("menuitem", name="Add to board").click()
    form = alice.dialog("Add an item")
    await expect(form.get_by_role("textbox", name="Title")).to_have_value("We should test payments")
    await form.get_by_role("button", name="Add").click()
    await said.get_by_role("button", name="1 reply").click()
    await expect(alice.page.get_by_text("This is #3 We should test payments now, in NEXT.")).to_be_visible()


async def add_one_from_anywhere(alice: Person) -> None:
    await alice.button("Shortcuts").first.click()
    await alice.page.get_by_role("menuitem", name="Add item").click()
    form = alice.dialog("Add an item")
    await form.get_by_role("textbox", name="Title").fill("Invoices")
    await expect(form.get_by_role("combobox", name="Board of")).to_be_visible()
    await form.get_by_role("button", name="Cancel").click()


async def ask_in_a_direct_message(alice: Person) -> None:
    await alice.page.get_by_role("link", name="Onewip").click()
    await alice.page.get_by_role("tab", name="Messages").click()
    composer = alice.page.get_by_role("textbox", name="Message")
    await composer.fill("mine")
    await composer.press("Enter")
    answer = alice.message("Your items")
    await expect(answer).to_contain_text("#1 Card payments")
    hers = (await answer.inner_text()).partition("#1 Card payments")[0].count("#1 ")  # the sample's is hers too
    await answer.get_by_role("button", name="Show").nth(hers).click()
    await expect(alice.message("Only visible to you")).to_contain_text("POST /checkout returns 201")


async def go_to(alice: Person, channel: str) -> None:
    await alice.page.get_by_role("link", name=channel).first.click()  # the sidebar stands first
    await expect(alice.log(channel)).to_be_visible()


async def open_home(alice: Person) -> Locator:
    await alice.page.get_by_role("link", name="Onewip").click()
    await alice.page.get_by_role("tab", name="Home").click()
    return alice.page.get_by_role("tabpanel", name="Home")


def board(person: Person) -> Locator:
    """The living board message: the one that is pinned."""
    return person.message("IN PROGRESS").filter(has_text="Pinned")
