"""Who is in a channel, and what becomes of one: by Slack's own commands, told to the bot by the events it asked for."""

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from tests.sandbox.stage import Page

CAROL = "U0CAROL"
STANDUP, LEADS = "C0STANDUP", "C0LEADS"
EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
    "channel_rename",
    "channel_archive",
    "channel_unarchive",
    "group_archive",
)
Json = dict[str, Any]


@pytest.fixture
def heard(sandbox: Sandbox, app: AsyncApp) -> list[Json]:
    """What the bot is told of channels, whatever its manifest asks for."""
    sandbox.box.manifest = replace(SOCKET_MODE, events=frozenset(EVENTS))
    told: list[Json] = []

    async def listener(event: Json) -> None:
        told.append(event)

    for name in EVENTS:
        app.event(name)(listener)
    return told


async def channel(page: Page, key: str, person: str = CAROL) -> Json | None:
    """A channel as somebody's page shows it."""
    found = (await page.state(person))["channels"]
    return next((one for one in found if one["id"] == key), None)


async def test_a_person_is_removed_looks_on_and_comes_back(page: Page, heard: list[Json]) -> None:
    assert (await page.say("/remove @Carol"))["ok"]
    seen = await channel(page, STANDUP)
    assert seen is not None
    assert (seen["is_member"], CAROL in seen["members"], seen["unread"]) == (False, False, 0)
    assert [m["text"] for m in await page.messages(CAROL)] == [f"<@{CAROL}> was removed from the channel by <@U0ALICE>"]
    assert (await page.say("hello", person=CAROL))["error"] == "You are not in that channel."
    assert (await page.say("/board", person=CAROL))["error"] == "You are not in that channel."
    assert (await page.say("/join", person=CAROL))["ok"]
    assert (await page.say("hello", person=CAROL))["ok"]
    assert [(one["type"], one["user"], one["channel"]) for one in heard] == [
        ("member_left_channel", CAROL, STANDUP),
        ("member_joined_channel", CAROL, STANDUP),
    ]


async def test_a_private_channel_is_its_members_alone(page: Page, slack: AsyncWebClient) -> None:
    await page.say("among us", channel=LEADS)
    assert await channel(page, LEADS) is None
    assert LEADS not in (await page.state(CAROL))["messages"]
    assert not (await page.say("/join", channel=LEADS, person=CAROL))["ok"]
    await page.say("/invite Carol", channel=LEADS)
    assert (await channel(page, LEADS) or {})["is_private"] is True
    await page.say("/leave", channel=LEADS, person=CAROL)
    assert await channel(page, LEADS) is None


async def test_a_button_of_a_private_channel_is_nobodys_outside(page: Page, slack: AsyncWebClient) -> None:
    await page.say("/invite @Onewip", channel=LEADS)
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Press"}}
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    await slack.chat_postMessage(channel=LEADS, text="x", blocks=blocks)
    [*_, message] = await page.messages(channel=LEADS)
    answer = await page.click(message, "a", person=CAROL, channel=LEADS)
    assert answer["error"] == "You are not in that channel."


async def test_the_bot_hears_of_the_channels_it_is_in(page: Page, heard: list[Json]) -> None:
    await page.say("/leave", channel="C0QUIET", person=CAROL)
    assert heard == []
    await page.say("/invite @Onewip", channel="C0QUIET")
    await page.say("/remove @Onewip", channel="C0QUIET")
    assert [(one["type"], one["channel"]) for one in heard] == [
        ("member_joined_channel", "C0QUIET"),
        ("channel_left", "C0QUIET"),
    ]


async def test_an_event_that_the_manifest_does_not_ask_for_is_not_told(
    page: Page, heard: list[Json], sandbox: Sandbox
) -> None:
    sandbox.box.manifest = SOCKET_MODE
    await page.say("/rename daily")
    await page.say("/archive")
    assert [one["type"] for one in heard] == ["channel_archive"]


async def test_a_channel_is_renamed(page: Page, heard: list[Json], slack: AsyncWebClient) -> None:
    assert (await page.say("/rename daily"))["ok"]
    assert (await channel(page, STANDUP) or {})["name"] == "daily"
    assert (await slack.conversations_info(channel=STANDUP))["channel"]["name"] == "daily"
    assert (heard[0]["type"], heard[0]["channel"]["name"]) == ("channel_rename", "daily")
    assert (await page.say("/rename Daily Board"))["error"].startswith("A channel's name is in lower case")
    assert (await page.say("/rename random"))["error"] == "There is a #random already."


