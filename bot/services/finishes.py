"""Looking at a finish and its steps, for the post that tells of it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.core import undo
from bot.core.board import Item, Lane
from bot.core.comparison import Comparison, compare
from bot.core.readings import Run
from bot.store import boards, documents, finishes, outbox, production
from bot.store.boards import Record
from bot.store.database import Database
from bot.store.documents import Kept
from bot.store.finishes import FileStep
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class FileLine:
    """One of the board's files in a finish: what people call it, how far it is, and whether it waits for a choice.

    A person changed it, so it is written once somebody chose in its notice; trying again would change nothing.
    """

    name: str
    step: FileStep
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A finish as it stands: what was finished, what started, and how far prod facts are (none, owed, done)."""

    item: Item
    next: Item | None
    refused: str
    checks: str
    run: Run | None
    zone: tzinfo  # whose days the board counts
    undone: bool = False
    change: int = 0  # the number of the change that it was
    baseline: Run | None = None  # prod facts at the item's start
    wanted: int | None = None  # the item that was to start next
    files: tuple[FileLine, ...] = ()

    @property
    def comparison(self) -> Comparison | None:
        """Production at the item's start beside production after its finish, when both were looked at."""
        return compare(self.baseline, self.run) if self.baseline and self.run else None

    @property
    def is_open_again(self) -> bool:
        """Whether the item was brought back since."""
        return not self.undone and self.item.lane is not Lane.DONE

    def can_be_undone(self, now: datetime) -> bool:
        """Whether its Undo still stands."""
        finished = self.item.finished
        return not self.undone and finished is not None and now - finished <= undo.LIMIT


def read(db: Database, channel: str, change: int) -> Ledger:
    """Read the finish that was this change of the channel's board."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        if record is None:
            raise LookupError(f"no board for {channel}")
        finish = finishes.get(tx, record.id, change)
        run = production.get(tx, finish.run_id) if finish.run_id else None
        baseline = production.baseline(tx, record.id, finish.number)
        kept = {each.kind: each for each in documents.of(tx, channel)}
    started = record.board.item(finish.next_number) if finish.next_number else None
    return Ledger(
        item=record.board.item(finish.number),
        next=started,
        refused=finish.next_refused,
        checks=finish.checks,
        run=run,
        zone=record.board.zone,
        undone=finish.undone,
        change=change,
        baseline=baseline,
        wanted=finish.wanted,
        files=tuple(_line(kept[kind], step) for kind, step in finish.files.items() if kind in kept),
    )


def _line(kept: Kept, step: FileStep) -> FileLine:
    return FileLine(kept.name, step, waits=kept.drift is not None)


def item_changed(tx: Connection, record: Record, number: int, at: datetime) -> None:
    """Owe the post of an item's last finish, if it had one: it is to say what became of the item."""
    finish = finishes.last_of(tx, record.id, number)
    if finish is not None and not finish.undone:
        outbox.owe(tx, Owed.FINISH, f"{record.channel}/{finish.change}", at)
