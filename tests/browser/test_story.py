"""The whole story on `make run`'s own stack, as a person lives it: from the morning's digest to a red production."""

from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.browser.person import Person, sit_down
from tests.stack import running

STACK = ("-m", "bot", "run", "--sandbox")


def board(person: Person) -> Locator:
    """The living board message: the one that is pinned."""
    return person.message("IN PROGRESS").filter(has_text="Pinned")


def criteria(dialog: Locator) -> Locator:
    return dialog.get_by_role("group", name="Met so far").get_by_role("checkbox")


async def test_a_day_on_the_board(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as alice:
        await expect(alice.message("nothing moved since")).to_contain_text("#1 Consolidate MVP verification docs")
        await expect(board(alice)).to_contain_text("0 of 6")
        await expect(board(alice)).to_contain_text("6 of 6")
        await finish_but_one(alice)
        await expect(board(alice)).to_contain_text("5 of 6")
        await finish_all(alice)
        await see_what_followed(alice)
        await break_production(alice)
        seen = await board(alice).inner_text()
        await alice.page.reload()
        await see_the_same(alice, seen)

    async with running(tmp_path, *STACK) as restarted, sit_down(browser, restarted.address) as alice:
        await see_the_same(alice, seen)


async def finish_but_one(alice: Person) -> None:
    await board(alice).get_by_role("button", name="Mark DoD done").click()
    dialog = alice.dialog("Mark DoD done · #1")
    await expect(criteria(dialog)).to_have_count(6)
    for k in range(5):
        await criteria(dialog).nth(k).check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_contain_text(
        "Saved 5 of 6. #1 stays in progress: 6 PR created with auto-merge enabled is open."
    )


async def finish_all(alice: Person) -> None:
    dialog = alice.dialog("Mark DoD done · #1")
    await criteria(dialog).nth(5).check()
    await dialog.get_by_role("textbox", name="Result").fill("PR #1795, 140 tests <!channel> & *all*")
    await dialog.get_by_role("button", name="Save").click()
    sure = alice.dialog("Finish #1")
    await expect(sure).to_contain_text(
        "It moves to DONE as Closed. STATE.md and NEXT-7D.md are updated. #2 Backend E2E test improvements"
    )
    await sure.get_by_role("button", name="Finish").click()
    await expect(sure).to_have_count(0)


async def see_what_followed(alice: Person) -> None:
    post = alice.message("is done · Alice · 2 days · 6 of 6")
    await expect(post).to_contain_text("› PR #1795, 140 tests <!channel> & *all*")
    await expect(post).to_contain_text("✅ DONE (CLOSED)   ✅ STATE.md   ✅ NEXT-7D.md")
    await expect(post).to_contain_text("✅ #2 started")
    await expect(post).to_contain_text("prod facts 6 of 6")
    await expect(board(alice)).to_contain_text("#2 Backend E2E test improvements (optional)")
    await expect(board(alice)).to_contain_text("19 · last: #1")


async def see_the_same(alice: Person, seen: str) -> None:
    await expect(board(alice)).to_have_text(seen, use_inner_text=True)
    await expect(alice.message("is done · Alice")).to_have_count(1)
    await expect(alice.message("nothing moved since")).to_have_count(1)


async def break_production(alice: Person) -> None:
    await alice.page.get_by_role("switch", name="Break the demo site").click()
    await board(alice).get_by_role("button", name="Run prod facts").click()
    answer = alice.dialog("Onewip")
    await expect(answer).to_contain_text("🔴 4 of 6")
    await expect(answer).to_contain_text("Organic")
    await alice.page.keyboard.press("Escape")
    await expect(board(alice)).to_contain_text("Production is red: Products API, Product detail, since")
