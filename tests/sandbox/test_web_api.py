"""What Slack answers to calls that are wrong, and to those that are right."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.api.methods import METHODS
from bot.sandbox.api.responses import Place
from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Page

Body = dict[str, Any]
Call = Callable[..., Any]


@pytest.fixture
def call(sandbox: Sandbox, http: aiohttp.ClientSession) -> Call:
    async def send(method: str, token: str = "xoxb-sandbox", **body: Any) -> Body:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sent: Body = {"json": body} if takes_json(method) else {"data": as_form(body)}
        async with http.post(f"{sandbox.api_url}{method}", **sent, headers=headers) as answer:
            said: Body = await answer.json()
            return said

    return send


def takes_json(method: str) -> bool:
    return method not in METHODS or METHODS[method].takes_json


def as_form(body: Body) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}


def sections(characters: int, count: int = 1) -> list[Body]:
    """As many sections, with as many characters in all of them."""
    share, rest = divmod(characters, count)
    texts = ["x" * (share + (rest if not number else 0)) for number in range(count)]
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in texts]


DIVIDER = [{"type": "divider"}]
NONSENSE = [{"type": "nonsense"}]

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
    ("chat.postMessage", {"channel": "C0STANDUP", "text": " \n\t "}, "no_text"),
    ("chat.postEphemeral", {"channel": "C0STANDUP", "text": "   ", "user": "U0ALICE"}, "no_text"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
    ("chat.postMessage", {"channel": "C0STANDUP", "blocks": DIVIDER, "markdown_text": "x"}, "markdown_text_conflict"),
    ("chat.postMessage", {"channel": "C0STANDUP", "markdown_text": "  "}, "no_text"),
    ("chat.postMessage", {"channel": "C0STANDUP", "markdown_text": "x" * 12_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "C0STANDUP", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ("chat.postMessage", {"channel": "C0STANDUP", "attachments": ["x"]}, "invalid_attachments"),
    ("chat.postMessage", {"channel": "C0STANDUP", "attachments": [{"blocks": NONSENSE}]}, "invalid_attachments"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "blocks": sections(13_201, 5)}, "msg_blocks_too_long"),
    (
        "chat.postEphemeral",
        {"channel": "C0STANDUP", "user": "U0ALICE", "blocks": sections(13_201, 5)},
        "msg_blocks_too_long",
    ),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "blocks": "["}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "blocks": NONSENSE}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ("chat.postMessage", {"channel": "C0STANDUP", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
    ("chat.postEphemeral", {"channel": "C0STANDUP", "text": "x", "user": "U0NOBODY"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0QUIET", "text": "x", "user": "U0ALICE"}, "not_in_channel"),
    ("chat.update", {"channel": "C0STANDUP", "ts": "1.000001", "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": "U0ALICE", "ts": "1.000001", "text": "x"}, "channel_not_found"),
    ("chat.update", {"channel": "#standup", "ts": "1.000001", "text": "x"}, "channel_not_found"),
    ("chat.delete", {"channel": "#standup", "ts": "1.000001"}, "channel_not_found"),
    ("chat.getPermalink", {"channel": "#standup", "message_ts": "1.000001"}, "channel_not_found"),
    ("chat.delete", {"channel": "C0STANDUP", "ts": "1.000001"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C0STANDUP", "message_ts": "1.000001"}, "message_not_found"),
    ("views.open", {"trigger_id": "1.2.x", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    ("views.update", {"view_id": "V0", "view": {"type": "modal", "blocks": []}}, "invalid_arguments"),
    ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ("pins.add", {"channel": "C0STANDUP"}, "no_item_specified"),
    ("pins.add", {"channel": "C0STANDUP", "timestamp": "1.000001"}, "message_not_found"),
    ("pins.add", {"channel": "C0QUIET", "timestamp": "1.000001"}, "not_in_channel"),
    ("pins.add", {"channel": "#standup", "timestamp": "1.000001"}, "channel_not_found"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
    ("conversations.info", {"channel": "#standup"}, "channel_not_found"),
    ("conversations.members", {"channel": "#standup"}, "channel_not_found"),
    ("conversations.members", {"channel": "C0STANDUP", "limit": 1001}, "invalid_limit"),
    ("conversations.list", {"limit": 1001}, "invalid_limit"),
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


FORM_ONLY = (
    "chat.getPermalink", "conversations.history", "conversations.info", "conversations.list", "conversations.members",
    "conversations.replies", "dnd.info", "files.info", "pins.list", "users.conversations", "users.info", "users.list",
)  # fmt: skip


def test_the_methods_that_read_take_no_json() -> None:
    assert tuple(sorted(name for name, method in METHODS.items() if not method.takes_json)) == FORM_ONLY


@pytest.mark.parametrize("raw", ['{"channel": "C0STANDUP"}', "["])
async def test_json_is_not_looked_at_where_slack_reads_none(
    raw: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", "Content-Type": "application/json"}
    async with http.post(f"{sandbox.api_url}conversations.info", data=raw, headers=headers) as answer:
        said = await answer.json()
    assert said["error"] == "invalid_arguments"
    assert said["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize("raw", ["[" * 100_000, "{", b"\xff"])
async def test_json_that_can_t_be_read_is_refused(
    raw: str | bytes, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", "Content-Type": "application/json"}
    async with http.post(f"{sandbox.api_url}chat.postMessage", data=raw, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_json"


async def test_json_that_is_too_deep_is_refused_wherever_it_stands(
    call: Call, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    deep = "[" * 100_000
    for field, code in (("blocks", "invalid_blocks_format"), ("attachments", "invalid_attachments")):
        answer = await call("chat.postMessage", channel="C0STANDUP", text="x", **{field: deep})
        assert answer["error"] == code
    async with http.post(sandbox.box.response_url(Place("U0ALICE", "C0STANDUP")), data=deep) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_payload")


async def test_a_channel_s_name_is_enough_to_post_and_for_nothing_else(slack: AsyncWebClient, call: Call) -> None:
    posted = await slack.chat_postMessage(channel="#standup", text="x")
    assert posted["channel"] == "C0STANDUP"
    direct = await slack.chat_postMessage(channel="U0ALICE", text="x")
    for channel, ts in (("#standup", posted["ts"]), ("U0ALICE", direct["ts"])):
        for method, body in (("chat.update", {"ts": ts, "text": "y"}), ("pins.add", {"timestamp": ts})):
            assert (await call(method, channel=channel, **body))["error"] == "channel_not_found"


@pytest.mark.parametrize("scopes", [("channels:read", "channels:history")])
async def test_history_and_lists_go_by_id_and_at_most_a_thousand(call: Call) -> None:
    assert (await call("conversations.history", channel="C0STANDUP", limit=1000))["ok"]
    for channel, limit, code in (("#standup", 10, "channel_not_found"), ("C0STANDUP", 1001, "invalid_limit")):
        assert (await call("conversations.history", channel=channel, limit=limit))["error"] == code


async def test_markdown_alone_is_a_message(slack: AsyncWebClient, page: Page) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", markdown_text="**Done** & tested")
    await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], markdown_text="**Done** & shipped")
    (message,) = await page.messages()
    (block,) = message["blocks"]
    assert (block["type"], block["text"]) == ("markdown", "**Done** & shipped")
    assert message["text"] == "**Done** &amp; shipped"


async def test_markdown_may_be_longer_than_the_text_of_an_edit(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="x")
    assert (await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], markdown_text="x" * 12_000))["ok"]


async def test_a_hundred_attachments_and_sound_blocks_in_them_are_taken(call: Call) -> None:
    attachments = [{"color": "#36a64f", "blocks": [{"type": "divider"}]}, *[{"text": "x"}] * 99]
    assert (await call("chat.postMessage", channel="C0STANDUP", attachments=attachments))["ok"]


async def test_bad_blocks_in_an_attachment_are_pointed_at(call: Call) -> None:
    attachments = [{"text": "x"}, {"blocks": sections(3001)}]
    answer = await call("chat.postMessage", channel="C0STANDUP", text="x", attachments=attachments)
    (message,) = answer["response_metadata"]["messages"]
    assert message.endswith("[json-pointer:/attachments/1/blocks/0/text/text]")


LONG: list[tuple[list[Body], bool]] = [
    (sections(12_797, 5), True),
    (sections(12_798, 5), False),
    ([*sections(12_672, 5), {"type": "divider"}], True),
    ([*sections(12_673, 5), {"type": "divider"}], False),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 9_000}]]}, *sections(9_000, 3)], True),
]


@pytest.mark.parametrize(("blocks", "is_taken"), LONG)
async def test_all_blocks_together_have_a_limit(blocks: list[Body], is_taken: bool, call: Call) -> None:
    answer = await call("chat.postMessage", channel="C0STANDUP", text="x", blocks=blocks)
    assert answer.get("error", "taken") == ("taken" if is_taken else "msg_blocks_too_long")


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
