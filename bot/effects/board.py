"""The living board message of a channel, and copies of the board that somebody shares."""

import logging

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import look, owing
from bot.slack.client import SlackRefused
from bot.slack.views import board as views

log = logging.getLogger(__name__)


async def pay_board(means: Means, key: str) -> None:
    """Edit the channel's board message, or post and pin it. `key`: the channel."""
    message = await _message(means, channel=key, kind="board", key=f"board:{key}")
    if await stand(means, message):
        await _pin(means, message)


async def pay_share(means: Means, key: str) -> None:
    """Post a copy of the board. `key`: channel/user/second."""
    channel, _, _ = key.partition("/")
    await stand(means, await _message(means, channel=channel, kind="share", key=f"share:{key}"))


async def _message(means: Means, *, channel: str, kind: str, key: str) -> Message:
    sight = await means.door.call(look.look, channel, means.clock())
    blocks = views.board(sight, has_facts=means.has_facts)
    wip = sight.board.wip
    return Message(key, kind, channel, views.spoken(sight), blocks, wip.number if wip else None)


async def _pin(means: Means, message: Message) -> None:
    """Pin it where Slack lets us: a channel holds 100 pins, and some workspaces allow none."""
    ts = await means.door.call(owing.where, message.key)
    try:
        await means.slack.pin(message.channel, ts)
    except SlackRefused as refused:
        log.info("the board of %s is not pinned: %s", message.channel, refused)
