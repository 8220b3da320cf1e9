"""The README's pictures, taken from the sandbox itself: `make pictures`."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page, async_playwright

from tests.stack import ROOT, running

FOLDER = ROOT / ".github" / "pictures"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]


async def board(page: Page) -> None:
    """The channel as a newcomer meets it: the board, and the digest."""
    await page.screenshot(path=FOLDER / "board.png")


async def finish(page: Page) -> None:
    """The finish dialog, with a criterion open."""
    await page.get_by_role("button", name="Mark DoD done").first.click()
    dialog = page.get_by_role("dialog")
    boxes = dialog.get_by_role("group", name="Met so far").get_by_role("checkbox")
    await boxes.last.wait_for()
    for k in range(await boxes.count() - 1):
        await boxes.nth(k).check()
    await dialog.get_by_role("button", name="Save").click()
    await dialog.get_by_text("stays in progress").wait_for()
    await page.screenshot(path=FOLDER / "finish.png")


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        async with running(Path(folder), "-m", "bot", "run", "--sandbox") as stack, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = await browser.new_page(viewport={"width": 1200, "height": 1010})
            await page.goto(stack.address)
            await page.get_by_text("nothing moved since").wait_for()
            for picture in (board, finish):
                await picture(page)
            await browser.close()


asyncio.run(main())
