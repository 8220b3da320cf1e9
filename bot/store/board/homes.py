"""People who opened the App Home, and whose boards are whose."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.store import outbox, tables
from bot.store.outbox import Owed
from bot.store.upsert import insert_or_update

# Slack tells of each opening, and then the Home is made anew: only one that may still be open is kept true meanwhile.
STILL_OPEN = timedelta(days=7)


def opened(tx: Connection, person: str, at: datetime) -> None:
    """Keep that somebody opened their Home."""
    insert_or_update(tx, tables.homes, {"person": person, "opened": at}, ("person",), {"opened": at})


def closed(tx: Connection, person: str) -> None:
    """Forget somebody's Home: it can't be shown to them any more."""
    tx.execute(delete(tables.homes).where(tables.homes.c.person == person))


def owe(tx: Connection, channel: str, now: datetime, since: datetime) -> None:
    """Owe a channel's board to the Homes of those in it, if anybody opened their Home since a moment.

    Who is in a channel is for Slack to say, so whose they are is found out when it is paid.
    """
    if everybody(tx, since):
        outbox.owe(tx, Owed.HOMES, channel, now)


def everybody(tx: Connection, since: datetime) -> tuple[str, ...]:
    """Name everybody who opened their Home since a moment."""
    homes = tables.homes.c
    return tuple(tx.scalars(select(homes.person).where(homes.opened >= since).order_by(homes.person)))


def boards_of(tx: Connection, person: str) -> tuple[str, ...]:
    """Name the channels whose boards are somebody's: they did something there, own an item of it, or own the board."""
    events, items = tables.events.c, tables.items.c
    did_something = set(tx.scalars(select(events.board_id).where(events.who == person).distinct()))
    owns_something = set(tx.scalars(select(items.board_id).where(items.owner == person).distinct()))
    query = select(tables.boards.c.id, tables.boards.c.channel, tables.boards.c.owners)
    rows = tx.execute(query.order_by(tables.boards.c.channel))
    return tuple(row.channel for row in rows if row.id in did_something | owns_something or person in row.owners)
