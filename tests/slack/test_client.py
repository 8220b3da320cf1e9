"""The real client against the sandbox: each way that Slack can fail is told apart, and nothing is sent twice."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.api.responses import Place
from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from bot.slack.client import (
    ASKED_WITHIN,
    LONGEST_WAIT,
    WAIT,
    Slack,
    SlackBusy,
    SlackRefused,
    SlackUnreachable,
    Token,
)
from bot.slack.layout.blocks import MESSAGE_TEXT, message
from bot.slack.layout.words import line, notice
from tests.fakes import Clock, FakeSlack

KEY = {"event_type": "onewip", "event_payload": {"kind": "board", "board": "C0STANDUP", "item": 1, "key": "k"}}


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    box = Sandbox(tmp_path / "workspace.db", 0, Clock())
    await box.start()
    yield box
    await box.stop()


@pytest.fixture
async def slack(sandbox: Sandbox) -> AsyncIterator[Slack]:
    async with aiohttp.ClientSession() as session:
        yield Slack(session, sandbox.bot_token, sandbox.api_url)


@asynccontextmanager
async def answering(status: int, body: str, headers: Mapping[str, str] | None = None) -> AsyncIterator[Slack]:
    """A Slack that answers every call alike."""

    async def answer(_: web.Request) -> web.Response:
        kind = "application/json" if body.startswith("{") else "text/html"
        return web.Response(status=status, text=body, content_type=kind, headers=headers)

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        yield Slack(session, "xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
    await runner.cleanup()


def posted(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [m for m in sandbox.box.workspace.messages["C0STANDUP"].values() if m.get("metadata")]


async def post(slack: Slack, text: str = "hello") -> str:
    return await slack.post("C0STANDUP", text, line("hello"), KEY)


async def test_a_message_is_posted_edited_pinned_and_found_by_its_key(slack: Slack, sandbox: Sandbox) -> None:
    ts = await post(slack, "<!channel> & co")
    await slack.update("C0STANDUP", ts, "changed <!here>", line("changed"), KEY)
    await slack.pin("C0STANDUP", ts)
    [message] = posted(sandbox)
    assert message["text"] == "changed &lt;!here&gt;"
    assert message["pinned"]
    since = float(ts) - 60
    assert await slack.find_own("C0STANDUP", "k", since) == ts
    assert await slack.find_own("C0STANDUP", "other", since) is None
    assert await slack.find_own("C0STANDUP", "k", float(ts) + 60) is None


async def test_a_person_goes_by_the_name_they_chose(slack: Slack) -> None:
    person = await slack.person("U0BOB")
    assert (person.id, person.name) == ("U0BOB", "Bob")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda slack: slack.post("C0NOWHERE", "x", line("x"), KEY), "channel_not_found"),
        (lambda slack: slack.post("C0QUIET", "x", line("x"), KEY), "not_in_channel"),
        (lambda slack: slack.update("C0STANDUP", "1.0", "x", line("x"), KEY), "message_not_found"),
        (lambda slack: slack.post("C0STANDUP", "x", [{"type": "section"}], KEY), "invalid_blocks"),
        (lambda slack: slack.open("no-trigger", {"type": "modal"}), "invalid_arguments"),
        (lambda slack: slack.person("U0NOBODY"), "user_not_found"),
        (lambda slack: slack.check_socket("xapp-wrong"), "invalid_auth"),
    ],
)
async def test_a_refusal_has_slacks_word_for_it(
    slack: Slack, call: Callable[[Slack], Awaitable[None]], code: str
) -> None:
    with pytest.raises(SlackRefused) as refused:
        await call(slack)
    assert refused.value.code == code


def chart(series: int) -> dict[str, Any]:
    names = [{"name": f"Fact {k}", "data": [{"label": "Mon", "value": k}]} for k in range(series)]
    plotted = {"type": "line", "series": names, "axis_config": {"categories": ["Mon"]}}
    return {"type": "data_visualization", "title": "By day", "chart": plotted}


async def test_a_message_that_is_refused_for_its_chart_is_sent_without_it(slack: Slack, sandbox: Sandbox) -> None:
    """Slack's reference names two limits for a chart; what it shows stands in the words too."""
    wrong = chart(series=13)
    ts = await slack.post("C0STANDUP", "hello", [*line("hello"), wrong], KEY)
    await slack.update("C0STANDUP", ts, "changed", [*line("changed"), wrong], KEY)
    [message] = posted(sandbox)
    assert [block["type"] for block in message["blocks"]] == ["section"]
    await slack.whisper("C0STANDUP", "U0BOB", "hello", [*line("hello"), wrong])
    with pytest.raises(SlackRefused, match="invalid_blocks"):
        await slack.post("C0STANDUP", "hello", [{"type": "section"}, wrong], KEY)
    await slack.update("C0STANDUP", ts, "changed", [*line("changed"), chart(series=6)], KEY)
    [message] = posted(sandbox)
    assert [block["type"] for block in message["blocks"]] == ["section", "data_visualization"]


