"""Who asks for something, where and when; and the change that comes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.board.history import UNDO, Event
from bot.core.board.model import Board, Slots
from bot.core.board.undo import OWNERS, PLAN, SLOTS, Plain, difference
from bot.core.digest import schedule
from bot.core.digest.schedule import SKIP_AFTER, Past, Plan, as_plain
from bot.core.people import Asker, Person, check_owner
from bot.store import documents, outbox
from bot.store.board import boards, events, finishes, homes
from bot.store.board.boards import Record
from bot.store.board.homes import STILL_OPEN
from bot.store.digest import digests
from bot.store.outbox import Owed
from bot.store.production import facts

QUIET = timedelta(seconds=5)  # a file is written when its board has been still for so long: ten clicks, one commit
AT_ONCE = frozenset({"finish", UNDO})  # somebody waits for what these write


def item_changed(tx: Connection, record: Record, number: int, at: datetime) -> None:
    """Owe the post of an item's last finish, if it had one: it is to say what became of the item."""
    finish = finishes.last_of(tx, record.id, number)
    if finish is not None and not finish.undone:
        outbox.owe(tx, Owed.FINISH, f"{record.channel}/{finish.change}", at)


def plan_next(tx: Connection, record: Record, after: datetime, now: datetime) -> Record:
    """Plan the first digest after a moment whose day is not over."""
    past = digests.past(tx, record.id, schedule.earliest(record.plan, after))
    return boards.set_coming(tx, record, schedule.plan_next(record.plan, after, now, past))


def claimed_lately(tx: Connection, record: Record, now: datetime) -> Past:
    """Return what was claimed of the days that matter for what is due now."""
    return digests.past(tx, record.id, schedule.earliest(record.plan, now - SKIP_AFTER))


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks (None: a program), on which channel's board, and when."""

    channel: str
    who: Person | None
    at: datetime
    is_admin: bool = False  # of the workspace

    @property
    def asker(self) -> Asker:
        """Who asks, as the rules of who may see it."""
        return Asker(self.who, self.is_admin)


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

    @property
    def has_facts(self) -> bool:
        """Whether the board has prod facts, so that a run of them can be owed."""
        return facts.are_watched(self._tx, self.record.channel)

    def for_owners(self, deed: str) -> None:
        """Refuse what only owners may do. Whoever begins a board with it becomes its first owner."""
        check_owner(deed, self._ask.asker, self.record.owners, is_begun=self.record.is_begun)
        self._own_what_begins()

    def _own_what_begins(self) -> None:
        """Make whoever begins the board its owner; what a program began belongs to nobody until owners are named."""
        if self._ask.who is not None and not (self.record.is_begun or self.record.owners):
            self.record = boards.set_owners(self._tx, self.record, (self._ask.who,))

    def make(self, verb: str, number: int | None, after: Board, note: str = "", *, beside: Plain | None = None) -> None:
        """Let something happen: the rows, the event, and what everybody sees.

        `beside`: what the caller changes beside the items, as it was, so that it can be undone with them.
        """
        self._count(verb)
        was, became = difference(self.record.board, after)
        self.record = boards.save(self._tx, self.record, after)
        self._tell(verb, number, note, {**was, **(beside or {})}, became)

    def check_production(self, number: int) -> None:
        """Owe a run of prod facts at an item's start, where there are any: its finish is compared with it."""
        if self.has_facts:
            outbox.owe(self._tx, Owed.BASELINE, f"{self.record.channel}/{number}", self._ask.at)

    def set_plan(self, plan: Plan, note: str) -> None:
        """Change when the board's digest comes; the next one is planned from now on."""
        self._count()
        was, became = as_plain(self.record.plan), as_plain(plan)
        self.record = plan_next(self._tx, boards.set_plan(self._tx, self.record, plan), self._ask.at, self._ask.at)
        self._tell("settings", None, note, {PLAN: was}, {PLAN: became})

    def set_owners(self, owners: tuple[Person, ...], note: str) -> None:
        """Change who owns the board."""
        self._count()
        was = [owner.record for owner in self.record.owners]
        self.record = boards.set_owners(self._tx, self.record, owners)
        self._tell("settings", None, note, {OWNERS: was}, {OWNERS: [owner.record for owner in owners]})

    def set_slots(self, slots: Slots, note: str) -> None:
        """Change whose the one item in progress is; whether that can be is decided by `core/board/slots.py`."""
        self._count()
        was = self.board.slots
        self.record = boards.save(self._tx, self.record, replace(self.board, slots=slots))
        self._tell("settings", None, note, {SLOTS: was.value}, {SLOTS: slots.value})

    def _tell(self, verb: str, number: int | None, note: str, was: Plain, became: Plain) -> None:
        event = Event(self.number, verb, number, self._ask.who, self._ask.at, note)
        events.append(self._tx, self.record.id, event, was, became)
        homes.owe(self._tx, self.record.channel, self._ask.at, self._ask.at - STILL_OPEN)

    def _count(self, verb: str = "") -> None:
        if not self._counted:
            self._own_what_begins()
            self.record = boards.bump(self._tx, self.record, self._ask.at)
            self._counted = True
            outbox.owe(self._tx, Owed.BOARD, self.record.channel, self._ask.at)
            sooner = verb in AT_ONCE
            due = self._ask.at if sooner else self._ask.at + QUIET
            for file in documents.of(self._tx, self.record.channel):
                outbox.owe(self._tx, Owed(file.kind), self.record.channel, due, sooner=sooner)
            outbox.owe(self._tx, Owed.TRAIL, self.key, self._ask.at)
