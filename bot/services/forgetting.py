"""Forgetting boards whole: for a sandbox that is made as new. Nothing in Slack leads here."""

from bot.store import boards
from bot.store.database import Database


def forget(db: Database, channels: tuple[str, ...]) -> None:
    """Delete the boards of these channels with everything that belongs to them."""
    with db.begin() as tx:
        for channel in channels:
            boards.forget(tx, channel)
