"""What the page is shown and told, and what people do on it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.deeds import DEEDS
from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Clock, Page


@pytest.fixture
async def live(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncIterator["Live"]:
    async with http.get(f"{sandbox.address}/sandbox/live?person=U0BOB") as stream:
        assert (await stream.content.readline()).startswith(b":")
        yield Live(stream)


class Live:
    """Bob's stream of changes."""

    def __init__(self, stream: aiohttp.ClientResponse) -> None:
        self._stream = stream

    async def next(self, kind: str) -> dict[str, Any]:
        """Return the next change of a kind."""
        while True:
            line = await asyncio.wait_for(self._stream.content.readline(), 2)
            if line.startswith(b"data: "):
                change: dict[str, Any] = json.loads(line[6:])
                if change["type"] == kind:
                    return change


async def test_a_new_workspace(page: Page) -> None:
    state = await page.state()
    assert [p["name"] for p in state["people"]] == ["Alice", "Bob", "Carol", "Dana", "Emi", "Finn"]
    assert [(c["name"], c["bot_is_member"]) for c in state["channels"]] == [
        ("standup", True),
        ("random", True),
        ("quiet", False),
        ("leads", False),
        ("Onewip", True),
    ]
    assert state["commands"][0]["command"] == "/board"
    assert state["team"]["name"] == "Onewip sandbox"


async def test_everybody_has_a_face_that_the_sandbox_serves(
    page: Page, slack: AsyncWebClient, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    for person in (await page.state())["people"]:
        told = (await slack.users_info(user=person["id"]))["user"]["profile"]["image_48"]
        assert told == f"{sandbox.address}{person['picture']}"
        async with http.get(told) as answer:
            assert (answer.status, answer.content_type) == (200, "image/svg+xml")
    assert "image_48" not in (await slack.users_info(user="U0ONEWIP"))["user"]["profile"]


async def test_a_guest_sees_only_the_channels_they_are_in(page: Page, slack: AsyncWebClient) -> None:
    assert (await slack.users_info(user="U0DANA"))["user"]["is_restricted"]
    await slack.chat_postMessage(channel="C0RANDOM", text="not for guests")
    state = await page.state("U0DANA")
    assert [channel["name"] for channel in state["channels"]] == ["standup", "Onewip"]
    assert state["messages"].keys() == {"C0STANDUP", "D0DANA"}
    assert not (await page.say("/join", channel="C0RANDOM", person="U0DANA"))["ok"]


async def test_one_lives_elsewhere_and_one_is_away(page: Page, slack: AsyncWebClient) -> None:
    people = {person["name"]: person for person in (await page.state())["people"]}
    assert [name for name, person in people.items() if person["zone"]] == ["Emi"]
    assert (await slack.users_info(user="U0EMI"))["user"]["tz"] == people["Emi"]["zone"] == "Asia/Tokyo"
    assert [name for name, person in people.items() if person["status"]] == ["Finn"]
    profile = (await slack.users_info(user="U0FINN"))["user"]["profile"]
    assert (profile["status_text"], profile["status_emoji"]) == ("On holiday", ":palm_tree:")


async def test_messages_come_as_they_happen(live: Live, page: Page, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="one")
    assert (await live.next("message"))["message"]["text"] == "one"
    await slack.chat_update(channel="C0STANDUP", ts=posted["ts"], text="two")
    changed = (await live.next("message"))["message"]
    assert (changed["ts"], changed["text"]) == (posted["ts"], "two")
    await slack.chat_delete(channel="C0STANDUP", ts=posted["ts"])
    assert (await live.next("gone"))["ts"] == posted["ts"]
    await page.do("demo", broken=True)
    assert (await live.next("demo"))["broken"] is True
    await page.do("reset")
    await live.next("reset")


async def test_whispers_and_direct_messages_reach_only_their_person(
    live: Live, page: Page, slack: AsyncWebClient
) -> None:
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text="for Alice")
    await slack.chat_postMessage(channel="U0CAROL", text="for Carol")
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0BOB", text="for Bob")
    assert (await live.next("message"))["message"]["text"] == "for Bob"


async def test_whispers_are_gone_after_a_reload(page: Page, slack: AsyncWebClient) -> None:
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text="for Alice")
    assert len(await page.messages()) == 1
    assert (await page.state(fresh=True))["messages"]["C0STANDUP"] == []


async def test_what_people_type_is_escaped_and_linked(page: Page) -> None:
    await page.say("a < b & <!channel> @bob <@U0CAROL> #random")
    (message,) = await page.messages()
    assert message["text"] == "a &lt; b &amp; &lt;!channel&gt; <@U0BOB> <@U0CAROL> <#C0RANDOM|random>"


async def test_unread_marks(page: Page) -> None:
    await page.say("one")
    await page.say("two", person="U0BOB")
    (_, second) = await page.messages()
    assert [c["unread"] for c in (await page.state())["channels"]][:2] == [1, 0]
    await page.do("read", channel="C0STANDUP", ts=second["ts"])
    assert (await page.state())["channels"][0]["unread"] == 0


