"""Looking at a board: no lock, no change; and sharing a copy of what is seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.board import dod, gate, moves
from bot.core.board.gate import Answer
from bot.core.board.model import Board, Item
from bot.core.digest.schedule import Plan
from bot.core.people import Person
from bot.core.production.incidents import Pause
from bot.core.production.judgement import together
from bot.core.production.readings import Run
from bot.services.change import Ask
from bot.store import outbox
from bot.store.board import boards, events
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import facts, incidents

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
    has_facts: bool = False  # there is something to ask production
    owners: tuple[Person, ...] = ()
    pause: Pause | None = None  # a maintenance that is not over

    @property
    def is_begun(self) -> bool:
        """Whether anybody, or a program, ever changed it."""
        return self.version > 0


@dataclass(frozen=True, slots=True)
class Gate:
    """An item and the gate's four answers about it."""

    item: Item
    answers: tuple[Answer, ...]


def look(db: Database, channel: str, now: datetime) -> Sight:
    """Look at a channel's board; a channel without one has an empty one."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=now - WEEK)
        run, has_facts = together(facts.seen(tx, channel), now), facts.are_watched(tx, channel)
        pause = incidents.pause_of(tx, record.id) if record else None
    if record is None:
        return Sight(channel, Board(), 0, Plan(), None, run, now, has_facts)
    pause = pause if pause and pause.window.is_on(now) else None
    return Sight(
        channel,
        record.board,
        record.version,
        record.plan,
        record.digest_due,
        run,
        now,
        has_facts,
        record.owners,
        pause,
    )


def whole(db: Database, channel: str) -> Board:
    """Return a channel's whole board, with everything that was ever done."""
    with db.read() as tx:
        record = boards.look(tx, channel)
    return record.board if record else Board()


def finishable(db: Database, ask: Ask, number: int | None) -> Item:
    """Return the item that could be finished now, its criteria met or not; without a number, theirs in progress."""
    board = whole(db, ask.channel)
    return moves.finishable(board, moves.named(board, "finish", number, ask.who), ask.at, ask.who)


def show(db: Database, channel: str, number: int | None, verb: str = "show", by: Person | None = None) -> Item:
    """Return one item, done or not; without a number, the one that somebody means by the verb. Raises NotFound."""
    board = whole(db, channel)
    return board.item(moves.named(board, verb, number, by))


def why_started(db: Database, channel: str, number: int) -> str:
    """Return what was said at an item's last start, where it resembles finished work; nothing when nothing was."""
    with db.read() as tx:
        board = boards.id_of(tx, channel)
        return events.last_note(tx, board, number, "start") if board is not None else ""


def criterion(db: Database, channel: str, number: int, k: int) -> Item:
    """Return an item whose criterion `k` can be changed. Raises NotFound, RuleBroken or BadInput when it can't."""
    item, _ = dod.criterion_of(whole(db, channel), number, k)
    return item


def ask_gate(db: Database, ask: Ask, number: int | None) -> Gate:
    """Ask the four questions about an item, were it started by whoever asks; without a number, the first of NEXT.

    Nothing is changed.
    """
    board = whole(db, ask.channel)
    item = board.item(moves.named(board, "start", number, ask.who))
    with db.read() as tx:
        run = together(facts.seen(tx, ask.channel), ask.at)
    return Gate(item, gate.questions(board, item, board.done, run.health if run else None, ask.at, by=ask.who))


def share(db: Database, ask: Ask) -> None:
    """Owe the channel a copy of its board; asked twice within a second it is one."""
    who = ask.who.id if ask.who else ""
    with db.begin() as tx:
        outbox.owe(tx, Owed.SHARE, f"{ask.channel}/{who}/{int(ask.at.timestamp())}", ask.at)