async def test_an_archived_channel_is_read_and_nothing_is_said_until_it_is_back(
    page: Page, heard: list[Json], slack: AsyncWebClient
) -> None:
    await page.say("/archive")
    assert (await channel(page, STANDUP) or {})["is_archived"] is True
    for text in ("hello", "/board", "/leave"):
        assert (await page.say(text))["reason"] == "is_archived"
    with pytest.raises(SlackApiError, match="is_archived"):
        await slack.chat_postMessage(channel=STANDUP, text="x")
    await page.say("/unarchive")
    await slack.chat_postMessage(channel=STANDUP, text="back")
    assert [one["type"] for one in heard] == ["channel_archive", "channel_unarchive"]


async def test_a_private_channels_events_are_a_groups(page: Page, heard: list[Json]) -> None:
    await page.say("/invite @Onewip", channel=LEADS)
    await page.say("/archive", channel=LEADS)
    assert heard[-1]["type"] == "group_archive"


@pytest.mark.parametrize(
    ("text", "channel", "error"),
    [
        ("/invite @Nobody", STANDUP, "Type /invite with the name of a person, or of the bot: /invite @Onewip"),
        ("/invite @Carol", STANDUP, "Carol is already in this channel."),
        ("/remove @Carol", LEADS, "Carol is not in this channel."),
        ("/join", STANDUP, "You are in this channel already."),
        ("/unarchive", STANDUP, "#standup is not archived."),
        ("/leave", "D0ALICE", "/leave works in a channel."),
    ],
)
async def test_what_can_not_be_done_is_said(page: Page, text: str, channel: str, error: str) -> None:
    assert (await page.say(text, channel=channel))["error"] == error


async def test_an_unknown_command_is_answered_by_slackbot(page: Page) -> None:
    assert (await page.say("/bord show"))["ok"]
    [told] = await page.messages()
    assert told["ephemeral"]
    assert told["user"] == "USLACKBOT"
    assert told["text"].startswith("/bord is not a valid command. In Slack, all messages that start with the")
    assert await page.messages("U0BOB") == []


# users.conversations


def ids(answer: Any) -> list[str]:
    return [channel["id"] for channel in answer["channels"]]


@pytest.fixture
def scopes() -> tuple[str, ...]:
    return SOCKET_MODE.scopes


BOTH = "public_channel,private_channel"


async def test_where_somebody_is(page: Page, slack: AsyncWebClient) -> None:
    assert ids(await slack.users_conversations()) == [STANDUP, "C0RANDOM"]
    alice = await slack.users_conversations(user="U0ALICE", types=BOTH)
    assert ids(alice) == [STANDUP, "C0RANDOM", "C0QUIET"]  # of #leads the bot knows nothing
    assert alice["channels"][0].keys().isdisjoint({"is_member", "num_members"})
    await page.say("/invite @Onewip", channel=LEADS)
    assert LEADS in ids(await slack.users_conversations(user="U0ALICE", types=BOTH))
    assert LEADS not in ids(await slack.users_conversations(user=CAROL, types=BOTH))
    await page.say("/archive", channel=LEADS)
    assert LEADS not in ids(await slack.users_conversations(types=BOTH, exclude_archived=True))
    first = await slack.users_conversations(limit=1)
    assert ids(await slack.users_conversations(cursor=first["response_metadata"]["next_cursor"])) == ["C0RANDOM"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"user": "U0NOBODY"}, "user_not_found"),
        ({"types": "rooms"}, "invalid_types"),
        ({"types": "im"}, "missing_scope"),
        ({"limit": 1000}, "invalid_limit"),
    ],
)
async def test_what_users_conversations_refuses(slack: AsyncWebClient, asked: Json, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.users_conversations(**asked)
    assert refused.value.response["error"] == error


async def test_a_private_channel_without_the_bot_is_not_there_for_it(slack: AsyncWebClient) -> None:
    for call in (slack.conversations_info, slack.conversations_members, slack.conversations_history):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await call(channel=LEADS)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await slack.chat_postMessage(channel=LEADS, text="x")
    assert ids(await slack.conversations_list(types=BOTH)) == [STANDUP, "C0RANDOM", "C0QUIET"]
