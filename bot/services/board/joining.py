"""The bot comes into a channel, or back into one; and boards that are forgotten whole."""

from datetime import datetime

from bot.core.times import CLOCKS_DIFFER
from bot.store import outbox, posts
from bot.store.board import boards, homes
from bot.store.board.homes import STILL_OPEN
from bot.store.database import Database
from bot.store.outbox import Owed


def forget(db: Database, channels: tuple[str, ...]) -> None:
    """Delete the boards of these channels with everything that belongs to them."""
    with db.begin() as tx:
        for channel in channels:
            boards.forget(tx, channel)


def joined(db: Database, channel: str, at: datetime) -> None:
    """Owe the introduction once per channel, and again after a later invitation while the board is empty.

    `at` is Slack's time of the event, so an event that is delivered twice introduces nobody twice. A board that has
    something on it is shown again.
    """
    with db.begin() as tx:
        record = boards.look(tx, channel)
        is_empty = record is None or not record.board.items
        before = posts.find(tx, intro_key(channel))
        if before and is_empty and before.intent_at + CLOCKS_DIFFER < at:
            posts.gone(tx, before.key, at)
            before = None
        if before is None:
            outbox.owe(tx, Owed.INTRO, channel, at)
        if not is_empty:
            outbox.owe(tx, Owed.BOARD, channel, at)
        homes.owe(tx, channel, at, at - STILL_OPEN)


def resumed(db: Database, channel: str, now: datetime) -> None:
    """Owe a channel that is no longer archived its board as it is now, and the Homes on which it stands."""
    with db.begin() as tx:
        record = boards.look(tx, channel)
        if record is not None and record.board.items:
            outbox.owe(tx, Owed.BOARD, channel, now)
        homes.owe(tx, channel, now, now - STILL_OPEN)


def intro_key(channel: str) -> str:
    """Return what names a channel's introduction among all messages."""
    return f"intro:{channel}"
