"""Somebody goes by another name, or has left the workspace."""

from datetime import datetime

from bot.core.board import Person
from bot.services.home import STILL_OPEN
from bot.store import homes, outbox, people
from bot.store.database import Database
from bot.store.outbox import Owed


def renamed(db: Database, person: Person, now: datetime) -> None:
    """Take in the name somebody goes by, and owe it to every board that shows it. Somebody unknown stays unknown.

    Slack tells of every change of a profile, most of them of a status: with the same name nothing is owed.
    """
    with db.begin() as tx:
        known = people.known(tx).get(person.id)
        if known is None or known.name == person.name:
            return
        people.remember(tx, [person])
        for channel in homes.boards_of(tx, person.id):
            outbox.owe(tx, Owed.BOARD, channel, now)
        for watcher in homes.everybody(tx, since=now - STILL_OPEN):
            outbox.owe(tx, Owed.HOME, watcher, now)


def left(db: Database, person: str) -> None:
    """Stop keeping the Home of somebody who left the workspace; what they did and own stays theirs, by name."""
    with db.begin() as tx:
        homes.closed(tx, person)
