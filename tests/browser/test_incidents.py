"""An incident from its beginning to its end on `make run`'s own stack: the demo site breaks, and is mended."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.person import Person, sit_down
from tests.browser.test_story import STACK, board
from tests.stack import running


async def test_the_demo_site_breaks_and_is_mended(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as alice:
        await expect(board(alice)).to_contain_text("🟢 6 of 6")
        await switch_the_demo_site(alice)
        await run_facts(alice, "🔴 4 of 6")
        incident = alice.message("are red since")
        await expect(incident).to_contain_text("Products API, Product detail")
        await expect(incident).to_contain_text("no products in the list")
        await incident.get_by_role("button", name="I'm on it").click()
        await expect(incident).to_contain_text("Alice is on it")
        await switch_the_demo_site(alice)
        await run_facts(alice, "good again, but not for long enough yet")
        await expect(incident).to_have_count(1)
        await run_facts(alice, "🟢 6 of 6")
        await expect(alice.message("are green again, after")).to_have_count(1)
        await expect(incident).to_have_count(0)
        await expect(board(alice)).to_contain_text("🟢 6 of 6")


async def switch_the_demo_site(alice: Person) -> None:
    await alice.page.get_by_role("switch", name="Break the demo site").click()


async def run_facts(alice: Person, words: str) -> None:
    await board(alice).get_by_role("button", name="Run prod facts").click()
    answer = alice.dialog("Onewip")
    await expect(answer).to_contain_text(words)
    await answer.get_by_role("button", name="Close").last.click()
    await expect(answer).to_have_count(0)
