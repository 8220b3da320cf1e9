"""The dead-man's ping: somebody else is told that the bot is alive, and raises the alarm when nobody tells them."""

import logging

from bot.effects.means import Means
from bot.services import doctor

log = logging.getLogger(__name__)


async def tell_alive(means: Means) -> None:
    """Ping, unless the bot is stuck: a heart that beats in a bot that does nothing would be an unearned tick."""
    if means.ping is None:
        return
    try:
        found = await means.door.call(doctor.examine, means.clock())
        if found.is_stuck:
            log.warning("what is owed is not paid, so PING_URL is not pinged")
            return
        await means.ping()
    except Exception as error:  # of the database or of the network: silence is the message
        log.warning("PING_URL was not pinged: %s", error or type(error).__name__)
