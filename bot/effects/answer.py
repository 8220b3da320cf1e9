"""The answer to a message that became an item, in its thread."""

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.errors import NotFound
from bot.services import look
from bot.slack.views import trail as views


async def pay_answer(means: Means, key: str) -> None:
    """Tell what was added. `key`: channel/item/thread."""
    channel, number, thread = key.split("/")
    try:
        item = await means.door.call(look.show, channel, int(number))
    except NotFound:
        return  # undone meanwhile
    text, blocks = views.spoken_added(item), views.added(item)
    await stand(means, Message(f"answer:{key}", "answer", channel, text, blocks, item.number, thread))
