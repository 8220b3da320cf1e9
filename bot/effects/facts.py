"""Prod facts for somebody who asked."""

from bot.effects.means import Means
from bot.slack.views import facts as views


async def pay_facts(means: Means, key: str) -> None:
    """Ask production and whisper the answer. `key`: channel/user."""
    channel, user = key.split("/")
    run = await means.run_facts()
    await means.slack.whisper(channel, user, views.spoken(run), views.readings(run))
