"""Asking the owner of the item in progress for a status note, in a direct message."""

from bot.core.nudging import is_away
from bot.effects.means import Means
from bot.effects.post import Message, say_once
from bot.services import nudges
from bot.slack.views import nudge as views


async def pay_nudge(means: Means, key: str) -> None:
    """Ask, unless there is nothing to ask any more or they are away. `key`: channel/day."""
    channel, _, _ = key.partition("/")
    found = await means.door.call(nudges.read, channel, means.clock())
    if found is None or is_away(await means.slack.availability(found.owner.id), found.plan, means.clock()):
        return
    room = await means.slack.direct(found.owner.id)
    blocks = views.nudge(channel, found)
    await say_once(means, Message(f"nudge:{key}", "nudge", room, views.spoken(found), blocks, found.item.number))
