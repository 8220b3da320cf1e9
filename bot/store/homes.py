"""People who opened the App Home, and whose boards are whose."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store import tables
from bot.store.upsert import insert_or_update


def opened(tx: Connection, person: str, at: datetime) -> None:
    """Keep that somebody opened their Home."""
    insert_or_update(tx, tables.homes, {"person": person, "opened": at}, ("person",), {"opened": at})


def closed(tx: Connection, person: str) -> None:
    """Forget somebody's Home: it can't be shown to them any more."""
    tx.execute(delete(tables.homes).where(tables.homes.c.person == person))


def watching(tx: Connection, board_id: int, others: Iterable[str], since: datetime) -> tuple[str, ...]:
    """Name who opened their Home since a moment and has this board on it.

    They did something there, own an item of it, or are among `others`.
    """
    homes, events, items = tables.homes.c, tables.events.c, tables.items.c
    did_something = homes.person.in_(select(events.who).where(events.board_id == board_id, events.who.is_not(None)))
    owns_something = homes.person.in_(select(items.owner).where(items.board_id == board_id, items.owner.is_not(None)))
    belongs = did_something | owns_something | homes.person.in_(sorted(others))
    return tuple(tx.scalars(select(homes.person).where(homes.opened >= since, belongs).order_by(homes.person)))


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
