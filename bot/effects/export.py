"""A board as a file for somebody who asked."""

import asyncio

from bot.effects.means import Means
from bot.effects.post import EVENT_TYPE
from bot.errors import NotFound
from bot.services import documents
from bot.services.documents import Form
from bot.slack.client import SlackRefused, SlackUnreachable
from bot.slack.views import export as views


async def pay_export(means: Means, key: str) -> None:
    """Put the file into their direct messages, or say there why it can't be. `key`: channel/user/form.

    What failed is not tried again by itself: nobody knows then whether the file arrived, and whoever waits can ask.
    """
    channel, user, form = key.split("/")
    now = means.clock()
    try:
        record = await means.door.call(documents.whole, channel)
    except NotFound:
        return  # forgotten meanwhile
    given = await asyncio.to_thread(documents.written, record, Form(form), now)
    room = await means.slack.direct(user)
    try:
        await means.slack.give(room, given.name, given.content, views.comment(channel, Form(form)))
    except (SlackRefused, SlackUnreachable) as error:
        text, blocks = views.failed(channel, given.name, error.code if isinstance(error, SlackRefused) else "")
        payload = {"kind": "export", "board": channel, "key": key}
        await means.slack.post(room, text, blocks, {"event_type": EVENT_TYPE, "event_payload": payload})
