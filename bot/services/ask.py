"""Who asks for something, where and when; and the change that comes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.core.board import Board, Person
from bot.core.history import Event
from bot.store import boards, events, outbox
from bot.store.boards import Record
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks (None: a program), on which channel's board, and when."""

    channel: str
    who: Person | None
    at: datetime


class Change:
    """One change of a board: its events share a number, the board message is owed, all in the caller's transaction."""

    def __init__(self, tx: Connection, ask: Ask, *, also: Iterable[int | None] | None = ()) -> None:
        """Open the board; of its done items only those with a number in `also` are loaded (None: every one)."""
        self._tx = tx
        self._ask = ask
        self._counted = False
        numbers = None if also is None else [number for number in also if number is not None]
        self.record: Record = boards.open_board(tx, ask.channel, also=numbers)

    @property
    def board(self) -> Board:
        """The board as it stands now, within the change."""
        return self.record.board

    @property
    def number(self) -> int:
        """The number that this change has in the board's history."""
        return self.record.version + (0 if self._counted else 1)

    @property
    def key(self) -> str:
        """What names this change among all boards: `channel/number`."""
        return f"{self.record.channel}/{self.number}"

    def make(self, verb: str, number: int | None, after: Board, note: str = "") -> None:
        """Let something happen: the rows, the event, and what everybody sees."""
        self._count()
        before = self.record.board
        self.record = boards.save(self._tx, self.record, after)
        event = Event(self.number, verb, number, self._ask.who, self._ask.at, note)
        events.append(self._tx, self.record.id, event, before, after)

    def _count(self) -> None:
        if not self._counted:
            self.record = boards.bump(self._tx, self.record, self._ask.at)
            self._counted = True
            outbox.owe(self._tx, Owed.BOARD, self.record.channel, self._ask.at)
