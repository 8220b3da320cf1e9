"""Somebody's App Home."""

from bot.effects.means import Means
from bot.services import home
from bot.slack import membership
from bot.slack.client import SlackRefused
from bot.slack.views import home as views

LEFT = frozenset({"user_not_found", "user_disabled", "user_is_bot"})  # nobody there to show it to


async def pay_home(means: Means, key: str) -> None:
    """Publish somebody's Home as it is now, with the boards of channels that they are in now. `key`: user."""
    told = await means.door.call(home.read, key, means.clock())
    try:
        profile = await means.directory.profile(key)
        seen = await membership.seen(means.directory, told)
        await means.slack.publish(key, views.home(seen, profile, has_facts=bool(means.listed.facts())))
    except SlackRefused as refused:
        if refused.code not in LEFT:
            raise
        await means.door.call(home.closed, key)