async def test_a_message_that_is_too_long_as_a_whole_is_sent_with_its_longest_texts_cut(
    slack: Slack, sandbox: Sandbox
) -> None:
    long = [block for k in range(6) for block in line(f"{k} " + "&amp;" * 590)]
    ts = await slack.post("C0STANDUP", "hello", [*line("The head"), *long], KEY)
    await slack.update("C0STANDUP", ts, "changed", [*line("The head"), *long], KEY)
    [message] = posted(sandbox)
    head, *texts = [block["text"]["text"] for block in message["blocks"]]
    assert head == "The head"
    assert all(re.fullmatch(r"\d (&amp;){400,}…", text) for text in texts)


async def test_an_answer_that_is_refused_for_its_chart_is_given_without_it(slack: Slack, sandbox: Sandbox) -> None:
    address = sandbox.box.response_url(Place("U0BOB", "C0STANDUP"))
    await slack.answer(address, "hello", [*line("hello"), chart(series=13)], replace=False)
    [(_, whisper)] = sandbox.box.workspace.whispers["U0BOB"].values()
    assert [block["type"] for block in whisper["blocks"]] == ["section"]
    with pytest.raises(SlackRefused, match="http_400"):
        await slack.answer(address, "hello", [{"type": "section"}], replace=False)


UNSEEN = {"type": "image", "image_url": "ftp://nowhere/alice.png", "alt_text": "Picture of Alice"}
FACE = {"type": "context", "elements": [UNSEEN, {"type": "plain_text", "text": "Alice"}]}


async def test_what_is_refused_for_a_picture_is_shown_without_it(slack: Slack, sandbox: Sandbox) -> None:
    """Slack fetches a picture, and one that it can't get is `invalid_blocks`: the name stands in the words too."""
    await slack.post("C0STANDUP", "hello", [*line("hello"), FACE], KEY)
    await slack.whisper("C0STANDUP", "U0BOB", "hello", [*line("hello"), FACE])
    [message] = posted(sandbox)
    assert [[element["type"] for element in block.get("elements", ())] for block in message["blocks"]] == [
        [],
        ["plain_text"],
    ]
    await slack.publish("U0ALICE", {"type": "home", "blocks": [FACE]})
    assert [element["type"] for element in sandbox.box.modals.homes["U0ALICE"]["blocks"][0]["elements"]] == [
        "plain_text"
    ]
    with pytest.raises(SlackRefused, match="invalid_arguments"):
        await slack.publish("U0ALICE", {"type": "home", "blocks": [{"type": "section"}, FACE]})


async def test_without_the_scope_the_history_is_refused(tmp_path: Path) -> None:
    bare = type(SOCKET_MODE)(("chat:write",), SOCKET_MODE.commands, SOCKET_MODE.events)
    box = Sandbox(tmp_path / "bare.db", 0, Clock(), bare)
    await box.start()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(SlackRefused, match="missing_scope channels:history"):
            await Slack(session, box.bot_token, box.api_url).find_own("C0STANDUP", "k", 0)
    await box.stop()


