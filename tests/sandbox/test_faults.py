"""Troubles on demand, sockets that come and go, and events until they are acked."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Clock, Page


async def test_a_call_is_told_to_wait(page: Page, slack: AsyncWebClient) -> None:
    await page.do("faults", method="chat.postMessage", kind="429", times=1, seconds=7)
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0STANDUP", text="x")
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert response["error"] == "ratelimited"
    assert await page.messages() == []
    assert (await slack.chat_postMessage(channel="C0STANDUP", text="x"))["ok"]


async def test_a_call_fails_on_the_server(page: Page, slack: AsyncWebClient) -> None:
    await page.do("faults", method="*", kind="500", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await slack.auth_test()
    assert (await slack.auth_test())["ok"]


@pytest.mark.parametrize(("kind", "kept"), [("reset_before", []), ("reset_after", ["x"])])
async def test_the_connection_breaks_before_or_after_the_commit(
    kind: str, kept: list[str], page: Page, slack: AsyncWebClient
) -> None:
    await page.do("faults", method="chat.postMessage", kind=kind, times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await slack.chat_postMessage(channel="C0STANDUP", text="x")
    assert [m["text"] for m in await page.messages()] == kept


async def test_a_call_is_slow(page: Page, slack: AsyncWebClient) -> None:
    await page.do("faults", method="auth.test", kind="delay", times=1, seconds=0.05)
    loop = asyncio.get_running_loop()
    started = loop.time()
    await slack.auth_test()
    assert loop.time() - started >= 0.05


async def test_a_fault_that_makes_no_sense_is_refused(page: Page) -> None:
    assert (await page.do("faults", method="*", kind="fire"))["reason"] == "invalid_arguments"


async def test_one_message_a_second_a_channel(page: Page, slack: AsyncWebClient, clock: Clock) -> None:
    await page.do("faults", one_a_second=True)
    await slack.chat_postMessage(channel="C0STANDUP", text="one")
    await slack.chat_postMessage(channel="C0RANDOM", text="elsewhere")
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0STANDUP", text="two")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    clock.forward(seconds=1)
    assert (await slack.chat_postMessage(channel="C0STANDUP", text="two"))["ok"]


async def test_the_inspector_shows_calls_in_both_directions(
    app: AsyncApp, page: Page, slack: AsyncWebClient, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.box.sockets.ack_seconds = 0.05
    await page.say("/board")
    with pytest.raises(SlackApiError):
        await slack.chat_postMessage(channel="C0STANDUP", text="x", blocks=[{"type": "nonsense"}])
    async with http.get(f"{sandbox.address}/sandbox/calls") as answer:
        *_, command, post = (await answer.json())["calls"]
    assert (command["direction"], command["method"], command["result"]) == ("out", "/board", "operation_timeout")
    assert (post["direction"], post["method"], post["result"]) == ("in", "chat.postMessage", "invalid_blocks")
    assert post["messages"]
    assert post["request"]["channel"] == "C0STANDUP"


class Socket:
    """A bot without Bolt: one connection, that acks when told to."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self.line = line

    async def next(self) -> dict[str, Any]:
        envelope: dict[str, Any] = await self.line.receive_json(timeout=2)
        return envelope

    async def ack(self, envelope: dict[str, Any], **payload: Any) -> None:
        await self.line.send_str(json.dumps({"envelope_id": envelope["envelope_id"], "payload": payload}))


async def connect(sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession) -> Socket:
    opened = await slack.apps_connections_open(app_token=sandbox.app_token)
    socket = Socket(await http.ws_connect(opened["url"]))
    hello = await socket.next()
    assert (hello["type"], hello["connection_info"]) == ("hello", {"app_id": "A0ONEWIP"})
    return socket


async def test_a_ticket_opens_one_connection(
    sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    url = (await slack.apps_connections_open(app_token=sandbox.app_token))["url"]
    await http.ws_connect(url)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(url)


async def test_an_envelope_goes_to_one_socket_in_turn(
    sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    sockets = [await connect(sandbox, slack, http) for _ in range(2)]
    for number in (0, 1, 0):
        said = asyncio.create_task(page.say("/board"))
        envelope = await sockets[number].next()
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True
        await sockets[number].ack(envelope)
        assert (await said)["ok"]


async def test_a_refreshed_socket_gets_nothing_while_there_is_a_new_one(
    sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    old = await connect(sandbox, slack, http)
    await page.do("socket", action="refresh")
    assert (await old.next())["reason"] == "refresh_requested"
    new = await connect(sandbox, slack, http)
    for _ in range(2):
        said = asyncio.create_task(page.say("/board"))
        await new.ack(await new.next())
        assert (await said)["ok"]


async def test_a_dropped_socket_is_noticed(
    sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    socket = await connect(sandbox, slack, http)
    await page.do("socket", action="drop")
    assert (await socket.line.receive(timeout=2)).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert (await page.say("/board"))["reason"] == "dispatch_failed"


async def test_an_event_comes_until_it_is_acked(
    sandbox: Sandbox, slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    sandbox.box.sockets.ack_seconds = 0.05
    sandbox.box.retry_pauses = (0, 0)
    socket = await connect(sandbox, slack, http)
    opened = asyncio.create_task(page.do("home"))
    first, second = await socket.next(), await socket.next()
    await socket.ack(second)
    await opened
    assert first["payload"]["event"]["type"] == "app_home_opened"
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "timeout"
    again = asyncio.create_task(page.do("redeliver"))
    third = await socket.next()
    await socket.ack(third)
    assert (await again)["ok"]
    assert third["payload"]["event_id"] == first["payload"]["event_id"]


async def test_the_bot_hears_that_it_was_invited(app: AsyncApp, page: Page) -> None:
    seen: list[dict[str, Any]] = []

    async def joined(event: dict[str, Any]) -> None:
        seen.append(event)

    app.event("member_joined_channel")(joined)
    assert (await page.say("/invite @Onewip", channel="C0QUIET"))["ok"]
    assert (seen[0]["user"], seen[0]["channel"], seen[0]["inviter"]) == ("U0ONEWIP", "C0QUIET", "U0ALICE")
    assert (await page.state())["channels"][2]["bot_is_member"] is True
    assert (await page.say("/remove @Onewip", channel="C0QUIET"))["ok"]
    assert (await page.state())["channels"][2]["bot_is_member"] is False
