"""The whole loop through the unmodified Bolt: commands, clicks, modals, response URLs."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Clock, Page

Body = dict[str, Any]
BUTTONS: list[Body] = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "value": "12", "text": {"type": "plain_text", "text": "Go"}},
            {
                "type": "checkboxes",
                "action_id": "boxes",
                "options": [{"text": {"type": "plain_text", "text": "One"}, "value": "1"}],
            },
        ],
    }
]


def text(words: str) -> Body:
    return {"type": "plain_text", "text": words}


def modal(title: str = "Add", **more: Any) -> Body:
    field = {"type": "plain_text_input", "action_id": "value"}
    block = {"type": "input", "block_id": "title", "label": text("Title"), "element": field}
    return {"type": "modal", "title": text(title), "submit": text("Save"), "blocks": [block], **more}


TYPED = {"title": {"value": {"type": "plain_text_input", "value": "Ship it"}}}


async def test_an_ack_is_whispered_to_the_person_who_asked(app: AsyncApp, page: Page) -> None:
    seen: list[Body] = []

    async def board(ack: Any, command: Body) -> None:
        seen.append(command)
        await ack("The board")

    app.command("/board")(board)
    assert await page.say("/board start 12") == {"ok": True}
    assert seen[0]["text"] == "start 12"
    assert seen[0]["user_id"] == "U0ALICE"
    assert seen[0]["channel_name"] == "standup"
    (message,) = await page.messages()
    assert message["text"] == "The board"
    assert message["ephemeral"] is True
    assert await page.messages("U0BOB") == []


async def test_in_channel_is_for_everybody_with_the_command_before_it(app: AsyncApp, page: Page) -> None:
    async def board(ack: Any) -> None:
        await ack(text="Shared", response_type="in_channel", blocks=BUTTONS)

    app.command("/board")(board)
    await page.say("/board & co")
    typed, shared = await page.messages("U0BOB")
    assert (typed["user"], typed["text"]) == ("U0ALICE", "/board &amp; co")
    assert shared["bot_id"] == "B0ONEWIP"
    assert shared["blocks"][0]["block_id"]


async def test_an_empty_ack_shows_nothing(app: AsyncApp, page: Page) -> None:
    async def board(ack: Any) -> None:
        await ack()

    app.command("/board")(board)
    assert (await page.say("/board"))["ok"]
    assert await page.messages() == []


async def test_a_mention_in_a_command_arrives_as_slack_escapes_it(app: AsyncApp, page: Page) -> None:
    seen: list[str] = []

    async def board(ack: Any, command: Body) -> None:
        seen.append(command["text"])
        await ack()

    app.command("/board")(board)
    await page.say("/board assign 12 <@U0BOB>")
    await page.say("/board assign 12 @Carol in #random")
    assert seen == ["assign 12 <@U0BOB|bob>", "assign 12 <@U0CAROL|carol> in <#C0RANDOM|random>"]


async def test_a_bot_that_does_not_ack_is_said_to_be_slow(app: AsyncApp, page: Page, sandbox: Sandbox) -> None:
    async def board(command: Body) -> None:
        """Never acks."""

    app.command("/board")(board)
    sandbox.box.sockets.ack_seconds = 0.05
    answer = await page.say("/board")
    assert answer["ok"] is False
    assert answer["error"] == "/board did not answer in time: operation_timeout"


async def test_without_a_bot_a_command_and_a_click_say_so(page: Page, slack: AsyncWebClient) -> None:
    answer = await page.say("/board")
    assert answer["reason"] == "dispatch_failed"
    await slack.chat_postMessage(channel="C0STANDUP", text="b", blocks=BUTTONS)
    (message,) = await page.messages()
    assert (await page.click(message, "go"))["reason"] == "dispatch_failed"
    assert (await page.state())["bot"]["online"] is False


async def test_the_page_sees_the_bot_online(app: AsyncApp, page: Page) -> None:
    assert (await page.state())["bot"]["online"] is True


async def test_a_click_on_a_message_brings_all_of_it(app: AsyncApp, page: Page, slack: AsyncWebClient) -> None:
    seen: list[Body] = []

    async def go(ack: Any, body: Body) -> None:
        seen.append(body)
        await ack()

    app.action("go")(go)
    metadata = {"event_type": "onewip", "event_payload": {"item": 12}}
    await slack.chat_postMessage(channel="C0STANDUP", text="b", blocks=BUTTONS, metadata=metadata)
    (message,) = await page.messages()
    block = message["blocks"][0]["block_id"]
    chosen = {"type": "checkboxes", "selected_options": [{"text": text("One"), "value": "1"}]}
    await page.click(message, "go", state={"values": {block: {"boxes": chosen}}})
    (body,) = seen
    assert body["actions"][0]["value"] == "12"
    assert body["container"]["message_ts"] == message["ts"]
    assert body["container"]["is_ephemeral"] is False
    assert body["message"]["metadata"] == metadata
    assert body["state"]["values"][block]["boxes"]["selected_options"][0]["value"] == "1"
    assert body["channel"] == {"id": "C0STANDUP", "name": "standup"}
    assert body["response_url"].startswith("http://127.0.0.1")


async def test_a_click_on_a_whisper_can_replace_and_delete_it(app: AsyncApp, page: Page) -> None:
    seen: list[Body] = []

    async def board(ack: Any) -> None:
        await ack(text="Mine", blocks=BUTTONS)

    async def go(ack: Any, body: Body) -> None:
        seen.append(body)
        await ack()

    app.command("/board")(board)
    app.action("go")(go)
    await page.say("/board")
    (whisper,) = await page.messages()
    await page.click(whisper, "go")
    assert "message" not in seen[0]
    assert seen[0]["container"]["is_ephemeral"] is True
    answer = AsyncWebhookClient(seen[0]["response_url"])
    assert (await answer.send(text="Replaced", replace_original=True)).body == "ok"
    (changed,) = await page.messages()
    assert (changed["ts"], changed["text"]) == (whisper["ts"], "Replaced")
    assert "blocks" not in changed
    await answer.send(text="Beside it")
    assert [m["text"] for m in await page.messages()] == ["Replaced", "Beside it"]
    await answer.send(delete_original=True)
    assert [m["text"] for m in await page.messages()] == ["Beside it"]


async def test_a_response_url_is_good_five_times_and_half_an_hour(app: AsyncApp, page: Page, clock: Clock) -> None:
    urls: list[str] = []

    async def board(ack: Any, command: Body) -> None:
        urls.append(command["response_url"])
        await ack()

    app.command("/board")(board)
    await page.say("/board")
    await page.say("/board")
    first, second = (AsyncWebhookClient(url) for url in urls)
    codes = [(await first.send(text="x", response_type="in_channel")).status_code for _ in range(6)]
    assert codes == [200] * 5 + [404]
    clock.forward(minutes=31)
    late = await second.send(text="x")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_a_modal_is_opened_filled_in_and_closed(app: AsyncApp, page: Page, slack: AsyncWebClient) -> None:
    seen: list[Body] = []

    async def board(ack: Any, command: Body) -> None:
        await slack.views_open(trigger_id=command["trigger_id"], view=modal(callback_id="add", private_metadata="m"))
        await ack()

    async def add(ack: Any, body: Body) -> None:
        seen.append(body["view"])
        await ack()

    app.command("/board")(board)
    app.view("add")(add)
    await page.say("/board add")
    (view,) = (await page.state())["views"]
    empty = await page.do("submit", view_id=view["id"], values={})
    assert empty["errors"] == {"title": "Please complete this required field."}
    assert seen == []
    assert await page.do("submit", view_id=view["id"], values=TYPED) == {"ok": True}
    assert seen[0]["state"]["values"]["title"]["value"]["value"] == "Ship it"
    assert seen[0]["private_metadata"] == "m"
    assert (await page.state())["views"] == []


ANSWERS: list[tuple[Body, list[str]]] = [
    ({"response_action": "update", "view": modal("Changed")}, ["Changed"]),
    ({"response_action": "push", "view": modal("Above")}, ["Add", "Above"]),
    ({"response_action": "clear"}, []),
    ({"response_action": "errors", "errors": {"title": "Too vague"}}, ["Add"]),
]


@pytest.mark.parametrize(("answer", "titles"), ANSWERS)
async def test_a_submission_does_what_its_answer_says(
    answer: Body, titles: list[str], app: AsyncApp, page: Page, slack: AsyncWebClient
) -> None:
    async def board(ack: Any, command: Body) -> None:
        await slack.views_open(trigger_id=command["trigger_id"], view=modal(callback_id="add"))
        await ack()

    async def add(ack: Any) -> None:
        await ack(answer)

    app.command("/board")(board)
    app.view("add")(add)
    await page.say("/board add")
    (view,) = (await page.state())["views"]
    said = await page.do("submit", view_id=view["id"], values=TYPED)
    assert said.get("errors") == answer.get("errors")
    assert [v["title"]["text"] for v in (await page.state())["views"]] == titles


async def test_views_are_pushed_updated_and_told_when_closed(app: AsyncApp, page: Page, slack: AsyncWebClient) -> None:
    closed: list[str] = []
    deeper = {"type": "actions", "block_id": "b", "elements": [BUTTONS[0]["elements"][0]]}
    first = modal(callback_id="add", notify_on_close=True)
    first["blocks"].append(deeper)
    failed: list[str] = []

    async def board(ack: Any, command: Body) -> None:
        await slack.views_open(trigger_id=command["trigger_id"], view=first)
        await ack()

    async def go(ack: Any, body: Body) -> None:
        assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
        try:
            await slack.views_push(trigger_id=body["trigger_id"], view=first)
        except SlackApiError as error:
            failed.append(error.response["error"])
        await ack()

    async def add(ack: Any, body: Body) -> None:
        closed.append(body["view"]["id"])
        await ack()

    app.command("/board")(board)
    app.action("go")(go)
    app.view_closed("add")(add)
    await page.say("/board add")
    for _ in range(3):
        top = (await page.state())["views"][-1]
        button = first["blocks"][1]["elements"][0]
        await page.do("click", view_id=top["id"], block_id="b", action={**button, "block_id": "b"}, state={})
    stack = (await page.state())["views"]
    assert failed == ["push_limit_reached"]
    assert [v["previous_view_id"] for v in stack] == [None, stack[0]["id"], stack[1]["id"]]
    updated = await slack.views_update(view_id=stack[1]["id"], hash=stack[1]["hash"], view=modal("New"))
    assert updated["view"]["id"] == stack[1]["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await slack.views_update(view_id=stack[1]["id"], hash=stack[1]["hash"], view=modal("Old"))
    await page.do("close", view_id=stack[0]["id"])
    assert closed == [stack[2]["id"], stack[0]["id"]]
    assert (await page.state())["views"] == []


async def test_a_trigger_opens_one_modal_within_three_seconds(
    app: AsyncApp, page: Page, slack: AsyncWebClient, clock: Clock
) -> None:
    triggers: list[str] = []

    async def board(ack: Any, command: Body) -> None:
        triggers.append(command["trigger_id"])
        await ack()

    app.command("/board")(board)
    await page.say("/board")
    await page.say("/board")
    with pytest.raises(SlackApiError, match="not_found"):
        await slack.views_push(trigger_id=triggers[0], view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await slack.views_open(trigger_id=triggers[0], view=modal())
    clock.forward(seconds=3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await slack.views_open(trigger_id=triggers[1], view=modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await slack.views_open(trigger_id="1.2.abc", view=modal())
