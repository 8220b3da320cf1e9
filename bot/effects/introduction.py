"""The introduction in a channel that the bot came into."""

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import look
from bot.services.joining import intro_key
from bot.slack.views import introduction as views


async def pay_intro(means: Means, key: str) -> None:
    """Introduce the bot; where it keeps no boards, it says nothing. `key`: channel."""
    room = await means.directory.room(key)
    if room.is_shared or room.is_archived or not room.is_joined:
        return
    board = await means.door.call(look.whole, key)
    blocks = views.introduction(is_empty=not board.items)
    await stand(means, Message(intro_key(key), "intro", key, views.SPOKEN, blocks))
