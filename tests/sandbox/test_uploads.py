"""Files from the bot: announced, sent to their own address, completed into a message, and read by people."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.files import MOST_BYTES
from tests.sandbox.payloads import Json
from tests.sandbox.stage import Page

BOARD = "# NEXT 7D\n\nΠληρωμές\n".encode()


async def announced(slack: AsyncWebClient, content: bytes = BOARD, name: str = "NEXT-7D.md") -> tuple[str, str]:
    told = await slack.files_getUploadURLExternal(filename=name, length=len(content))
    return told["upload_url"], told["file_id"]


async def sent(http: aiohttp.ClientSession, url: str, content: bytes | aiohttp.FormData = BOARD) -> int:
    async with http.post(url, data=content) as answer:
        return answer.status


async def uploaded(slack: AsyncWebClient, http: aiohttp.ClientSession) -> str:
    """A file whose bytes are there, to be completed. Gives its id."""
    url, file_id = await announced(slack)
    assert await sent(http, url) == 200
    return file_id


async def refused(slack: AsyncWebClient, method: str, **arguments: Any) -> Json:
    form = {key: json.dumps(value) if isinstance(value, list) else value for key, value in arguments.items()}
    with pytest.raises(SlackApiError) as caught:
        await slack.api_call(method, data=form)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


async def complete(slack: AsyncWebClient, file_id: str, **more: Any) -> Json:
    told = await slack.api_call(
        "files.completeUploadExternal", data={"files": json.dumps([{"id": file_id, "title": "The board"}]), **more}
    )
    [file] = told["files"]
    return dict(file)


async def test_a_file_comes_into_a_direct_message(
    slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    file_id = await uploaded(slack, http)
    file = await complete(slack, file_id, channel_id="D0ALICE", initial_comment="Here & <there>")
    assert (file["id"], file["name"], file["title"], file["size"]) == (file_id, "NEXT-7D.md", "The board", len(BOARD))
    assert (file["user"], file["ims"], file["channels"]) == ("U0ONEWIP", ["D0ALICE"], [])
    [message] = await page.messages(channel="D0ALICE")
    assert (message["text"], message["bot_id"], message["upload"]) == ("Here &amp; &lt;there&gt;", "B0ONEWIP", True)
    assert message["files"] == [file]
    assert (await slack.files_info(file=file_id))["file"] == file
    assert (await page.state())["channels"][-1]["unread"] == 1


async def test_the_librarys_own_way_goes_through(slack: AsyncWebClient, page: Page) -> None:
    await slack.files_upload_v2(channel="D0ALICE", filename="a.csv", content="a,b\n", title="A", initial_comment="Here")
    [message] = await page.messages(channel="D0ALICE")
    assert (message["files"][0]["filetype"], message["files"][0]["mimetype"]) == ("csv", "text/csv")


async def test_people_who_see_the_message_can_download_the_file(
    slack: AsyncWebClient, http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    file_id = await uploaded(slack, http)
    await complete(slack, file_id, channel_id="D0ALICE")
    address = f"{sandbox.address}/sandbox/files/{file_id}/NEXT-7D.md"
    async with http.get(f"{address}?person=U0ALICE") as answer:
        assert await answer.read() == BOARD
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''NEXT-7D.md"
    for query in ("?person=U0BOB", ""):
        async with http.get(address + query) as answer:
            assert answer.status == 404
    async with http.get(f"{sandbox.address}/sandbox/files/F0GONE/a.md?person=U0ALICE") as answer:
        assert answer.status == 404


async def test_without_a_channel_it_stays_private(
    slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    file = await complete(slack, await uploaded(slack, http))
    assert (file["ims"], file["channels"]) == ([], [])
    assert await page.messages(channel="D0ALICE") == []


async def test_it_can_be_shared_with_several_and_in_a_thread(
    slack: AsyncWebClient, http: aiohttp.ClientSession, page: Page
) -> None:
    blocks = json.dumps([{"type": "section", "text": {"type": "mrkdwn", "text": "Here"}}])
    await complete(slack, await uploaded(slack, http), channels="C0STANDUP,U0ALICE", blocks=blocks)
    [parent], [direct] = await page.messages(), await page.messages(channel="D0ALICE")
    assert parent["blocks"][0]["text"]["text"] == direct["blocks"][0]["text"]["text"] == "Here"
    await complete(slack, await uploaded(slack, http), channel_id="C0STANDUP", thread_ts=parent["ts"])
    assert [message.get("thread_ts") for message in await page.messages()] == [parent["ts"]] * 2


async def test_an_address_takes_bytes_once_and_as_many_as_were_said(
    slack: AsyncWebClient, http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    url, file_id = await announced(slack)
    assert await sent(http, url, BOARD + b"x") == 400
    assert await sent(http, url) == 200
    assert await sent(http, url) == 400
    await complete(slack, file_id)
    assert await sent(http, url) == 404
    assert await sent(http, f"{sandbox.address}/upload/v1/elsewhere") == 404


async def test_bytes_may_come_as_a_form(slack: AsyncWebClient, http: aiohttp.ClientSession) -> None:
    url, file_id = await announced(slack)
    form = aiohttp.FormData()
    form.add_field("filename", BOARD, filename="NEXT-7D.md")
    assert await sent(http, url, form) == 200
    assert (await complete(slack, file_id))["size"] == len(BOARD)


async def test_a_fault_on_the_way_is_met_once(
    slack: AsyncWebClient, http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    sandbox.box.faults.plan({"kind": "500", "method": "file upload"})
    url, _ = await announced(slack)
    assert [await sent(http, url), await sent(http, url)] == [500, 200]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"length": 1}, "invalid_arguments"),
        ({"filename": "a.md"}, "invalid_arguments"),
        ({"filename": "a.md", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.md", "length": 0}, "missing_argument"),
        ({"filename": "a.md", "length": 1, "channel_id": "D0ALICE"}, "invalid_arguments"),
        ({"filename": "a.md", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.md", "length": 1_000_001, "snippet_type": "markdown"}, "snippet_too_large"),
        ({"filename": "a.md", "length": MOST_BYTES + 1}, "file_upload_size_restricted"),
    ],
)
async def test_what_can_not_be_announced(arguments: Json, code: str, slack: AsyncWebClient) -> None:
    assert (await refused(slack, "files.getUploadURLExternal", **arguments))["error"] == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"files": "["}, "invalid_arguments"),
        ({"files": []}, "invalid_arguments"),
        ({"files": [{"title": "no id"}]}, "invalid_arguments"),
        ({"files": [{"id": "F0GONE"}]}, "file_not_found"),
        ({"channel_id": "U0ALICE"}, "invalid_arguments"),
        ({"channel_id": "C0NOWHERE"}, "channel_not_found"),
        ({"channel_id": "C0QUIET"}, "not_in_channel"),
        ({"channel_id": "C0RANDOM"}, "posting_to_channel_denied"),
        ({"channels": ",".join(f"C{k}" for k in range(101))}, "channels_limit_exceeded"),
        ({"channel_id": "D0ALICE", "blocks": '[{"type": "nonsense"}]'}, "invalid_blocks"),
        ({"channel_id": "D0ALICE", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"channel": "D0ALICE"}, "invalid_arguments"),
    ],
)
async def test_what_can_not_be_completed_changes_nothing(
    arguments: Json,
    code: str,
    slack: AsyncWebClient,
    http: aiohttp.ClientSession,
    sandbox: Sandbox,
    page: Page,
) -> None:
    sandbox.box.workspace.channels["C0RANDOM"]["is_archived"] = True
    file_id = await uploaded(slack, http)
    given = {"files": [{"id": file_id}], **arguments}
    assert (await refused(slack, "files.completeUploadExternal", **given))["error"] == code
    assert await page.messages(channel="D0ALICE") == []
    assert (await complete(slack, file_id, channel_id="D0ALICE"))["id"] == file_id


async def test_a_file_is_completed_once_and_only_when_its_bytes_are_there(
    slack: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    _, empty = await announced(slack)
    done = await uploaded(slack, http)
    await complete(slack, done)
    for file_id in (empty, done):
        answer = await refused(slack, "files.completeUploadExternal", files=[{"id": file_id}])
        assert answer["error"] == "file_not_found"


class TestWithoutTheScope:
    """An app that did not ask for files:write."""

    @pytest.fixture
    def scopes(self) -> tuple[str, ...]:
        return ("commands", "chat:write", "files:read")

    @pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
    async def test_the_scope_is_named(self, method: str, slack: AsyncWebClient) -> None:
        answer = await refused(slack, method, filename="a.md", length=1)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")
        assert answer["provided"] == "commands,chat:write,files:read"


async def test_a_file_outlives_a_restart(
    slack: AsyncWebClient, http: aiohttp.ClientSession, sandbox: Sandbox, tmp_path: Path
) -> None:
    file_id = await uploaded(slack, http)
    await complete(slack, file_id, channel_id="D0ALICE")
    again = Sandbox(tmp_path / "sandbox.db", 0, sandbox.now)
    await again.start()
    async with http.get(f"{again.address}/sandbox/files/{file_id}/NEXT-7D.md?person=U0ALICE") as answer:
        assert await answer.read() == BOARD
    await again.stop()
