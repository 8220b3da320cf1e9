"""Delivery by signed HTTP: Slack's own example, and a real Bolt app behind a request URL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.delivery.signed_http import SignedHttp, signature
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import CURIOUS
from tests.sandbox.payloads import Json, actions, button, modal
from tests.sandbox.stage import Clock, Page

# The example of docs.slack.dev/authentication/verifying-requests-from-slack.
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TIMESTAMP = "1531420618"
BODY = urlencode(
    {
        "token": "xyzz0WbapA4vBCDEFasx0q6G",
        "team_id": "T1DC2JH3J",
        "team_domain": "testteamnow",
        "channel_id": "G8PSS9T3V",
        "channel_name": "foobar",
        "user_id": "U2CERLKJA",
        "user_name": "roadrunner",
        "command": "/webhook-collect",
        "text": "",
        "response_url": "https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN",
        "trigger_id": "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    }
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_slacks_own_example() -> None:
    assert signature(SECRET, TIMESTAMP, BODY) == SIGNATURE


class Told(SignatureClock):
    """The verifier's clock, at the sandbox's time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock().timestamp()


class Endpoint:
    """A Bolt app behind a request URL, and the headers it was sent."""

    def __init__(self, clock: Clock) -> None:
        self.headers: list[dict[str, str]] = []
        self.status = 0  # in place of the app's own answer, unless it is 0
        self._verifier = SignatureVerifier(Sandbox.signing_secret, clock=Told(clock))
        self.app: AsyncApp

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.headers.append(dict(request.headers))
        assert self._verifier.is_valid_request(body, dict(request.headers))
        if self.status:
            return web.Response(status=self.status)
        told = await self.app.async_dispatch(AsyncBoltRequest(body=body, headers=dict(request.headers)))
        kind = told.first_headers().get("content-type", "text/plain").partition(";")[0]
        return web.Response(status=told.status, text=told.body, content_type=kind)


@pytest.fixture
async def endpoint(clock: Clock) -> AsyncIterator[tuple[Endpoint, str]]:
    """The endpoint and its address."""
    served = Endpoint(clock)
    runner = web.AppRunner(_serving(served))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield served, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


def _serving(endpoint: Endpoint) -> web.Application:
    app = web.Application()
    app.router.add_post("/slack/events", endpoint.answer)
    return app


@pytest.fixture
async def sandbox(tmp_path: Path, clock: Clock, endpoint: tuple[Endpoint, str]) -> AsyncIterator[Sandbox]:
    box = Sandbox(tmp_path / "sandbox.db", 0, clock, CURIOUS, request_url=endpoint[1])
    await box.start()
    yield box
    await box.stop()


@pytest.fixture
def app(endpoint: tuple[Endpoint, str], slack: AsyncWebClient) -> AsyncApp:
    # The signature is checked by the endpoint, at the sandbox's time; Bolt would look at the real clock.
    bolt = AsyncApp(
        client=slack,
        signing_secret=Sandbox.signing_secret,
        request_verification_enabled=False,
        process_before_response=True,
    )
    endpoint[0].app = bolt
    return bolt


async def test_a_command_and_its_answer(app: AsyncApp, page: Page) -> None:
    @app.command("/board")
    async def board(ack: Any, command: Json) -> None:
        await ack(f"You said {command['text']} & more")

    assert (await page.say("/board äöü +1"))["ok"]
    assert [m["text"] for m in await page.messages()] == ["You said äöü +1 &amp; more"]
    assert (await page.state())["bot"]["online"] is True


async def test_a_click_and_the_blocks_it_answers_with(app: AsyncApp, page: Page, slack: AsyncWebClient) -> None:
    heard: list[str] = []

    @app.action("do:start")
    async def start(ack: Any, body: Json) -> None:
        heard.append(body["actions"][0]["value"])
        await ack()

    await slack.chat_postMessage(channel="C0STANDUP", text="b", blocks=[actions(button())])
    assert await page.click((await page.messages())[0], "do:start") == {"ok": True}
    assert heard == ["12"]


async def test_a_form_is_answered_by_another(app: AsyncApp, page: Page) -> None:
    @app.command("/board")
    async def board(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="add"))
        await ack()

    @app.view("add")
    async def add(ack: Any) -> None:
        await ack(response_action="update", view=modal(title={"type": "plain_text", "text": "Sure?"}))

    await page.say("/board")
    (view,) = (await page.state())["views"]
    assert await page.do("submit", view_id=view["id"]) == {"ok": True}
    assert [view["title"]["text"] for view in (await page.state())["views"]] == ["Sure?"]


async def test_an_event_comes_again_with_slacks_headers(
    app: AsyncApp, endpoint: tuple[Endpoint, str], page: Page, sandbox: Sandbox
) -> None:
    @app.event("app_home_opened")
    async def opened() -> None:
        """Bolt acks it."""

    assert (await page.do("home"))["ok"]
    assert (await page.do("redeliver"))["ok"]
    first, again = endpoint[0].headers
    assert "X-Slack-Retry-Num" not in first
    assert (again["X-Slack-Retry-Num"], again["X-Slack-Retry-Reason"]) == ("1", "http_timeout")


async def test_a_bot_that_answers_with_an_error_or_not_in_time_is_said(
    app: AsyncApp, endpoint: tuple[Endpoint, str], page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_late = asyncio.Event()

    @app.command("/board")
    async def board() -> None:
        await too_late.wait()

    monkeypatch.setattr(SignedHttp, "ack_seconds", 0.05)
    assert (await page.say("/board"))["error"] == "/board did not answer in time: operation_timeout"
    too_late.set()
    endpoint[0].status = 500
    assert (await page.say("/board"))["reason"] == "dispatch_failed"
