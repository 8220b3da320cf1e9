"""The real client against the sandbox: who is who and where, threads, the Home, and a channel of many pages."""

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from bot.slack.client import Room, Slack, SlackRefused, SlackUnreachable
from bot.slack.layout.words import line
from tests.fakes import Clock
from tests.slack.test_client import post, posted, sandbox, slack  # noqa: F401  fixtures


async def test_who_is_in_which_channel(slack: Slack) -> None:  # noqa: F811
    assert await slack.room("C0STANDUP") == Room("C0STANDUP", "standup", is_joined=True)
    assert await slack.room("C0QUIET") == Room("C0QUIET", "quiet", is_joined=False)
    assert await slack.members("C0QUIET") == {"U0ALICE", "U0BOB", "U0CAROL", "U0EMI", "U0FINN"}
    with pytest.raises(SlackRefused, match="channel_not_found"):
        await slack.room("C0NONE")


async def test_where_somebody_is_and_which_channels_are_ours(slack: Slack, sandbox: Sandbox) -> None:  # noqa: F811
    assert await slack.channels("U0CAROL") == {"C0STANDUP", "C0RANDOM", "C0QUIET"}
    assert await slack.channels() == {"C0STANDUP", "C0RANDOM"}
    workspace = sandbox.box.workspace
    workspace.archive(workspace.channel("C0RANDOM"), "U0ALICE", archived=True)
    workspace.join(workspace.channel("C0LEADS"), "U0ONEWIP")
    assert await slack.channels() == {"C0STANDUP", "C0LEADS"}
    assert await slack.channels("U0ALICE") == {"C0STANDUP", "C0RANDOM", "C0QUIET", "C0LEADS"}
    with pytest.raises(SlackRefused, match="user_not_found"):
        await slack.channels("U0NOBODY")


async def test_who_is_an_admin(slack: Slack) -> None:  # noqa: F811
    assert (await slack.profile("U0ALICE")).is_admin
    assert not (await slack.profile("U0BOB")).is_admin


async def test_a_thread_is_answered_and_searched(slack: Slack, sandbox: Sandbox) -> None:  # noqa: F811
    ts = await post(slack)
    key = {"event_type": "onewip", "event_payload": {"kind": "trail", "key": "trail:1"}}
    answer = await slack.post("C0STANDUP", "told", line("told"), key, ts)
    assert await slack.find_own("C0STANDUP", "trail:1", float(ts) - 60, ts) == answer
    assert await slack.find_own("C0STANDUP", "trail:1", float(ts) - 60) is None
    await slack.pin("C0STANDUP", ts)
    await slack.unpin("C0STANDUP", ts)
    assert not posted(sandbox)[0].get("pinned")
    assert (await slack.permalink("C0STANDUP", ts)).endswith(f"/archives/C0STANDUP/p{ts.replace('.', '')}")


async def test_a_file_comes_into_a_direct_message(slack: Slack, sandbox: Sandbox) -> None:  # noqa: F811
    room = await slack.direct("U0BOB")
    await slack.give(room, "NEXT-7D.md", "# Δ\n".encode(), "Here & there")
    [message] = sandbox.box.workspace.messages[room].values()
    assert message["text"] == "Here &amp; there"
    [file] = message["files"]
    assert (file["name"], file["title"]) == ("NEXT-7D.md", "NEXT-7D.md")
    assert sandbox.box.files.content(file["id"]) == "# Δ\n".encode()


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "file upload", "files.completeUploadExternal"])
async def test_a_file_that_gets_lost_on_its_way_is_no_message(
    method: str,
    slack: Slack,  # noqa: F811
    sandbox: Sandbox,  # noqa: F811
) -> None:
    sandbox.box.faults.plan({"method": method, "kind": "500"})
    with pytest.raises(SlackUnreachable):
        await slack.give("D0BOB", "NEXT-7D.md", b"x", "Here")
    assert sandbox.box.workspace.messages["D0BOB"] == {}


async def test_a_missing_scope_for_files_is_named(tmp_path: Path) -> None:
    box = Sandbox(tmp_path / "poor.db", 0, Clock(), replace(SOCKET_MODE, scopes=("chat:write", "im:write")))
    await box.start()
    async with aiohttp.ClientSession() as session:
        poor = Slack(session, box.bot_token, box.api_url)
        with pytest.raises(SlackRefused, match="missing_scope files:write"):
            await poor.give("D0BOB", "a.md", b"x", "")
        assert (await poor.whoami())["scopes"] == {"chat:write", "im:write"}
    await box.stop()


async def test_a_home_is_published(slack: Slack, sandbox: Sandbox) -> None:  # noqa: F811
    await slack.publish("U0BOB", {"type": "home", "blocks": line("hello")})
    assert sandbox.box.modals.homes["U0BOB"]["blocks"][0]["text"]["text"] == "hello"


async def test_every_page_of_members_is_read_and_another_organisation_is_seen() -> None:
    async def members(request: web.Request) -> web.Response:
        page = int((await request.post()).get("cursor") or 0)  # type: ignore[arg-type]
        more = str(page + 1) if page < 2 else ""
        told = {"ok": True, "members": [f"U{page}"], "response_metadata": {"next_cursor": more}}
        return web.json_response(told)

    async def info(_: web.Request) -> web.Response:
        shared = {"name": "both", "is_member": True, "is_ext_shared": True, "is_archived": True}
        return web.json_response({"ok": True, "channel": shared})

    app = web.Application()
    app.router.add_post("/api/conversations.members", members)
    app.router.add_post("/api/conversations.info", info)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        client = Slack(session, "xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
        assert await client.members("C1") == {"U0", "U1", "U2"}
        assert await client.room("C1") == Room("C1", "both", is_joined=True, is_archived=True, is_shared=True)
    await runner.cleanup()
