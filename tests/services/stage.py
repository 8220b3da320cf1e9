"""Asking for something, and what is left of it in the database."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from bot.core.board import Board, Person
from bot.core.drafts import Draft
from bot.services import items, look, moves
from bot.services.ask import Ask
from bot.store import events, tables
from bot.store.database import Database
from tests.people import ALICE

CHANNEL = "C0BOARD"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def ask(who: Person | None = ALICE, at: datetime = NOW, channel: str = CHANNEL) -> Ask:
    """Somebody asks, at nine on Monday unless said otherwise."""
    return Ask(channel, who, at)


def add(db: Database, *titles: str, dod: str = "one\ntwo", channel: str = CHANNEL) -> None:
    """Add items with these titles."""
    for title in titles:
        moves.add(db, ask(channel=channel), Draft(title, dod=dod))


def begin(db: Database, *titles: str, channel: str = CHANNEL) -> int:
    """Add items, start the first and tick its one criterion: it could be finished. Gives the version then."""
    add(db, *titles, dod="one", channel=channel)
    moves.start(db, ask(channel=channel), 1)
    items.tick(db, ask(channel=channel), 1, 1)
    return version(db, channel)


def rows(db: Database, channel: str = CHANNEL) -> list[Row[Any]]:
    """The board's event rows, oldest first."""
    of_channel = tables.events.join(tables.boards, tables.events.c.board_id == tables.boards.c.id)
    query = select(tables.events).select_from(of_channel).where(tables.boards.c.channel == channel)
    with db.read() as tx:
        return list(tx.execute(query.order_by(tables.events.c.id)))


def story(db: Database, channel: str = CHANNEL) -> list[str]:
    """The board's history as words: `change verb number note`."""
    return [
        " ".join(str(part) for part in (row.change, row.verb, row.number, row.note) if part)
        for row in rows(db, channel)
    ]


def owed(db: Database) -> set[str]:
    """What is owed: `kind key`."""
    with db.read() as tx:
        return {f"{row.kind} {row.key}" for row in tx.execute(select(tables.outbox))}


def version(db: Database, channel: str = CHANNEL) -> int:
    return look.look(db, channel, NOW).version


def replayed(db: Database, channel: str = CHANNEL) -> dict[str, Any]:
    """The board as its events tell it, from nothing on; on the way every event's `before` is checked against it."""
    told: dict[str, dict[str, Any]] = {}
    for row in rows(db, channel):
        for number, became in row.after.items():
            was = row.before[number]
            here = told.get(number)
            assert was == (None if here is None else {name: here[name] for name in was})
            told[number] = (here or {}) | became
    return told


def as_told(board: Board) -> dict[str, Any]:
    """The board in the words of events."""
    return events.difference(Board(), board)[1]
