"""Stories on the board, on `make run`'s own stack: refused and shown the way on, criteria, parking, undo, reopening."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser.person import Person, sit_down
from tests.browser.test_story import STACK, board
from tests.stack import running


@pytest_asyncio.fixture(loop_scope="session")
async def alice(browser: Browser, tmp_path: Path) -> AsyncIterator[Person]:
    """Alice, in front of the sample board."""
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as person:
        await expect(board(person)).to_contain_text("#1 Consolidate MVP verification docs")
        yield person


def whisper(alice: Person, text: str) -> Locator:
    return alice.message("Only visible to you").filter(has_text=text).last


async def test_a_refusal_shows_the_way_on_and_the_way_works(alice: Person) -> None:
    await alice.say("/board start 2")
    refusal = whisper(alice, "WIP is taken: #1 Consolidate MVP verification docs, Alice, day 2, 0 of 6.")
    await expect(refusal).to_contain_text("#2 was not started.")
    await refusal.get_by_role("button", name="Park #1…").click()
    parking = alice.dialog("Park · #1")
    await parking.get_by_role("textbox", name="Reason").fill("waiting for the audit")
    await parking.get_by_role("button", name="Park").click()
    await expect(board(alice)).to_contain_text("#1 Consolidate MVP verification docs — waiting for the audit")
    await board(alice).get_by_role("button", name="Start #2").click()
    await expect(board(alice)).to_contain_text(re.compile(r"#2 Backend E2E test improvements \(optional\)\s*Alice"))

    await alice.say("/board unblock")
    await expect(board(alice)).to_contain_text(re.compile(r"NEXT\s*#1 Consolidate MVP verification docs"))


async def test_criteria_are_ticked_waived_and_rewritten_in_their_dialog(alice: Person) -> None:
    await alice.say("/board dod 1")
    dialog = alice.dialog("DoD · #1")
    await choose(alice, dialog, 0, "Tick")
    await expect(dialog).to_contain_text("☑ 1")
    await choose(alice, dialog, 2, "Waive…")
    await alice.dialog("Waive · #1").get_by_role("textbox").fill("there are no audit docs")
    await alice.dialog("Waive · #1").get_by_role("button", name="Waive").click()
    await expect(dialog).to_contain_text(
        "☒ 3  Cross-reference all audit docs — waived by Alice: there are no audit docs"
    )
    await dialog.get_by_role("textbox", name="Definition of Done").fill("It works correctly")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_contain_text("Nothing is saved yet.")
    await expect(dialog.get_by_role("group", name="Keep them, I will judge them")).to_be_in_viewport()
    await dialog.get_by_role("textbox", name="Definition of Done").fill("docs/MVP.md names all 5 audits")
    await dialog.get_by_role("button", name="Save").click()
    await expect(board(alice)).to_contain_text("0 of 1")


async def test_any_item_is_found_and_shown_from_the_board_and_its_card_changes_with_it(alice: Person) -> None:
    find = board(alice).get_by_role("combobox", name="Start, park or show…")
    await find.fill("features")
    await alice.page.get_by_role("option", name="#4 Future features").click()
    card = whisper(alice, "#4 Future features")
    await card.get_by_role("button", name="Defer #4").click()
    await expect(card).to_contain_text("is in LATER")
    await card.get_by_role("button", name="Write the DoD of #4…").click()
    dialog = alice.dialog("DoD · #4")
    await dialog.get_by_role("textbox", name="Definition of Done").fill("GET /features is 200")
    await dialog.get_by_role("button", name="Save").click()
    await expect(card).to_contain_text("Its Definition of Done is saved: 1 check.")
    await expect(alice.message("Only visible to you")).to_have_count(1)  # all of it in one place


async def test_what_production_says_takes_the_place_of_the_question(alice: Person) -> None:
    await alice.say("/board")
    await whisper(alice, "Share to channel").get_by_role("button", name="Run prod facts").click()
    await expect(whisper(alice, "🟢 Backend health")).to_be_visible()
    await expect(alice.message("Only visible to you")).to_have_count(1)


async def test_the_zone_is_searched_and_the_weekdays_stand_on_one_line(alice: Person) -> None:
    await alice.say("/board settings")
    dialog = alice.dialog("Settings")
    zone = dialog.get_by_role("combobox", name="Time zone")
    await zone.fill("athn")
    await expect(dialog.get_by_role("option", name="Europe/Athens")).to_be_visible()
    await zone.press("Enter")
    await expect(zone).to_have_value("Europe/Athens")
    await expect(dialog.locator("summary").filter(has_text="Mon, Tue, Wed, Thu, Fri")).to_be_visible()
    await dialog.get_by_role("button", name="Save").click()
    await expect(whisper(alice, "Europe/Athens")).to_be_visible()


async def test_what_was_done_is_undone(alice: Person) -> None:
    await alice.say("/board defer 4")
    await expect(board(alice)).to_contain_text("LATER")
    await alice.say("/board undo")
    await expect(whisper(alice, "Undone")).to_contain_text("Alice deferred #4")
    await expect(board(alice)).not_to_contain_text("LATER")
    await alice.say("/board log")
    await expect(whisper(alice, "What happened")).to_contain_text("Alice undid: deferred #4")


async def test_closed_work_comes_back_with_new_evidence_only(alice: Person) -> None:
    await alice.say("/board defer 4")
    await alice.say("/board reopen 6")
    dialog = alice.dialog("Reopen · #6")
    await dialog.get_by_role("textbox", name="New failing evidence").fill("ssh answers again on port 22")
    await dialog.get_by_role("button", name="Reopen").click()
    await expect(board(alice)).to_contain_text(re.compile(r"NEXT\s*#6 SSH/fail2ban hardening"))
    await alice.say("/board show 6")
    await expect(whisper(alice, "#6 SSH/fail2ban")).to_contain_text("Reopened: ssh answers again on port 22")


async def choose(alice: Person, dialog: Locator, k: int, choice: str) -> None:
    """Open a criterion's menu and choose."""
    await dialog.get_by_role("button", name="More").nth(k).click()
    await alice.page.get_by_role("menuitem", name=choice).click()
