"""A running sandbox, its page's client, and a small real Bolt app connected to it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE, Manifest
from tests.sandbox.stage import Clock, Page

# An app that asked for more than ours does: the sandbox knows more than we need today.
CURIOUS = Manifest(
    scopes=(
        "commands",
        "chat:write",
        "pins:write",
        "users:read",
        "channels:read",
        "im:write",
        "files:read",
        "files:write",
    ),
    commands=SOCKET_MODE.commands,
    events=frozenset({"app_home_opened", "member_joined_channel"}),
    shortcuts=(
        {"name": "Add to board", "type": "message", "callback_id": "add", "description": "As an item"},
        {"name": "Capture an idea", "type": "global", "callback_id": "capture", "description": "For later"},
    ),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def scopes() -> tuple[str, ...]:
    """What the app may do; a test may give it less."""
    return CURIOUS.scopes


@pytest.fixture
async def sandbox(tmp_path: Path, clock: Clock, scopes: tuple[str, ...]) -> AsyncIterator[Sandbox]:
    box = Sandbox(tmp_path / "sandbox.db", 0, clock, replace(CURIOUS, scopes=scopes))
    await box.start()
    yield box
    await box.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def page(sandbox: Sandbox, http: aiohttp.ClientSession) -> Page:
    return Page(sandbox.address, http)


@pytest.fixture
def slack(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncWebClient:
    """The Web API client a bot has."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, session=http, retry_handlers=[])


@pytest.fixture
async def app(sandbox: Sandbox, slack: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """A real Bolt app, connected by Socket Mode; a test adds its listeners."""
    bolt = AsyncApp(client=slack, process_before_response=True, raise_error_for_unhandled_request=False)
    handler = AsyncSocketModeHandler(bolt, sandbox.app_token, web_client=slack)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]
