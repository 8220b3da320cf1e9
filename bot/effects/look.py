"""Looks by the clock, and the warnings that come of one."""

from datetime import datetime

from bot.effects.board import board_key
from bot.effects.means import Means
from bot.effects.post import Message, NotYet, say
from bot.services import owing, watching
from bot.slack.views import facts as views


async def pay_look(means: Means, key: str) -> None:
    """Ask production for what was claimed. `key`: the moment of the claim."""
    claimed = await means.door.call(watching.claimed, datetime.fromisoformat(key))
    facts = [fact for fact in means.listed.facts() if fact.name in claimed]
    if facts:
        await means.run_facts(facts, quietly=True)


async def pay_expiry(means: Means, key: str) -> None:
    """Say in the thread of the board's message that a certificate ends soon. `key`: channel/days/fact."""
    channel, days, name = key.split("/", 2)
    board = await means.door.call(owing.find, board_key(channel))
    if board is None or board.ts is None:
        raise NotYet(f"the board message of {channel} is not posted yet")
    text, blocks = views.certificate(name, int(days))
    await say(means, Message(f"expiry:{key}", "expiry", channel, text, blocks, thread=board.ts))
