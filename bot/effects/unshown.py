"""Telling somebody that Slack refuses to show what they wrote."""

from bot.effects.means import Means
from bot.effects.post import Message, say_once
from bot.services.ops.findings import NAMES
from bot.slack.layout import words
from bot.store.outbox import Owed

TEXT = (
    "Slack refuses to show {what} of {place} ({code}), and what you did last is in it. Nothing of it is lost: it is "
    "kept on the board. Make the longest text in it shorter, and it is shown."
)


async def pay_unshown(means: Means, key: str) -> None:
    """Tell it in a direct message. `key`: user/channel/kind/code/day."""
    user, channel, kind, code, _ = key.split("/")
    spoken, shown = (TEXT.format(what=NAMES[Owed(kind)], place=p, code=code) for p in ("a board", f"<#{channel}>"))
    room = await means.slack.direct(user)
    await say_once(means, Message(f"unshown:{key}", "unshown", room, spoken, words.line(shown)))
