"""What Slack sends is looked at before it is served; what can't be read is acked, in words where an ack has some."""

import logging
from typing import Any

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.connection import Socket, bolt_app
from bot.slack.incoming.payload import fault_of
from bot.slack.troubles import UNREAD
from tests.fakes import MYSELF, Clock, FakeSlack

Json = dict[str, Any]
USER: Json = {"id": "U0ALICE"}
COMMAND: Json = {"command": "/board", "text": "\ud83d add", "channel_id": "C1", "user_id": "U0ALICE", "team_id": "T1"}
VIEW: Json = {"id": "V1", "type": "modal", "callback_id": "do:add", "private_metadata": '{"channel": "C1"}'}
SENT: Json = {"type": "view_submission", "user": USER, "enterprise": None, "view": VIEW}
CHOICE: Json = {"blocks": [{"type": "input", "block_id": "lane", "element": {"options": [{"value": "next"}]}}]}
CLICK: Json = {"type": "block_actions", "user": USER, "actions": [{"action_id": "do:start", "value": "2"}]}
EVENT: Json = {"type": "event_callback", "event": {"type": "app_home_opened", "user": "U0ALICE", "tab": "home"}}
MOVED: Json = {"type": "member_joined_channel", "user": "U0ALICE", "channel": "C1", "event_ts": "1700000000.000100"}


SEARCHED: Json = {"type": "block_suggestion", "user": USER, "action_id": "do:menu", "value": "pay"}
STATUS: Json = {"status_text": "On holiday", "status_emoji": ":palm_tree:", "status_expiration": 0}
CHANGED: Json = {"type": "user_change", "user": USER | {"profile": STATUS}}


def found(zone: str) -> Json:
    """A dialog with a list to search in, whose options it does not hold."""
    element = {"type": "external_select", "selected_option": {"value": zone}}
    blocks = [{"type": "input", "block_id": "zone", "element": {"type": "external_select"}}]
    return SENT | {"view": VIEW | {"blocks": blocks, "state": {"values": {"zone": {"value": element}}}}}


def choosing(choice: str) -> Json:
    field = {"type": "radio_buttons", "selected_option": {"value": choice}}
    return SENT | {"view": VIEW | CHOICE | {"state": {"values": {"lane": {"value": field}}}}}


@pytest.mark.parametrize(
    "body",
    [
        COMMAND,
        SENT,
        choosing("next"),
        found("Asia/Tokyo"),
        CLICK,
        SEARCHED,
        EVENT,
        EVENT | {"event": MOVED},
        EVENT | {"event": CHANGED},
    ],
)
def test_what_slack_sends_can_be_served(body: Json) -> None:
    assert fault_of(body) == ""


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, "it is of a kind"),
        ({"type": []}, "it is of a kind"),
        ({"type": "view_closed"}, "it is of a kind"),
        (COMMAND | {"channel_id": ""}, "channel_id:"),
        (COMMAND | {"text": 5}, "text:"),
        (COMMAND | {"trigger_id": "\ud83d"}, "trigger_id:"),
        (COMMAND | {"user_id": None}, "user_id:"),
        (SENT | {"view": VIEW | {"private_metadata": "{"}}, "view.private_metadata:"),
        (SENT | {"view": {**VIEW, "type": None}}, "view.type:"),
        (SENT | {"view": VIEW | {"state": {"values": {"title": []}}}}, "view.state.values.title:"),
        (
            choosing("later"),
            "view: Value error, lane holds what nobody could",
        ),
        (SEARCHED | {"value": 5}, "value:"),
        (
            EVENT | {"event": {"type": "user_change", "user": USER | {"profile": {"status_expiration": "soon"}}}},
            "event.",
        ),
        (CLICK | {"actions": []}, "actions:"),
        (CLICK | {"channel": 5}, "channel:"),
        (EVENT | {"event": {"type": "app_home_opened"}}, "event.app_home_opened.user:"),
        (EVENT | {"event": EVENT["event"] | {"channel": 1.5}}, "event.app_home_opened.channel"),
        (EVENT | {"event": MOVED | {"event_ts": "soon"}}, "event.member_joined_channel.event_ts:"),
    ],
)
def test_what_has_another_shape_is_named(body: Json, fault: str) -> None:
    assert fault_of(body).startswith(fault)


class Line:
    """A line that keeps what is sent on it."""

    def __init__(self) -> None:
        self.sent: list[SocketModeResponse] = []

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self.sent.append(response)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (COMMAND | {"user_id": 5}, UNREAD),
        (SENT | {"user": None}, UNREAD),
        (CLICK | {"actions": None}, ""),
        (EVENT | {"event": None}, ""),
    ],
)
async def test_what_cannot_be_read_is_acked(body: Json, words: str, caplog: pytest.LogCaptureFixture) -> None:
    slack = FakeSlack(Clock())
    socket = Socket(bolt_app(slack, "xoxb-1", MYSELF), slack, "xapp-1")
    line: Any = Line()
    with caplog.at_level(logging.WARNING):
        await socket.handle(line, SocketModeRequest("interactive", "E1", body))
    [ack] = line.sent
    assert (ack.envelope_id, words in str(ack.payload or "")) == ("E1", True)
    assert "Left out what Slack sent in interactive: " in caplog.text
    await socket.close_async()  # type: ignore[no-untyped-call]
