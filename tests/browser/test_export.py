"""The board as a file: asked for in a channel, found in one's own direct messages, and downloaded whole."""

import csv
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.person import Person, sit_down
from tests.browser.test_story import STACK
from tests.stack import running


@pytest_asyncio.fixture(loop_scope="session")
async def alice(browser: Browser, tmp_path: Path) -> AsyncIterator[Person]:
    """Alice, on the stack that `make run` starts."""
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as person:
        yield person


async def downloaded(alice: Person, name: str) -> tuple[str, bytes]:
    """Click on a file's card. Gives the name under which it is saved, and what is in it."""
    async with alice.page.expect_download() as saved:
        await alice.page.get_by_role("link", name=f"Download {name}").click()
    download = await saved.value
    return download.suggested_filename, (await download.path()).read_bytes()


async def test_the_board_is_asked_for_and_downloaded(alice: Person) -> None:
    await alice.say("/board export")
    await expect(alice.message("NEXT-7D.md is on its way into your direct messages")).to_be_visible()
    direct = alice.page.get_by_role("link", name="Onewip")
    await expect(direct).to_contain_text("1")
    await alice.say("/board export csv")
    await expect(direct).to_contain_text("2")
    assert await alice.message("The board of").count() == 0  # nobody in the channel is bothered

    await direct.click()
    await expect(alice.message("The board of #standup as Markdown")).to_contain_text("NEXT-7D.md")
    name, content = await downloaded(alice, "NEXT-7D.md")
    assert name == "NEXT-7D.md"
    assert "**Consolidate MVP verification docs**" in content.decode()
    name, content = await downloaded(alice, "board-")
    assert name.endswith(".csv")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    assert (rows[0]["title"], rows[0]["lane"], len(rows)) == ("Consolidate MVP verification docs", "WIP", 22)


async def test_a_file_is_still_there_after_a_reload_and_nobody_elses(alice: Person) -> None:
    await alice.say("/board export json")
    await alice.page.get_by_role("link", name="Onewip").click()
    await expect(alice.page.get_by_role("link", name="Download board-")).to_be_visible()
    await alice.page.reload()
    _, content = await downloaded(alice, "board-")
    assert b'"wip"' in content
    await alice.page.get_by_role("radio", name="Bob").check()
    await expect(alice.page.get_by_text("You are Bob")).to_be_visible()
    await expect(alice.page.get_by_role("link", name="Download")).to_have_count(0)
