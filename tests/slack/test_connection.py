"""Meeting Slack: refused tokens are told at once, an unreachable Slack is tried again, and leaving waits."""

import asyncio
import logging
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack import connection
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.connection import Socket, TokenRefused, bolt_app, introduce
from tests.fakes import MYSELF, Clock, FakeSlack

COMMAND = {"command": "/board", "channel_id": "C1", "user_id": "U0ALICE"}


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack(Clock())


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, without waiting."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.slack.connection.asyncio.sleep", sleep)
    return waited


async def test_good_tokens_say_who_we_are(slack: FakeSlack) -> None:
    assert await introduce(slack, "xapp-1") == MYSELF
    assert slack.called("check_socket") == [{"app_token": "xapp-1"}]


@pytest.mark.parametrize("code", ["invalid_auth", "not_authed", "account_inactive", "token_revoked"])
@pytest.mark.parametrize(("method", "variable"), [("whoami", "SLACK_BOT_TOKEN"), ("check_socket", "SLACK_APP_TOKEN")])
async def test_a_refused_token_is_named_and_not_tried_again(
    slack: FakeSlack, method: str, variable: str, code: str
) -> None:
    slack.fails(method, SlackRefused(code))
    with pytest.raises(TokenRefused, match=rf"Slack refuses {variable} \({code}\)\."):
        await introduce(slack, "xapp-1")
    assert len(slack.called(method)) == 1


async def test_an_unreachable_slack_is_tried_again_and_again(
    slack: FakeSlack, waits: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    slack.fails("whoami", SlackUnreachable("no route"), times=6)
    slack.fails("check_socket", SlackBusy(30))
    with caplog.at_level(logging.WARNING):
        assert await introduce(slack, "xapp-1") == MYSELF
    assert waits == [1, 2, 5, 10, 30, 30, 30]
    assert "Slack can't be reached (no route). Trying again in 1 s." in caplog.messages


async def test_the_environments_tokens_are_nobodys_business(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    bolt_app(slack, "xoxb-1", dict(MYSELF))
    assert caplog.messages == []


class Leaving(Socket):
    """A connection that notes when it is closed."""

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__(bolt_app(slack, "xoxb-1", dict(MYSELF)), slack, "xapp-1")
        self.order: list[str] = []

    async def close_async(self) -> None:
        self.order.append("closed")
        await super().close_async()  # type: ignore[no-untyped-call]


ENVELOPE = SocketModeRequest("slash_commands", "1", COMMAND)


async def test_leaving_waits_for_what_is_being_answered(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    socket, done = Leaving(slack), asyncio.Event()

    async def answering(*_: Any) -> None:
        await done.wait()
        socket.order.append("answered")

    monkeypatch.setattr(AsyncSocketModeHandler, "handle", answering)
    handling = asyncio.create_task(socket.handle(socket.client, ENVELOPE))
    leaving = asyncio.create_task(socket.leave())
    await asyncio.sleep(0)
    done.set()
    await asyncio.gather(handling, leaving)
    assert socket.order == ["answered", "closed"]


async def test_leaving_does_not_wait_longer_than_slack_does(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    socket = Leaving(slack)

    async def forever(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(connection, "DRAIN", 0.01)
    monkeypatch.setattr(AsyncSocketModeHandler, "handle", forever)
    handling = asyncio.create_task(socket.handle(socket.client, ENVELOPE))
    await asyncio.sleep(0)
    await socket.leave()
    handling.cancel()
    assert socket.order == ["closed"]
    assert "Left Slack with 1 requests unanswered." in caplog.messages
