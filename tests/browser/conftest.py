"""A browser for the whole run; for each test a sandbox of its own, a Bolt app connected to it, and an open page."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from tests.browser.person import PATIENCE, Person, visit

CHROMIUM = Path("/usr/bin/chromium")
MANIFEST = replace(
    SOCKET_MODE,
    commands=(
        {"command": "/board", "description": "The board of this channel", "usage_hint": "add TITLE · start N · help"},
    ),
    shortcuts=(
        {"name": "Add to board", "type": "message", "callback_id": "add", "description": "As an item"},
        {"name": "Capture an idea", "type": "global", "callback_id": "capture", "description": "For later"},
    ),
    events=SOCKET_MODE.events | {"app_home_opened", "message.im"},
    scopes=tuple({*SOCKET_MODE.scopes, "commands", "chat:write", "pins:write", "files:read"}),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all browser tests, because they share the browser; none where there is no browser.

    On CI a missing browser is a failure: tests that nobody runs would look green.
    """
    skipped = not CHROMIUM.exists() and os.environ.get("CI") != "true"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if skipped:
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is not there (apt install chromium)"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    box = Sandbox(tmp_path / "sandbox.db", 0, lambda: datetime.now(UTC), MANIFEST)
    await box.start()
    yield box
    await box.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def app(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    """A real Bolt app without listeners; each test brings its own."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    bolt = AsyncApp(client=client, process_before_response=True, raise_error_for_unhandled_request=False)
    handler = AsyncSocketModeHandler(bolt, sandbox.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest_asyncio.fixture(loop_scope="session")
async def slack(app: AsyncApp) -> AsyncWebClient:
    """What the bot posts with."""
    return app.client


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def desk(browser: Browser) -> Page:
    """The page that one test after the other looks at: opening a new one takes longer than most tests do."""
    return await browser.new_page(viewport={"width": 1200, "height": 800}, color_scheme="light")


@pytest_asyncio.fixture(loop_scope="session")
async def alice(desk: Page, sandbox: Sandbox, app: AsyncApp) -> AsyncIterator[Person]:
    """Alice, in front of #standup; at the end her page must have had no error of its own."""
    await desk.mouse.move(0, 0)
    async with visit(desk, sandbox.address) as person:
        yield person
    await desk.goto("about:blank")
