"""Asking the owner of the item in progress for a status note, in a direct message, and what they answered."""

from bot.core.nudging import is_away
from bot.effects.means import Means
from bot.effects.post import Message, edit, say_once
from bot.services import nudges, owing
from bot.slack.views import nudge as views


async def pay_nudge(means: Means, key: str) -> None:
    """Ask; or write under the question what somebody answered. `key`: channel/day, or channel/day/user."""
    channel, day, *user = key.split("/")
    if user:
        await _tell(means, channel, day, *user)
    else:
        await _ask(means, channel, day)


async def _ask(means: Means, channel: str, day: str) -> None:
    """Ask, unless there is nothing to ask any more or they are away."""
    found = await means.door.call(nudges.read, channel, means.clock())
    if found is None or is_away(await means.slack.availability(found.owner.id), found.plan, means.clock()):
        return
    room = await means.slack.direct(found.owner.id)
    blocks = views.nudge(channel, found)
    message = Message(nudges.key(channel, day), "nudge", room, views.spoken(found), blocks, found.item.number)
    await say_once(means, message)


async def _tell(means: Means, channel: str, day: str, user: str) -> None:
    """Let the question say what became of it; one that is gone, or was never posted, is left at that."""
    key = nudges.key(channel, day)
    post = await means.door.call(owing.find, key)
    if post is None or post.ts is None:
        return
    found = await means.door.call(nudges.answer, channel, user, post.intent_at, means.clock())
    number = found.item.number if found.item else None
    blocks = views.answered(channel, found)
    await edit(means, Message(key, "nudge", post.channel, views.spoken_answer(found), blocks, number), post.ts)
