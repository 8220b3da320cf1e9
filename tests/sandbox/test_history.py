"""Reading back: history and threads, with the scope for it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from tests.sandbox.stage import Clock

READS = replace(SOCKET_MODE, scopes=("chat:write", "channels:history", "channels:read"))


@pytest.fixture
async def sandbox(tmp_path: Path, clock: Clock) -> AsyncIterator[Sandbox]:
    box = Sandbox(tmp_path / "sandbox.db", 0, clock, READS)
    await box.start()
    yield box
    await box.stop()


async def test_history_is_newest_first_page_by_page(slack: AsyncWebClient) -> None:
    posted = [await slack.chat_postMessage(channel="C0STANDUP", text=str(number)) for number in range(5)]
    await slack.chat_postMessage(channel="C0STANDUP", text="reply", thread_ts=posted[0]["ts"])
    first = await slack.conversations_history(channel="C0STANDUP", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await slack.conversations_history(channel="C0STANDUP", limit=3, cursor=cursor)
    assert [m["text"] for m in [*first["messages"], *rest["messages"]]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)
    late = await slack.conversations_history(channel="C0STANDUP", oldest=posted[3]["ts"])
    assert [m["text"] for m in late["messages"]] == ["4"]
    within = await slack.conversations_history(channel="C0STANDUP", oldest=posted[3]["ts"], inclusive=True)
    assert [m["text"] for m in within["messages"]] == ["4", "3"]


async def test_metadata_is_given_when_asked_for(slack: AsyncWebClient) -> None:
    metadata = {"event_type": "onewip", "event_payload": {"key": "k"}}
    await slack.chat_postMessage(channel="C0STANDUP", text="x", metadata=metadata)
    plain = await slack.conversations_history(channel="C0STANDUP")
    full = await slack.conversations_history(channel="C0STANDUP", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_replies_come_with_their_parent(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="parent")
    await slack.chat_postMessage(channel="C0STANDUP", text="reply", thread_ts=posted["ts"])
    told = await slack.conversations_replies(channel="C0STANDUP", ts=posted["ts"])
    assert [m["text"] for m in told["messages"]] == ["parent", "reply"]


async def test_each_kind_of_conversation_has_its_scope(slack: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await slack.conversations_history(channel="D0ALICE")
    assert caught.value.response["needed"] == "im:history"
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await slack.conversations_history(channel="C0QUIET")


async def test_the_scopes_are_told_with_each_answer(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with http.post(f"{sandbox.api_url}auth.test", headers=headers) as answer:
        assert answer.headers["X-OAuth-Scopes"] == "chat:write,channels:history,channels:read"
