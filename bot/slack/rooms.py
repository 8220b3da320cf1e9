"""Events of channels: somebody comes or goes, the bot too; a channel is archived and brought back."""

import logging
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services import home, joining
from bot.slack.desk import Desk
from bot.slack.directory import OURS

log = logging.getLogger(__name__)

Body = dict[str, Any]
KINDS = ("channel", "group")  # public and private, as Slack names their events


def register(app: AsyncApp, desk: Desk) -> None:
    """Give Bolt the listeners of channels. No exception leaves, every event is acked, and twice is once.

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
