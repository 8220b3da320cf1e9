"""What Slack answers to calls that are wrong, and to those that are right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.api.methods import METHODS
from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Page

Body = dict[str, Any]
Call = Callable[..., Any]


@pytest.fixture
def call(sandbox: Sandbox, http: aiohttp.ClientSession) -> Call:
    async def send(method: str, token: str = "xoxb-sandbox", **body: Any) -> Body:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with http.post(f"{sandbox.api_url}{method}", json=body, headers=headers) as answer:
            told: Body = await answer.json()
            return told

    return send


REFUSED: list[tuple[str, Body, str]] = [
    ("no.such", {}, "unknown_method"),
    ("auth.test", {"token": ""}, "not_authed"),
    ("auth.test", {"token": "xoxb-other"}, "invalid_auth"),
    ("auth.test", {"token": "xapp-sandbox"}, "not_allowed_token_type"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0QUIET", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0STANDUP"}, "no_text"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "blocks": "["}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
    ("chat.postEphemeral", {"channel": "C0STANDUP", "text": "x", "user": "U0NOBODY"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0QUIET", "text": "x", "user": "U0ALICE"}, "not_in_channel"),
    ("chat.update", {"channel": "C0STANDUP", "ts": "1.000001", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": "C0STANDUP", "ts": "1.000001"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C0STANDUP", "message_ts": "1.000001"}, "message_not_found"),
    ("views.open", {"trigger_id": "1.2.x", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    ("views.update", {"view_id": "V0", "view": {"type": "modal", "blocks": []}}, "invalid_arguments"),
    ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ("pins.add", {"channel": "C0STANDUP"}, "no_item_specified"),
    ("pins.add", {"channel": "C0STANDUP", "timestamp": "1.000001"}, "message_not_found"),
    ("pins.add", {"channel": "C0QUIET", "timestamp": "1.000001"}, "not_in_channel"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
    ("conversations.list", {"limit": "many"}, "invalid_limit"),
    ("conversations.list", {"cursor": "elsewhere"}, "invalid_cursor"),
    ("conversations.info", {"channel": "D0ALICE"}, "missing_scope"),
    ("reactions.add", {"channel": "C0STANDUP", "timestamp": "1.000001", "name": "eyes"}, "missing_scope"),
]


@pytest.mark.parametrize(("method", "body", "code"), REFUSED)
async def test_a_wrong_call_gets_slacks_code(method: str, body: Body, code: str, call: Call) -> None:
    answer = await call(method, **{"token": "xoxb-sandbox", **body})
    assert answer["ok"] is False
    assert answer["error"] == code


ARGUMENTS = (
    "channel", "ts", "timestamp", "text", "blocks", "view", "user", "users", "metadata", "oldest", "limit", "files",
    "filename", "length", "channels", "channel_id",
)  # fmt: skip
JUNK: list[Any] = [["x"], {"a": None}, -1, "nonsense", "[", "x" * 50_000, True, {"type": "modal", "blocks": [None]}]


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_junk_is_refused_and_never_breaks_the_server(method: str, sandbox: Sandbox, call: Call) -> None:
    everything = ("channels:read", "channels:history", "im:read", "reactions:write", "channels:join", "pins:read")
    manifest = sandbox.box.manifest
    sandbox.box.manifest = replace(manifest, scopes=(*manifest.scopes, *everything))
    token = sandbox.app_token if METHODS[method].caller == "app" else sandbox.bot_token
    for junk in JUNK:
        for known in ({}, {"channel": "C0STANDUP", "user_id": "U0ALICE"}):
            body = {**dict.fromkeys(ARGUMENTS, junk), **known}
            assert isinstance((await call(method, token=token, **body))["ok"], bool)


async def test_a_missing_scope_is_named(call: Call) -> None:
    answer = await call("reactions.add", channel="C0STANDUP", timestamp="1.1", name="eyes")
    assert answer["needed"] == "reactions:write"
    assert "chat:write" in answer["provided"].split(",")


async def test_every_answer_says_what_the_token_may(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    for method in ("auth.test", "no.such"):
        async with http.post(f"{sandbox.api_url}{method}", headers=headers) as answer:
            assert answer.headers["X-OAuth-Scopes"] == ",".join(sandbox.box.manifest.scopes)


async def test_bad_blocks_are_pointed_at(call: Call) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await call("chat.postMessage", channel="C0STANDUP", text="x", blocks=blocks)
    (message,) = answer["response_metadata"]["messages"]
    assert message.startswith("[ERROR] ")
    assert message.endswith("[json-pointer:/blocks/0/text/text]")


async def test_a_form_a_query_and_json_are_all_read(slack: AsyncWebClient, page: Page) -> None:
    blocks = '[{"type": "divider"}]'
    await slack.api_call("chat.postMessage", data={"channel": "C0STANDUP", "text": "form", "blocks": blocks})
    await slack.api_call("chat.postMessage", params={"channel": "C0STANDUP", "text": "query"}, http_verb="GET")
    await slack.api_call("chat.postMessage", json={"channel": "#standup", "text": "json"})
    assert [m["text"] for m in await page.messages()] == ["form", "query", "json"]


async def test_a_post_says_what_was_kept(slack: AsyncWebClient) -> None:
    told = await slack.chat_postMessage(channel="C0STANDUP", text="a < b & <@U0BOB> &amp; <!here>")
    assert told["message"]["text"] == "a &lt; b &amp; <@U0BOB> &amp; <!here>"
    assert told["message"]["bot_id"] == "B0ONEWIP"
    assert told["ts"] == told["message"]["ts"]


async def test_an_update_keeps_what_was_not_sent(slack: AsyncWebClient, page: Page) -> None:
    metadata = {"event_type": "onewip", "event_payload": {"key": "k"}}
    blocks = [{"type": "divider"}]
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="one", blocks=blocks, metadata=metadata)
    await slack.api_call("chat.update", json={"channel": "C0STANDUP", "ts": posted["ts"], "blocks": [*blocks, *blocks]})
    (message,) = await page.messages()
    assert (message["text"], len(message["blocks"]), message["metadata"]) == ("one", 2, metadata)
    assert "edited" not in message
    await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], text="two")
    (message,) = await page.messages()
    assert (message["text"], "blocks" in message, "edited" in message) == ("two", False, True)


async def test_an_update_is_shorter_and_for_own_messages_only(call: Call, page: Page) -> None:
    await page.say("Hello")
    (message,) = await page.messages()
    update = {"channel": "C0STANDUP", "ts": message["ts"]}
    assert (await call("chat.update", **update, text="x"))["error"] == "cant_update_message"
    posted = await call("chat.postMessage", channel="C0STANDUP", text="x")
    long = await call("chat.update", channel="C0STANDUP", ts=posted["ts"], text="x" * 4001)
    assert long["error"] == "msg_too_long"
    assert (await call("chat.delete", **update))["error"] == "cant_delete_message"


async def test_an_archived_channel_takes_nothing(sandbox: Sandbox, call: Call, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="before")
    sandbox.box.workspace.channels["C0STANDUP"]["is_archived"] = True
    place = {"channel": "C0STANDUP", "text": "after"}
    assert (await call("chat.postMessage", **place))["error"] == "is_archived"
    assert (await call("chat.postEphemeral", **place, user="U0ALICE"))["error"] == "is_archived"
    assert (await call("chat.update", **place, ts=posted["ts"]))["error"] == "is_inactive"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("already &lt;b&gt; &amp; done", "already &lt;b&gt; &amp; done"),
        ("<script>", "&lt;script&gt;"),
        ("<!channel> <@U0BOB> <#C0RANDOM> <https://example.com|x>", None),  # markup stays live: an injection shows
    ],
)
async def test_a_bots_text_is_escaped_as_slack_keeps_it(sent: str, kept: str | None, slack: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": kind, "text": sent}} for kind in ("mrkdwn", "plain_text")]
    message = (await slack.chat_postMessage(channel="C0STANDUP", text=sent, blocks=blocks))["message"]
    mrkdwn, plain = (block["text"]["text"] for block in message["blocks"])
    assert (message["text"], mrkdwn) == (kept or sent, kept or sent)
    assert "<" not in plain


async def test_a_thread_counts_its_replies(slack: AsyncWebClient, page: Page) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="parent")
    reply = await slack.chat_postMessage(channel="C0STANDUP", text="reply", thread_ts=posted["ts"])
    await page.say("mine", thread_ts=posted["ts"])
    parent = (await page.messages())[0]
    assert (parent["reply_count"], parent["reply_users"]) == (2, ["U0ONEWIP", "U0ALICE"])
    await slack.chat_delete(channel="C0STANDUP", ts=reply["ts"])
    await slack.chat_delete(channel="C0STANDUP", ts=posted["ts"])
    tomb, mine = await page.messages()
    assert (tomb["subtype"], tomb["reply_count"], mine["text"]) == ("tombstone", 1, "mine")
    assert (await page.say("/board", thread_ts=posted["ts"]))["error"] == "/board is not supported in threads. Sorry."


async def test_a_pin_is_told_in_the_channel(slack: AsyncWebClient, call: Call, page: Page) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="board")
    await slack.pins_add(channel="C0STANDUP", timestamp=posted["ts"])
    message, line = await page.messages()
    assert message["pinned"] is True
    assert (line["subtype"], line["text"]) == ("pinned_item", "<@U0ONEWIP> pinned a message to this channel.")
    pin = {"channel": "C0STANDUP", "timestamp": posted["ts"]}
    assert (await call("pins.add", **pin))["error"] == "already_pinned"
    assert (await call("pins.add", channel="C0STANDUP", timestamp=line["ts"]))["error"] == "not_pinnable"
    assert (await call("pins.remove", **pin))["ok"]
    assert (await call("pins.remove", **pin))["error"] == "no_pin"


async def test_a_direct_message_goes_to_one_person(slack: AsyncWebClient, page: Page) -> None:
    opened = await slack.conversations_open(users="U0BOB")
    await slack.chat_postMessage(channel=opened["channel"]["id"], text="status?")
    assert [m["text"] for m in await page.messages("U0BOB", "D0BOB")] == ["status?"]
    assert "D0BOB" not in (await page.state("U0ALICE"))["messages"]


async def test_the_app_home_is_kept(slack: AsyncWebClient, page: Page) -> None:
    first = await slack.views_publish(user_id="U0ALICE", view={"type": "home", "blocks": [{"type": "divider"}]})
    again = await slack.views_publish(
        user_id="U0ALICE",
        view={"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Hi"}}]},
    )
    assert first["view"]["id"] == again["view"]["id"]
    assert (await page.state())["home"]["blocks"][0]["type"] == "header"


async def test_a_permalink_opens_the_page(slack: AsyncWebClient, http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="x")
    link = (await slack.chat_getPermalink(channel="C0STANDUP", message_ts=posted["ts"]))["permalink"]
    async with http.get(link, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/#C0STANDUP"
