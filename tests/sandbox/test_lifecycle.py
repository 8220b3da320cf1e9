"""Starting, stopping, being killed, and the port that is taken."""

import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Clock, Page


async def test_a_restart_finds_everything_but_whispers_and_modals(
    tmp_path: Path, clock: Clock, http: aiohttp.ClientSession
) -> None:
    file = tmp_path / "deep" / "sandbox.db"
    first = Sandbox(file, 0, clock)
    assert first.new
    await first.start()
    slack = AsyncWebClient(first.bot_token, base_url=first.api_url, session=http)
    page = Page(first.address, http)
    posted = await slack.chat_postMessage(channel="C0STANDUP", text="kept")
    await slack.pins_add(channel="C0STANDUP", timestamp=posted["ts"])
    await slack.chat_postEphemeral(channel="C0STANDUP", user="U0ALICE", text="passing")
    await slack.views_publish(user_id="U0ALICE", view={"type": "home", "blocks": [{"type": "divider"}]})
    await page.say("/invite @Onewip", channel="C0QUIET")
    await page.do("demo", broken=True)
    await page.do("clock", seconds=86400)
    before = await page.state()
    await first.stop()

    second = Sandbox(file, 0, clock)
    assert not second.new
    await second.start()
    after = await Page(second.address, http).state()
    await second.stop()
    assert [m["text"] for m in before["messages"]["C0STANDUP"]].count("passing") == 1
    before["messages"]["C0STANDUP"].pop()
    for part in ("messages", "channels", "home", "clock"):
        assert after[part] == before[part]
    assert after["demo"]["broken"] is True


KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from slack_sdk.web.async_client import AsyncWebClient
from bot.sandbox.server import Sandbox

async def main():
    box = Sandbox(Path(sys.argv[1]), 0, lambda: datetime(2026, 3, 2, tzinfo=UTC))
    await box.start()
    slack = AsyncWebClient(box.bot_token, base_url=box.api_url)
    for number in range(50):
        await slack.chat_postMessage(channel="C0STANDUP", text=str(number))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_kill_loses_no_message(tmp_path: Path, clock: Clock, http: aiohttp.ClientSession) -> None:
    file = tmp_path / "sandbox.db"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(file))
    assert await process.wait() == -9
    box = Sandbox(file, 0, clock)
    await box.start()
    messages = await Page(box.address, http).messages()
    await box.stop()
    assert [m["text"] for m in messages] == [str(number) for number in range(50)]


async def test_a_taken_port_is_said_in_words(sandbox: Sandbox, tmp_path: Path, clock: Clock) -> None:
    port = int(sandbox.address.rpartition(":")[2])
    second = Sandbox(tmp_path / "other.db", port, clock)
    with pytest.raises(OSError, match=rf"^\[Errno \d+\] Port {port} on 127.0.0.1 can't be used: "):
        await second.start()


async def test_another_sites_page_may_not_act(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    say = f"{sandbox.address}/sandbox/say"
    body = json.dumps({"person": "U0ALICE", "channel": "C0STANDUP", "text": "hi"})
    async with http.post(say, data=body, headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    async with http.post(say, json={}, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


async def test_nothing_outside_the_page_is_served(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{sandbox.address}/page/..%2Fserver.py") as answer:
        assert answer.status == 404
    async with http.get(f"{sandbox.address}/page/index.html") as answer:
        assert answer.headers["Cache-Control"] == "no-store"


async def test_whoever_waits_for_the_bot_waits_no_longer_when_the_sandbox_stops(
    tmp_path: Path, clock: Clock, http: aiohttp.ClientSession
) -> None:
    box = Sandbox(tmp_path / "other.db", 0, clock)
    await box.start()
    async with http.ws_connect(f"{box.address}/socket/?ticket={box.box.sockets.ticket()}") as silent:
        await silent.receive()  # hello
        said = asyncio.create_task(Page(box.address, http).say("/board"))
        await silent.receive()  # the command, never acked
        await box.stop()
    assert (await said)["reason"] == "dispatch_failed"
