"""Files: from the page into a form, and from there to the bot."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.files import MOST_BYTES
from tests.sandbox.payloads import Json, field, modal
from tests.sandbox.stage import Page

PLAN = b"# NEXT 7D\n"


def form(**element: Any) -> Json:
    what = {"type": "file_input", "action_id": "a", **element}
    return modal(field(what, block_id="file"), callback_id="import")


def chosen(*files: Json) -> Json:
    return {"file": {"a": {"type": "file_input", "files": list(files)}}}


async def opened(app: AsyncApp, page: Page, view: Json) -> tuple[str, list[Json]]:
    """Open `view` for Alice; gives its id, and the files the bot hears of."""
    heard: list[Json] = []

    @app.command("/board")
    async def board(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.view("import")
    async def submitted(ack: Any, view: Json) -> None:
        heard.extend(view["state"]["values"]["file"]["a"]["files"])
        await ack()

    assert (await page.say("/board import"))["ok"]
    return (await page.state())["views"][0]["id"], heard


async def test_the_bot_hears_of_a_file_asks_for_it_and_downloads_it(
    app: AsyncApp, page: Page, slack: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    uploaded = await page.upload("σχέδιο 7d.md", PLAN)
    assert uploaded["ok"]
    view_id, heard = await opened(app, page, form(filetypes=["md"], max_files=1))
    assert await page.do("submit", view_id=view_id, values=chosen({"id": uploaded["file"]["id"]})) == {"ok": True}

    (file,) = heard
    assert (file["name"], file["size"], file["filetype"], file["user"]) == ("σχέδιο 7d.md", len(PLAN), "md", "U0ALICE")
    assert (await slack.files_info(file=file["id"]))["file"] == file
    for address in (file["url_private"], file["url_private_download"]):
        async with http.get(address, headers={"Authorization": f"Bearer {slack.token}"}) as answer:
            assert await answer.read() == PLAN


async def test_without_a_token_a_download_leads_to_a_page_for_people(page: Page, http: aiohttp.ClientSession) -> None:
    file = (await page.upload("a.md", PLAN))["file"]
    for headers in ({}, {"Authorization": "Bearer xapp-sandbox"}):
        async with http.get(file["url_private_download"], headers=headers) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")


async def test_a_download_of_what_is_not_there_is_not_found(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with http.get(f"{sandbox.address}/files-pri/F0GONE/a.md", headers=headers) as answer:
        assert answer.status == 404


async def test_an_unknown_file_is_not_found(slack: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="file_not_found"):
        await slack.files_info(file="F0GONE")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("big.md", b"x" * (MOST_BYTES + 1), "big.md is larger than 10 MB, the most Slack takes in a form."),
        ("empty.md", b"", "empty.md is empty, and Slack takes no empty files."),
    ],
    ids=["too large", "empty"],
)
async def test_what_slack_does_not_take_is_refused_in_words(name: str, content: bytes, error: str, page: Page) -> None:
    answer = await page.upload(name, content)
    assert (answer["ok"], answer["error"]) == (False, error)


async def test_the_largest_file_slack_takes_is_taken(page: Page) -> None:
    assert (await page.upload("big.md", b"x" * MOST_BYTES))["file"]["size"] == MOST_BYTES


@pytest.mark.parametrize(
    ("element", "names", "error"),
    [
        ({"max_files": 1}, ["a.md", "b.md"], "Please upload no more than 1 file."),
        ({"filetypes": ["md", "txt"]}, ["a.MD", "b.pdf"], "b.pdf can't be used here, only md, txt."),
        ({}, [f"{n}.md" for n in range(11)], "Please upload no more than 10 files."),
        ({}, [], "Please complete this required field."),
    ],
)
async def test_a_form_takes_what_its_element_allows(
    element: Json, names: list[str], error: str, app: AsyncApp, page: Page
) -> None:
    files = [(await page.upload(name, PLAN))["file"] for name in names]
    view_id, heard = await opened(app, page, form(**element))
    answer = await page.do("submit", view_id=view_id, values=chosen(*files))
    assert answer["errors"] == {"file": error}
    assert heard == []


async def test_somebody_elses_file_is_not_found(app: AsyncApp, page: Page) -> None:
    theirs = (await page.upload("a.md", PLAN, person="U0BOB"))["file"]
    view_id, heard = await opened(app, page, form())
    answer = await page.do("submit", view_id=view_id, values=chosen(theirs))
    assert answer["reason"] == "file_not_found"
    assert heard == []


async def test_another_sites_page_may_not_upload(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    body = aiohttp.FormData({"person": "U0ALICE"})
    body.add_field("file", PLAN, filename="a.md")
    async with http.post(
        f"{sandbox.address}/sandbox/upload", data=body, headers={"Origin": "http://evil.example"}
    ) as answer:
        assert answer.status == 403


class TestWithoutTheScope:
    """An app that did not ask for files:read."""

    @pytest.fixture
    def scopes(self) -> tuple[str, ...]:
        return ("commands", "chat:write")

    async def test_it_can_neither_ask_for_a_file_nor_about_one(self, page: Page, slack: AsyncWebClient) -> None:
        file = (await page.upload("a.md", PLAN))["file"]
        with pytest.raises(SlackApiError) as caught:
            await slack.files_info(file=file["id"])
        answer = caught.value.response
        assert (answer["error"], answer["needed"], answer["provided"]) == (
            "missing_scope",
            "files:read",
            "commands,chat:write",
        )
        with pytest.raises(SlackApiError, match="missing_scope"):
            await slack.views_open(trigger_id="1.2.3", view=form())

    async def test_it_gets_a_page_for_people_in_place_of_the_file(
        self, page: Page, slack: AsyncWebClient, http: aiohttp.ClientSession
    ) -> None:
        file = (await page.upload("a.md", PLAN))["file"]
        headers = {"Authorization": f"Bearer {slack.token}"}
        async with http.get(file["url_private"], headers=headers) as answer:
            assert answer.content_type == "text/html"
