"""Sharing a copy of the board with the channel."""

from bot.services.ask import Ask
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Owed


def share(db: Database, ask: Ask) -> None:
    """Owe the channel a copy of its board; asked twice within a second it is one."""
    who = ask.who.id if ask.who else ""
    with db.begin() as tx:
        outbox.owe(tx, Owed.SHARE, f"{ask.channel}/{who}/{int(ask.at.timestamp())}", ask.at)