PLAIN = {"type": "plain_text", "text": "Go"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("say", {"person": "U0NOBODY", "channel": "C0STANDUP", "text": "x"}, "user_not_found"),
    ("say", {"channel": "D0BOB", "text": "x"}, "You are not in that channel."),
    ("say", {"channel": "C0STANDUP", "text": "/invite @Onewip"}, "Onewip is already in this channel."),
    ("submit", {"view_id": "V0", "values": {}}, "That dialog is no longer open."),
    ("close", {"view_id": "V0"}, "That dialog is no longer open."),
    ("click", {"channel": "C0STANDUP", "ts": "1.1", "action": {}}, "That message is gone."),
    ("redeliver", {}, "No event was sent yet."),
]


@pytest.mark.parametrize(("deed", "body", "error"), REFUSED)
async def test_what_does_not_work_is_said_in_words(deed: str, body: dict[str, Any], error: str, page: Page) -> None:
    answer = await page.do(deed, **body)
    assert (answer["ok"], answer["error"]) == (False, error)


@pytest.mark.parametrize("raw", ["", "{", "[" * 100_000, b"\xff\xfe", "[1]", '"x"', "null"])
async def test_a_body_that_is_no_json_object_is_answered_in_words(
    raw: str | bytes, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{sandbox.address}/sandbox/say", data=raw, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (
            400,
            {"ok": False, "error": "The body is not a JSON object. Send one, as the page does."},
        )


JUNK: list[Any] = [
    None,
    -1,
    "nonsense",
    [],
    ["x"],
    {},
    {"a": None},
    True,
    1e400,
    {"values": {"a": {"b": {"files": ["x"]}}}},
]
FIELDS = (
    "person", "channel", "text", "thread_ts", "action", "ts", "callback_id", "view_id", "values", "state", "seconds",
    "broken", "kind", "times", "method", "dnd_until", "status_text", "status_expiration",
)  # fmt: skip


@pytest.mark.parametrize("deed", sorted(DEEDS))
async def test_junk_is_answered_and_the_page_can_still_be_read(deed: str, page: Page, slack: AsyncWebClient) -> None:
    blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": PLAIN}]}]
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="x", blocks=blocks)
    known = {"person": "U0ALICE", "channel": "C0STANDUP", "ts": posted["ts"], "action": {}, "kind": "429"}
    for junk in JUNK:
        bodies = [dict.fromkeys(FIELDS, junk), *({**known, field: junk} for field in FIELDS)]
        for body in bodies:
            assert isinstance((await page.do(deed, **body))["ok"], bool)
        await page.do("faults", clear=True)  # one with a kind that is known was planned, as it should be
        assert (await page.state())["person"] == "U0ALICE"
        assert (await slack.users_info(user="U0ALICE"))["ok"]


async def test_only_the_page_s_own_scripts_run(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{sandbox.address}/") as answer:
        policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
        body = await answer.text()
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", body) == []


async def test_messages_that_come_too_fast_are_counted_and_taken(
    page: Page, slack: AsyncWebClient, sandbox: Sandbox, clock: Clock, http: aiohttp.ClientSession
) -> None:
    assert (await page.state())["flood"] == {}
    for _ in range(3):
        await slack.chat_postMessage(channel="C0STANDUP", text="x")
    await slack.chat_postMessage(channel="C0RANDOM", text="elsewhere")
    clock.forward(seconds=1)
    await slack.chat_postMessage(channel="C0STANDUP", text="in time")
    assert len(await page.messages()) == 4
    assert (await page.state())["flood"] == {"C0STANDUP": 2}
    await page.do("reset")
    assert (await page.state())["flood"] == {}


async def test_a_flood_is_told_as_it_happens(live: Live, slack: AsyncWebClient) -> None:
    for _ in range(2):
        await slack.chat_postMessage(channel="C0STANDUP", text="x")
    assert (await live.next("flood"))["channels"] == {"C0STANDUP": 1}


async def test_the_clock_moves_and_messages_stay_in_order(
    page: Page, slack: AsyncWebClient, sandbox: Sandbox, clock: Clock
) -> None:
    await page.do("clock", seconds=86400)
    assert (sandbox.now() - clock()).total_seconds() == 86400
    await slack.chat_postMessage(channel="C0STANDUP", text="tomorrow")
    await page.do("clock", seconds=0)
    await slack.chat_postMessage(channel="C0STANDUP", text="after that")
    assert [m["text"] for m in sorted(await page.messages(), key=lambda m: m["ts"])] == ["tomorrow", "after that"]


async def test_reset_makes_the_workspace_as_new(page: Page, slack: AsyncWebClient) -> None:
    new = await page.state()
    await slack.chat_postMessage(channel="C0STANDUP", text="x")
    await page.say("/invite @Onewip", channel="C0QUIET")
    await slack.views_publish(user_id="U0ALICE", view={"type": "home", "blocks": [{"type": "divider"}]})
    await page.do("demo", broken=True)
    await page.do("clock", seconds=60)
    await page.do("reset")
    assert await page.state() == new


async def test_the_demo_shop_breaks_quietly(page: Page, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async def look(path: str) -> tuple[int, str]:
        async with http.get(f"{sandbox.address}/demo/{path}") as answer:
            return answer.status, await answer.text()

    assert json.loads((await look("api/healthz"))[1]) == {"status": "ok"}
    assert "Organic" in (await look("products/1"))[1]
    await page.do("demo", broken=True)
    status, text = await look("products/1")
    assert (status, "Organic" in text) == (200, False)
    assert await look("api/products") == (200, "[]")
    assert (await look("auth/login"))[0] == (await look(""))[0] == 200
