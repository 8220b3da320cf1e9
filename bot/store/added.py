"""Facts that owners added from Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.core.board import Person
from bot.store import tables
from bot.store.people import remember
from bot.store.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Added:
    """A fact by the keys of an http fact, and the channel whose board it is for."""

    name: str
    channel: str
    keys: Mapping[str, Any]


def every(tx: Connection) -> tuple[Added, ...]:
    """Give all of them, oldest first."""
    rows = tx.execute(select(tables.added).order_by(tables.added.c.at, tables.added.c.name))
    return tuple(Added(row.name, row.channel, row.keys) for row in rows)


def add(tx: Connection, one: Added, who: Person | None, at: datetime) -> bool:
    """Keep a fact. False: there is one of that name."""
    if who:
        remember(tx, [who])
    values = {
        "name": one.name,
        "channel": one.channel,
        "keys": dict(one.keys),
        "who": who.id if who else None,
        "at": at,
    }
    return insert_new(tx, tables.added, values)


def remove(tx: Connection, name: str) -> None:
    """Delete a fact."""
    tx.execute(delete(tables.added).where(tables.added.c.name == name))