async def test_being_asked_to_wait_says_how_long(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.box.faults.plan({"method": "chat.postMessage", "kind": "429", "seconds": 7})
    with pytest.raises(SlackBusy) as busy:
        await post(slack)
    assert busy.value.seconds == 7
    assert posted(sandbox) == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("", WAIT),
        ("soon", WAIT),
        ("1.5", WAIT),
        ("-3", WAIT),
        ("Wed, 21 Oct 2026 07:28:00 GMT", WAIT),
        ("٣", WAIT),
        ("0", 1),
        ("99999999", LONGEST_WAIT),
    ],
)
@pytest.mark.parametrize("is_json", [True, False])
async def test_a_wait_that_is_no_number_is_a_usual_one(header: str, seconds: int, is_json: bool) -> None:
    body = '{"ok": false, "error": "ratelimited"}' if is_json else "<html>"
    async with answering(429, body, {"Retry-After": header} if header else {}) as slack:
        for ask in (post(slack), slack.answer(f"{slack.web.base_url}hook", "x", line("x"), replace=False)):
            with pytest.raises(SlackBusy) as busy:
                await ask
            assert busy.value.seconds == seconds


async def test_a_call_ends_when_the_request_that_it_is_for_has_to_be_answered(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.box.faults.plan({"method": "*", "kind": "delay", "seconds": 60, "times": 9})
    hurried = slack.until(asyncio.get_running_loop().time() + 0.05)
    for ask in (hurried.open("trigger", notice("C1", line("x"))), post(hurried)):
        with pytest.raises(SlackUnreachable):
            await ask


async def test_a_token_that_slack_no_longer_takes_is_logged_once_and_so_is_its_return(
    caplog: pytest.LogCaptureFixture,
) -> None:
    body = '{"ok": false, "error": "token_revoked"}'
    async with answering(200, body) as slack:
        for _ in range(3):
            with pytest.raises(SlackRefused):
                await post(slack.until(asyncio.get_running_loop().time() + 9))
    [line_] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert line_.startswith("Slack no longer takes SLACK_BOT_TOKEN (token_revoked). What is owed waits")
    assert slack.token.refusal == "token_revoked"
    slack.token.taken()
    slack.token.taken()
    assert caplog.text.count("Slack takes SLACK_BOT_TOKEN again") == 1


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive"])
async def test_whether_slack_takes_the_token_is_asked_where_slack_said_nothing_lately(code: str) -> None:
    seconds = [0.0]
    async with answering(200, f'{{"ok": false, "error": "{code}"}}') as slack:
        slack.token = Token(lambda: seconds[-1])
        assert await slack.refusal() == code
        slack.token.taken()
        assert await slack.refusal() == "", "it said so just now"
        seconds.append(ASKED_WITHIN + 1)
        assert await slack.refusal() == code


async def test_a_slack_that_does_not_answer_says_nothing_of_the_token() -> None:
    async with answering(500, "<html>") as slack:
        assert await slack.refusal() == ""


# Characters that grow when they are escaped, and where the cut may fall.
GROWING = [mark * count for mark in ("&", "<", ">", "&amp;", "a&", "😀<") for count in (3999, 4000, 4001, 9000)]


@pytest.mark.parametrize("text", GROWING, ids=lambda text: f"{text[:5]} {len(text)}")
def test_a_text_is_fitted_after_it_is_escaped(text: str) -> None:
    shown = message(text, [])["text"]
    assert len(shown) <= MESSAGE_TEXT
    assert re.sub("&(amp|lt|gt);", "", shown).count("&") == 0, "half an entity"
    plain = html.unescape(shown.removesuffix("…"))
    assert text.startswith(plain)
    assert len(plain) > MESSAGE_TEXT // 6


async def test_each_method_that_carries_words_fits_them(sandbox: Sandbox, slack: Slack) -> None:
    """What each of them sent, as Slack had it."""
    words = "<&>" * 4000
    ts = await slack.post("C0STANDUP", words, line("x"), KEY)
    await slack.update("C0STANDUP", ts, words, line("x"), KEY)
    await slack.whisper("C0STANDUP", "U0ALICE", words, line("x"))
    sent = [str(call["request"].get("text", "")) for call in sandbox.box.calls.recent if call["direction"] == "in"]
    assert len([text for text in sent if text.startswith("&lt;&amp;&gt;")]) == 3
    assert all(len(text) <= MESSAGE_TEXT for text in sent)


@pytest.mark.parametrize(("kind", "arrived"), [("500", 0), ("reset_before", 0), ("reset_after", 1)])
async def test_no_answer_is_no_refusal_and_nothing_is_sent_again(
    slack: Slack, sandbox: Sandbox, kind: str, arrived: int
) -> None:
    sandbox.box.faults.plan({"method": "chat.postMessage", "kind": kind})
    with pytest.raises(SlackUnreachable):
        await post(slack)
    assert len(posted(sandbox)) == arrived
    calls = [call for call in sandbox.box.calls.recent if call["method"] == "chat.postMessage"]
    assert len(calls) == 1


async def test_the_words_beside_the_blocks_are_sent_unparsed(slack: Slack, sandbox: Sandbox) -> None:
    ts = await post(slack)
    await slack.update("C0STANDUP", ts, "*changed*", line("changed"), KEY)
    await slack.whisper("C0STANDUP", "U0ALICE", "_whispered_", line("x"))
    calls = [call for call in sandbox.box.calls.recent if call["method"].startswith("chat.")]
    assert [call["method"] for call in calls] == ["chat.postMessage", "chat.update", "chat.postEphemeral"]
    assert [(call["request"]["parse"], call["request"]["mrkdwn"]) for call in calls] == [("none", "false")] * 3


async def test_an_answer_that_takes_too_long_is_no_answer(sandbox: Sandbox) -> None:
    sandbox.box.faults.plan({"method": "chat.postMessage", "kind": "delay", "seconds": 0.5})
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as session:
        with pytest.raises(SlackUnreachable):
            await post(Slack(session, sandbox.bot_token, sandbox.api_url))


async def test_nobody_there_is_no_answer() -> None:
    async with aiohttp.ClientSession() as session:
        slack = Slack(session, "xoxb-1", "http://127.0.0.1:9/api/")
        with pytest.raises(SlackUnreachable):
            await slack.whoami()
        with pytest.raises(SlackUnreachable):
            await slack.answer("http://127.0.0.1:9/response/1", "x", line("x"), replace=False)


async def test_an_answer_to_a_click_can_be_refused(slack: Slack, sandbox: Sandbox) -> None:
    with pytest.raises(SlackRefused, match="http_404"):
        await slack.answer(f"{sandbox.address}/response/unknown", "x", line("x"), replace=True)


# docs.slack.dev: of these errors every method says that some of the operation may have succeeded, or that Slack is ill.
@pytest.mark.parametrize(
    "answer", ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "<html>"]
)
async def test_slack_being_ill_is_no_refusal(answer: str) -> None:
    async def ill(_: web.Request) -> web.Response:
        if answer.startswith("<"):
            return web.Response(text=answer, content_type="text/html")
        return web.json_response({"ok": False, "error": answer})

    app = web.Application()
    app.router.add_post("/api/{method}", ill)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        slack = Slack(session, "xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
        with pytest.raises(SlackUnreachable):
            await post(slack)
    await runner.cleanup()


def test_the_fake_has_every_method_of_the_real_one() -> None:
    asked = {name for name in vars(Slack) if not name.startswith("_")}
    assert asked <= vars(FakeSlack).keys()
