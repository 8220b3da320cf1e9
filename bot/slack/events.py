"""Events of people and channels: somebody comes, goes, writes or changes their name; the bot too."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services.board import home, joining
from bot.slack.client import profile_of
from bot.slack.command import Desk
from bot.slack.directory import OURS

log = logging.getLogger(__name__)

Body = dict[str, Any]
KINDS = ("channel", "group")  # public and private, as Slack names their events


def listen_to_people(app: AsyncApp, desk: Desk, answer: Callable[[AsyncAck, Body], Awaitable[None]]) -> None:
    """Register the listeners of events. `answer` answers a direct message; no exception leaves, every event is acked.

    Opening the Home is owed in the database, where twice is once.
    """

    async def opened(ack: AsyncAck, event: Body) -> None:
        if event.get("tab") == "home":
            desk.directory.look_again(str(event["user"]))
            await quietly(desk.door.change(home.opened, str(event["user"]), desk.clock()))
        await ack()

    async def changed(ack: AsyncAck, event: Body) -> None:
        profile = profile_of(event["user"])
        desk.directory.learn(profile)
        if event["user"].get("deleted"):
            await quietly(desk.door.call(home.left, profile.person.id))
        else:
            await quietly(desk.door.change(home.renamed, profile.person, desk.clock()))
        await ack()

    async def written(ack: AsyncAck, event: Body, body: Body) -> None:
        if _is_from_a_person(event):
            await answer(ack, body)
        else:
            await ack()

    app.event("app_home_opened")(opened)
    app.event("user_change")(changed)
    app.event("message")(written)


def _is_from_a_person(event: Body) -> bool:
    """Return whether somebody wrote this to the bot: no edit, no deletion, no other bot."""
    is_direct = event.get("channel_type") == "im"
    return is_direct and not event.get("subtype") and not event.get("bot_id") and bool(event.get("user"))


def listen_to_channels(app: AsyncApp, desk: Desk) -> None:
    """Register the listeners of channels. No exception leaves, every event is acked, and twice is once.

    Slack tells of the channels that the bot is in. What was remembered of one is forgotten, so that the next answer
    is right; who has their Home open sees it there.
    """

    async def joined(ack: AsyncAck, event: Body, context: Body) -> None:
        channel, user = _moved(desk, event, context)
        if user == OURS:
            at = datetime.fromtimestamp(float(event["event_ts"]), UTC)
            await quietly(desk.door.change(joining.joined, channel, at))
        else:
            await quietly(desk.door.change(home.owed, [user], desk.clock()))
        await ack()

    async def left(ack: AsyncAck, event: Body, context: Body) -> None:
        _, user = _moved(desk, event, context)
        await quietly(desk.door.change(home.owed, [user], desk.clock()))
        await ack()

    async def closed(ack: AsyncAck, event: Body) -> None:
        desk.directory.moved(str(event["channel"]), OURS)
        await ack()

    async def opened(ack: AsyncAck, event: Body) -> None:
        channel = str(event["channel"])
        desk.directory.moved(channel, OURS)
        await quietly(desk.door.change(joining.resumed, channel, desk.clock()))
        await ack()

    app.event("member_joined_channel")(joined)
    app.event("member_left_channel")(left)
    for kind in KINDS:
        app.event(f"{kind}_archive")(closed)
        app.event(f"{kind}_left")(closed)  # the bot was removed
        app.event(f"{kind}_unarchive")(opened)


def _moved(desk: Desk, event: Body, context: Body) -> tuple[str, str]:
    """Take in that somebody went into or out of a channel; give it, and who: OURS is the bot."""
    channel, user = str(event["channel"]), str(event["user"])
    who = OURS if user == context.get("bot_user_id") else user
    desk.directory.moved(channel, who)
    return channel, who


async def quietly(work: Awaitable[None]) -> None:
    """Do what an event asks for; a bug is logged, since there is nobody to tell."""
    try:
        await work
    except Exception:
        log.exception("an event could not be taken in")
