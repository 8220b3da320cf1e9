"""Events of people: the App Home is opened, somebody writes to the bot, or changes their name."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services import home, people
from bot.slack.client import profile_of
from bot.slack.desk import Desk
from bot.slack.rooms import quietly

Body = dict[str, Any]
REMEMBERED = 1000  # events; Slack sends one again for up to an hour when our ack did not arrive


def register(app: AsyncApp, desk: Desk, answer: Callable[[AsyncAck, Body], Awaitable[None]]) -> None:
    """Give Bolt the listeners of events. `answer` answers a direct message; no exception leaves, every event is acked.

    Opening the Home is owed in the database, where twice is once. A direct message is answered at once, so
    its event is remembered here; after a restart a second answer is possible, and harms nobody.
    """
    answered: dict[str, None] = {}

    async def opened(ack: AsyncAck, event: Body) -> None:
        if event.get("tab") == "home":
            desk.directory.look_again(str(event["user"]))
            await quietly(desk.door.change(home.opened, str(event["user"]), desk.clock()))
        await ack()

    async def changed(ack: AsyncAck, event: Body) -> None:
        profile = profile_of(event["user"])
        desk.directory.learn(profile)
        if event["user"].get("deleted"):
            await quietly(desk.door.call(people.left, profile.person.id))
        else:
            await quietly(desk.door.change(people.renamed, profile.person, desk.clock()))
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
    app.event("user_change")(changed)
    app.event("message")(written)


def _is_from_a_person(event: Body) -> bool:
    """Whether somebody wrote this to the bot: no edit, no deletion, no other bot."""
    is_direct = event.get("channel_type") == "im"
    return is_direct and not event.get("subtype") and not event.get("bot_id") and bool(event.get("user"))


async def _acked(ack: AsyncAck) -> None:
    await ack()
