"""The audit trail: each change as a line in the thread of the board message."""

from bot.effects.board import board_key
from bot.effects.means import Means
from bot.effects.post import Message, NotYet, stand
from bot.services import owing, trail
from bot.slack.client import SlackRefused
from bot.slack.views import trail as views

GONE = frozenset({"thread_not_found", "cannot_reply_to_message"})  # a board message that is about to be posted anew


async def pay_trail(means: Means, key: str) -> None:
    """Tell a change in the thread of the board message. `key`: channel/change."""
    channel, change = key.split("/")
    async with means.turns[channel]:
        await _tell(means, channel, int(change))


async def _tell(means: Means, channel: str, change: int) -> None:
    happened = await means.door.call(trail.events_of, channel, change)
    board = await means.door.call(owing.find, board_key(channel))
    if not happened:
        return  # the board was forgotten
    if board is None or board.ts is None:
        raise NotYet(f"the board message of {channel} is not posted yet")
    text, blocks = views.spoken(happened), views.line(happened)
    key = f"trail:{channel}/{change}"
    message = Message(key, "trail", channel, text, blocks, happened[0].number, board.ts)
    try:
        await stand(means, message)
    except SlackRefused as refused:
        if refused.code in GONE:
            raise NotYet(f"the board message of {channel} is gone") from refused
        raise
