"""Looking at a board: no lock, no change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import moves
from bot.core.board import Board, Item
from bot.core.readings import Run
from bot.core.schedule import Plan
from bot.store import boards, production
from bot.store.database import Database

WEEK = timedelta(days=7)  # PRODUCT 1: "done this week" means the last seven days


@dataclass(frozen=True, slots=True)
class Sight:
    """A board as it is seen: what is open, what was finished this week, its settings, and the last prod facts."""

    channel: str
    board: Board
    version: int
    plan: Plan
    digest_due: datetime | None
    run: Run | None
    now: datetime


def look(db: Database, channel: str, now: datetime) -> Sight:
    """Look at a channel's board; a channel without one has an empty one."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=now - WEEK)
        run = production.latest(tx)
    if record is None:
        return Sight(channel, Board(), 0, Plan(), None, run, now)
    return Sight(channel, record.board, record.version, record.plan, record.digest_due, run, now)


def whole(db: Database, channel: str) -> Board:
    """Give a channel's whole board, with everything that was ever done."""
    with db.read() as tx:
        record = boards.look(tx, channel)
    return record.board if record else Board()


def finishable(db: Database, channel: str, number: int | None, at: datetime) -> Item:
    """Give the item that could be finished now, its criteria met or not; without a number, the one in progress."""
    board = whole(db, channel)
    return moves.finishable(board, moves.named(board, "finish", number), at)


def show(db: Database, channel: str, number: int | None) -> Item:
    """Give one item, done or not; without a number, the one in progress. Raises NotFound."""
    board = whole(db, channel)
    return board.item(moves.named(board, "show", number))
