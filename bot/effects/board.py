"""The living board message of a channel, and copies of the board that somebody shares."""

import logging
from dataclasses import replace
from datetime import timedelta

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import look, owing
from bot.slack.client import SlackRefused
from bot.slack.views import board as views
from bot.slack.views import words

log = logging.getLogger(__name__)

OLD = timedelta(days=60)  # PRODUCT 2: an older board message is posted anew
MOVED = "The board has moved: its new message stands further down. What happened until then is in this thread."


async def pay_board(means: Means, key: str) -> None:
    """Edit the channel's board message, or post it, and then it is owed its pin. `key`: the channel."""
    async with means.turns[key]:
        message = await _message(means, channel=key, kind="board", key=board_key(key))
        await _retire(means, message)
        await stand(means, replace(message, is_pinned=True))


async def pay_pin(means: Means, key: str) -> None:
    """Pin the board message where Slack lets us: a channel holds 100 pins, and some workspaces allow none."""
    ts = await means.door.call(owing.where, board_key(key))
    try:
        await means.slack.pin(key, ts)
    except SlackRefused as refused:
        log.info("the board of %s is not pinned: %s", key, refused)


async def pay_share(means: Means, key: str) -> None:
    """Post a copy of the board. `key`: channel/user/second."""
    channel, _, _ = key.partition("/")
    await stand(means, await _message(means, channel=channel, kind="share", key=f"share:{key}"))


async def _message(means: Means, *, channel: str, kind: str, key: str) -> Message:
    sight = await means.door.call(look.look, channel, means.clock())
    blocks = views.board(sight, has_facts=means.has_facts(channel))
    wip = sight.board.wip
    return Message(key, kind, channel, views.spoken(sight), blocks, wip.number if wip else None)


def board_key(channel: str) -> str:
    """What names a channel's living board message among all messages."""
    return f"board:{channel}"


async def _retire(means: Means, message: Message) -> None:
    """Take leave of a board message that has grown old; the next one is posted where people read now.

    The old one says so before it is forgotten here, so that after a crash it is found and told again.
    """
    post = await means.door.call(owing.find, message.key)
    if post is None or post.ts is None or means.clock() - post.intent_at < OLD:
        return
    try:
        await means.slack.update(message.channel, post.ts, MOVED, words.line(MOVED), message.metadata)
        await means.slack.unpin(message.channel, post.ts)
    except SlackRefused as refused:
        log.info("the old board of %s stays as it is: %s", message.channel, refused)
    await means.door.call(owing.gone, message.key, means.clock())
