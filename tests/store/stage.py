"""Putting a board into a database and taking it out again, without a service."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from bot.core.board.model import Board
from bot.store import tables
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database

CHANNEL = "C0BOARD"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def keep(db: Database, board: Board, channel: str = CHANNEL) -> Record:
    """Make the channel's board this one. Gives it as it is kept."""
    with db.begin() as tx:
        boards.save(tx, boards.open_board(tx, channel, also=None), board)
    return kept(db, channel)


def kept(db: Database, channel: str = CHANNEL) -> Record:
    """The channel's board as it is kept."""
    with db.read() as tx:
        record = boards.look(tx, channel)
    assert record is not None
    return record


def plant(db: Database, record: Record, **fields: Any) -> None:
    """Put an item's row in by SQL, past every rule but those of the database."""
    values = {"board_id": record.id, "number": 99, "lane": "later", "position": 99, "title": "Planted", "scope": ""}
    values |= {"estimate": "", "priority": "", "links": [], "created": NOW, "result": "", "notes": "", "source": "sql"}
    with db.begin() as tx:
        tx.execute(insert(tables.items).values(values | fields))
