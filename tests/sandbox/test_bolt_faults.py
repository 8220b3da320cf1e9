"""Every trouble the sandbox can make, met by a real Bolt bot over its own connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.payloads import Json, actions, button
from tests.sandbox.stage import Clock, Page

PATIENCE = 60  # seconds; a connection that was cut is back in less than five


@pytest.fixture
def reports(app: AsyncApp) -> list[str]:
    """What the bot met: its /board posts a message, and its answer to a click is heard here too."""
    met: list[str] = []

    @app.command("/board")
    async def board(ack: Any, client: AsyncWebClient, command: Json) -> None:
        await ack()
        met.append(await post(client, command["channel_id"]))

    @app.action("do:start")
    async def start(ack: Any, body: Json) -> None:
        await ack()
        met.append(f"{body['actions'][0]['value']} {body['trigger_id']}")

    @app.event("app_home_opened")
    async def opened(body: Json) -> None:
        met.append(body["event_id"])

    return met


async def post(client: AsyncWebClient, channel: str) -> str:
    """Post once, as a bot that must not post twice; gives how it went."""
    try:
        await client.chat_postMessage(channel=channel, text="x")
    except SlackApiError as error:
        answer = error.response
        return f"{answer.status_code} {answer.headers.get('Retry-After', '')}".strip()
    except aiohttp.ClientConnectionError:
        return "cut off"
    return "posted"


@pytest.mark.parametrize(
    ("kind", "report", "kept"),
    [
        ("429", "429 7", 0),
        ("500", "500", 0),
        ("reset_before", "cut off", 0),
        ("reset_after", "cut off", 1),
        ("delay", "posted", 1),
    ],
)
async def test_the_next_calls_meet_what_was_planned(
    kind: str, report: str, kept: int, reports: list[str], page: Page
) -> None:
    seconds = 0.05 if kind == "delay" else 7
    await page.do("faults", method="chat.postMessage", kind=kind, times=2, seconds=seconds)
    for _ in range(3):
        assert (await page.say("/board"))["ok"]
    assert reports == [report, report, "posted"]
    assert len(await page.messages()) == 2 * kept + 1


async def test_one_message_a_second(reports: list[str], page: Page, clock: Clock) -> None:
    await page.do("faults", one_a_second=True)
    for _ in range(2):
        await page.say("/board")
    clock.forward(seconds=1)
    await page.say("/board")
    assert reports == ["posted", "429 1", "posted"]


async def test_a_click_comes_twice(reports: list[str], page: Page, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0STANDUP", text="b", blocks=[actions(button())])
    await page.do("faults", clicks_twice=True)
    await page.click((await page.messages())[0], "do:start")
    assert [report.split()[0] for report in reports] == ["12", "12"]
    assert len(set(reports)) == 2


async def test_an_ack_that_gets_lost_brings_the_same_envelope_again(
    reports: list[str], page: Page, sandbox: Sandbox
) -> None:
    await page.do("faults", envelopes_twice=True)
    assert (await page.say("/board"))["ok"]
    assert reports == ["posted", "posted"]
    assert [call["direction"] for call in sandbox.box.calls.recent].count("out") == 1  # one envelope
    await page.do("faults", clear=True)
    await page.say("/board")
    assert len(reports) == 3


async def test_the_last_event_comes_again_with_the_same_id(reports: list[str], page: Page) -> None:
    await page.do("home")
    await page.do("redeliver")
    assert len(reports) == 2
    assert len(set(reports)) == 1


@pytest.mark.parametrize("action", ["drop", "refresh"])
async def test_a_line_that_breaks_is_taken_up_again(
    action: str, sandbox: Sandbox, slack: AsyncWebClient, page: Page, http: aiohttp.ClientSession
) -> None:
    bolt = AsyncApp(client=slack, process_before_response=True)

    @bolt.command("/board")
    async def board(ack: Any) -> None:
        await ack("Here")

    async with connected(bolt, sandbox), watching(http, sandbox) as line:
        assert await page.do("socket", action=action) == {"ok": True}
        async with asyncio.timeout(PATIENCE):
            while b'"online": true' not in await line.readline():
                pass
        assert (await page.say("/board"))["ok"]
    assert [m["text"] for m in await page.messages()] == ["Here"]


async def test_of_two_processes_each_click_goes_to_one(sandbox: Sandbox, slack: AsyncWebClient, page: Page) -> None:
    heard: list[tuple[str, str]] = []
    await slack.chat_postMessage(channel="C0STANDUP", text="b", blocks=[actions(button())])
    (message,) = await page.messages()
    async with connected(hearing("one", heard, slack), sandbox):
        async with connected(hearing("two", heard, slack), sandbox):
            for _ in range(4):
                assert await page.click(message, "do:start") == {"ok": True}
            assert sorted(who for who, _ in heard) == ["one", "one", "two", "two"]
            assert len({trigger for _, trigger in heard}) == 4
        assert await page.click(message, "do:start") == {"ok": True}
    assert heard[-1][0] == "one"


def hearing(name: str, heard: list[tuple[str, str]], slack: AsyncWebClient) -> AsyncApp:
    """One process of the bot; what it hears is noted under its name."""
    bolt = AsyncApp(client=slack, process_before_response=True)

    @bolt.action("do:start")
    async def start(ack: Any, body: Json) -> None:
        heard.append((name, body["trigger_id"]))
        await ack()

    return bolt


@asynccontextmanager
async def connected(bolt: AsyncApp, sandbox: Sandbox) -> AsyncIterator[None]:
    """Connect a bot; it looks after its line every tenth of a second, where Bolt's own wait is ten seconds."""
    handler = AsyncSocketModeHandler(bolt, sandbox.app_token, web_client=bolt.client, ping_interval=0.1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:  # also when a test fails: a line that nobody closes is taken up again for ever
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def watching(http: aiohttp.ClientSession, sandbox: Sandbox) -> AsyncIterator[aiohttp.StreamReader]:
    """The page's live stream; from here on nothing is missed."""
    async with http.get(f"{sandbox.address}/sandbox/live?person=U0ALICE") as stream:
        await stream.content.readline()
        yield stream.content
