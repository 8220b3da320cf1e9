"""Events: the App Home is opened, the bot comes into a channel, somebody writes to it or changes their name."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services import home, joining, people
from bot.slack.client import profile_of
from bot.slack.desk import Desk

log = logging.getLogger(__name__)

Body = dict[str, Any]
REMEMBERED = 1000  # events; Slack sends one again for up to an hour when our ack did not arrive


def register(app: AsyncApp, desk: Desk, answer: Callable[[AsyncAck, Body], Awaitable[None]]) -> None:
    """Give Bolt the listeners of events. `answer` answers a direct message; no exception leaves, every event is acked.

    Opening the Home and joining are owed in the database, where twice is once. A direct message is answered at once, so
    its event is remembered here; after a restart a second answer is possible, and harms nobody.
    """
    answered: dict[str, None] = {}

    async def opened(ack: AsyncAck, event: Body) -> None:
        if event.get("tab") == "home":
            await _quietly(desk.door.change(home.opened, str(event["user"]), desk.clock()))
        await ack()

    async def joined(ack: AsyncAck, event: Body, context: Body) -> None:
        if event.get("user") == context.get("bot_user_id"):
            at = datetime.fromtimestamp(float(event["event_ts"]), UTC)
            await _quietly(desk.door.change(joining.joined, str(event["channel"]), at))
        await ack()

    async def changed(ack: AsyncAck, event: Body) -> None:
        profile = profile_of(event["user"])
        desk.directory.learn(profile)
        if event["user"].get("deleted"):
            await _quietly(desk.door.call(people.left, profile.person.id))
        else:
            await _quietly(desk.door.change(people.renamed, profile.person, desk.clock()))
        await ack()

    async def written(ack: AsyncAck, event: Body, body: Body) -> None:
        key = str(body.get("event_id"))
        if not _is_from_a_person(event) or key in answered:
            return await _acked(ack)
        answered[key] = None
        if len(answered) > REMEMBERED:
            del answered[next(iter(answered))]
        return await answer(ack, body)

    app.event("app_home_opened")(opened)
    app.event("member_joined_channel")(joined)
    app.event("user_change")(changed)
    app.event("message")(written)


def _is_from_a_person(event: Body) -> bool:
    """Whether somebody wrote this to the bot: no edit, no deletion, no other bot."""
    is_direct = event.get("channel_type") == "im"
    return is_direct and not event.get("subtype") and not event.get("bot_id") and bool(event.get("user"))


async def _acked(ack: AsyncAck) -> None:
    await ack()


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("an event could not be taken in")
