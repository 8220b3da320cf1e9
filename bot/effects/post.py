"""A message that is to stand once in a channel: posted when it is not there, edited when it is."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.times import CLOCKS_DIFFER
from bot.effects.means import Means
from bot.slack.client import GONE, SlackBusy, SlackRefused
from bot.slack.layout.blocks import Block
from bot.store import posts
from bot.store.posts import Post

log = logging.getLogger(__name__)

EVENT_TYPE = "onewip"


class NotYet(Exception):
    """What this needs is not there yet; it is tried again in a while."""


class Waiting(Exception):
    """What this needs is owed itself, and comes or is given up; until then this is not tried."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what names it: `key` is the same at every try, `item` is its item's number, if it has one."""

    key: str
    kind: str
    channel: str
    text: str
    blocks: Sequence[Block]
    item: int | None = None
    thread: str = ""  # the `ts` of the message in whose thread it stands
    is_pinned: bool = False  # it is owed a pin when it has been posted

    @property
    def metadata(self) -> dict[str, object]:
        """What Slack keeps beside the message, so that we know it again."""
        payload = {"kind": self.kind, "board": self.channel, "item": self.item, "key": self.key}
        return {"event_type": EVENT_TYPE, "event_payload": payload}


async def stand(means: Means, message: Message) -> None:
    """Make the message stand in its channel as it is now: post it, or edit it where it stands.

    The intent is written down first. Where an earlier try may have posted without learning it, the channel is searched
    for the message before another is posted; without the history scope a double is preferred to a gap.
    """
    ts = await _where(means, message)
    if ts is not None and await edit(means, message, ts):
        return
    if ts is not None:
        await means.door.write(posts.gone, message.key, means.clock())
    await _post(means, message)


async def say(means: Means, message: Message) -> None:
    """Post the message unless it was posted: what is said in a thread is not edited."""
    if await _where(means, message) is None:
        await _post(means, message)


async def _where(means: Means, message: Message) -> str | None:
    """Return where the message stands, as it is written down or found; None: it is to be posted, and that is noted."""
    post = await means.door.write(posts.intend, message.key, message.channel, means.clock())
    if post.ts or post.is_new:
        return post.ts
    ts = await _search(means, message, post)
    if ts is not None:
        await _landed(means, message, ts)
    return ts


async def _post(means: Means, message: Message) -> None:
    async with means.calling:
        ts = await means.slack.post(message.channel, message.text, message.blocks, message.metadata, message.thread)
    await _landed(means, message, ts)


async def _landed(means: Means, message: Message, ts: str) -> None:
    pin_in = message.channel if message.is_pinned else ""
    await means.door.write(posts.landed, message.key, ts, means.clock(), pin_in=pin_in)
    if pin_in:
        means.door.changed.set()  # the pin is owed


async def say_once(means: Means, message: Message) -> None:
    """Post a message that nobody should get twice: where nobody can tell whether it arrived, it is left at that."""
    post = await means.door.write(posts.intend, message.key, message.channel, means.clock())
    ts = post.ts
    if ts is None and not post.is_new:
        try:
            ts = await _found(means, message, post)
        except SlackRefused as refused:
            if refused.is_of_the_token:
                raise
            log.info("whether %s arrived can't be looked up (%s), so it is not sent again", message.key, refused)
            return
    if ts is None:
        ts = await _post_or_forget(means, message)
    await _landed(means, message, ts)


async def _post_or_forget(means: Means, message: Message) -> str:
    try:
        async with means.calling:
            return await means.slack.post(message.channel, message.text, message.blocks, message.metadata)
    except (SlackBusy, SlackRefused):  # it did not arrive, and that is certain
        await means.door.write(posts.unsaid, message.key)
        raise


async def edit(means: Means, message: Message, ts: str) -> bool:
    """Edit the message where it stands. False: it is not there any more."""
    try:
        async with means.calling:
            await means.slack.update(message.channel, ts, message.text, message.blocks, message.metadata)
    except SlackRefused as refused:
        if refused.code in GONE:
            return False
        raise
    return True


async def _found(means: Means, message: Message, post: Post) -> str | None:
    since = (min(post.intent_at, means.clock()) - CLOCKS_DIFFER).timestamp()  # it may have been dated by a wrong clock
    return await means.slack.find_own(message.channel, message.key, since, message.thread)


async def _search(means: Means, message: Message, post: Post) -> str | None:
    try:
        return await _found(means, message, post)
    except SlackRefused as refused:
        log.info("can't look for %s in the channel: %s", message.key, refused)
        return None
