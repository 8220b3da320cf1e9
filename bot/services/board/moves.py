"""Moving items: each function is one move that somebody asks for, in one transaction."""

from dataclasses import dataclass
from datetime import date

from bot.core.board import gate, moves, undo
from bot.core.board.edits import Draft
from bot.core.board.model import Board, Item, Outcome
from bot.core.people import Person, check_owner
from bot.errors import UserError
from bot.services.change import Ask, Change, item_changed
from bot.store import documents, outbox
from bot.store.board import boards, finishes
from bot.store.board.finishes import Finish
from bot.store.database import Database
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a finish: the item, the next one if it started, and in words why it did not."""

    item: Item
    next: Item | None
    refused: str


def add(db: Database, ask: Ask, draft: Draft, *, and_start: bool = False, thread: str = "") -> Item:
    """Add an item, and start it at once if asked: both or neither. Raises BadInput on the field that is wrong.

    `thread`: the `ts` of the message that it was made from, in whose thread this is told.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=None if and_start else ())
        number = change.board.next_number
        after = moves.add(change.board, draft, ask.who, ask.at)
        change.make("add", number, after, note=after.item(number).title)
        if and_start:
            begin(change, ask, number)
        if thread:
            outbox.owe(tx, Owed.ANSWER, f"{ask.channel}/{number}/{thread}", ask.at)
    return change.board.item(number)


def start(db: Database, ask: Ask, number: int | None, evidence: str = "") -> Item:
    """Start an item; without a number, the first of NEXT. `evidence`: why work like finished one begins."""
    with db.begin() as tx:
        change = Change(tx, ask, also=None)  # every finished item, for the gate to compare with
        number = moves.named(change.board, "start", number, ask.who)
        begin(change, ask, number, evidence)
    return change.board.item(number)


def begin(change: Change, ask: Ask, number: int, evidence: str = "") -> None:
    """Start an item as part of a change, through the gate."""
    after = moves.start(change.board, number, ask.who, ask.at)
    _pass_through(change, ask, number, after, evidence)


def begin_next(change: Change, ask: Ask, number: int, by: Person | None) -> None:
    """Start the next item for whoever finished one, through the gate; a refusal stands in the post for all to read."""
    after = moves.start(change.board, number, by, ask.at, is_read_by_all=True)
    _pass_through(change, ask, number, after)


def _pass_through(change: Change, ask: Ask, number: int, after: Board, evidence: str = "") -> None:
    gate.pass_through(change.board, change.board.item(number), change.board.done, ask.at, evidence=evidence)
    change.make("start", number, after, note=evidence.strip())
    change.check_production(number)


def finish(
    db: Database,
    ask: Ask,
    number: int,
    *,
    outcome: Outcome = Outcome.CLOSED,
    then: int | None = None,
) -> Finished:
    """Finish the item in progress and, if asked, start the next: one change; if the next is refused, the finish stands.

    Where there are prod facts, a run of them is owed.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=None if then else [number])
        change.make("finish", number, moves.finish(change.board, number, ask.who, ask.at, outcome))
        refused = _start_next(change, ask, then) if then else ""
        started = then if then and not refused else None
        checks = "owed" if change.has_facts else "none"
        files = [file.kind for file in documents.of(tx, ask.channel)]
        made = Finish(change.record.id, change.number, number, started, refused, checks, wanted=then)
        finishes.keep(tx, made, files)
        outbox.owe(tx, Owed.FINISH, change.key, ask.at)
        outbox.owe(tx, Owed.SEAL, change.key, ask.at + undo.LIMIT)
        if checks == "owed":
            outbox.owe(tx, Owed.CHECK, change.key, ask.at)
    return Finished(change.board.item(number), change.board.item(started) if started else None, refused)


def _start_next(change: Change, ask: Ask, number: int) -> str:
    try:
        begin_next(change, ask, number, ask.who)
    except UserError as refusal:
        return str(refusal).replace("\n", " ")
    return ""


def park(db: Database, ask: Ask, number: int | None, reason: str, back_on: date | None = None) -> Item:
    """Park an item, to be looked at again on a day if one is given; without a number, the one in progress."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "park", number, ask.who)
        after = moves.park(change.board, number, ask.at, reason, back_on, by=ask.who)
        change.make("park", number, after, note=reason.strip())
    return change.board.item(number)


def unblock(db: Database, ask: Ask, number: int | None) -> Item:
    """Bring a parked item back, or take a flag off; without a number, the only one that waits."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "unblock", number, ask.who)
        change.make("unblock", number, moves.unblock(change.board, number, ask.at, by=ask.who))
    return change.board.item(number)


def queue(db: Database, ask: Ask, number: int, position: int | None, reason: str) -> Item:
    """Put an item into NEXT."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        after = moves.queue(change.board, number, ask.at, position, reason, by=ask.who)
        change.make("queue", number, after, note=reason.strip())
    return change.board.item(number)


def defer(db: Database, ask: Ask, number: int) -> Item:
    """Move an item from NEXT to LATER."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        change.make("defer", number, moves.defer(change.board, number, ask.at, by=ask.who))
    return change.board.item(number)


def move(db: Database, ask: Ask, number: int, to: str) -> Item:
    """Move an item inside its lane: up, down, first, last or a position."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        after = moves.move(change.board, number, ask.at, to, by=ask.who)
        if after != change.board:
            change.make("move", number, after, note=f"to {to}" if to.isdecimal() else to.lower())
    return change.board.item(number)


def drop(db: Database, ask: Ask, number: int, reason: str) -> Item:
    """Take an item off the board for a reason."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        change.make("drop", number, moves.drop(change.board, number, ask.who, ask.at, reason), note=reason.strip())
    return change.board.item(number)


def reopenable(db: Database, ask: Ask, number: int) -> Item:
    """Return the done item that somebody may bring back, whatever they will say for it. Raises what `reopen` would."""
    with db.read() as tx:
        record = boards.look(tx, ask.channel)
    item = moves.reopenable(record.board if record else Board(), number, ask.at, ask.who)
    if record and item.outcome is Outcome.CLOSED:
        check_owner("reopen", ask.asker, record.owners, is_begun=record.is_begun)
    return item


def reopen(db: Database, ask: Ask, number: int, proof: str) -> Item:
    """Bring a done item back; a CLOSED one needs new failing evidence, and an owner. Raises NotAllowed."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        was_closed = change.board.item(number).outcome is Outcome.CLOSED
        after = moves.reopen(change.board, number, ask.who, ask.at, proof)
        if was_closed:
            change.for_owners("reopen")
        change.make("reopen", number, after, note=proof.strip())
        item_changed(tx, change.record, number, ask.at)
    return change.board.item(number)
