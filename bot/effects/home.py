"""Somebody's App Home, and the Homes on which a channel's board stands."""

from bot.effects.means import Means
from bot.services import home
from bot.slack.client import SlackRefused
from bot.slack.views import home as views

LEFT = frozenset({"user_not_found", "user_disabled", "user_is_bot"})  # nobody there to show it to


async def pay_home(means: Means, key: str) -> None:
    """Publish somebody's Home as it is now, with the boards of the channels that they are in now. `key`: user."""
    try:
        profile = await means.directory.profile(key)
        channels = await means.directory.channels(key)
        told = await means.door.call(home.read, key, channels, means.clock())
        await means.slack.publish(key, views.home(told, profile, has_facts=bool(means.listed.facts())))
    except SlackRefused as refused:
        if refused.code not in LEFT:
            raise
        await means.door.call(home.closed, key)


async def pay_homes(means: Means, key: str) -> None:
    """Owe their Home to everybody in a channel who may have it open. `key`: channel."""
    if await means.door.call(home.is_any_open, means.clock()):
        people = await means.directory.members(key)
        await means.door.change(home.owed, people, means.clock())
