"""Looking at a finish and its steps, for the post that tells of it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.core import undo
from bot.core.board import Item
from bot.core.comparison import Comparison, compare
from bot.core.readings import Run
from bot.store import boards, documents, finishes, production
from bot.store.database import Database
from bot.store.finishes import FileStep


@dataclass(frozen=True, slots=True)
class FileLine:
    """One of the board's files in a finish: what people call it, and how far it is."""

    name: str
    step: FileStep


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

    @property
    def comparison(self) -> Comparison | None:
        """Production at the item's start beside production after its finish, when both were looked at."""
        return compare(self.baseline, self.run) if self.baseline and self.run else None

    wanted: int | None = None  # the item that was to start next
    files: tuple[FileLine, ...] = ()

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
        names = {kept.kind: kept.name for kept in documents.of(tx, channel)}
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
        files=tuple(FileLine(names[kind], step) for kind, step in finish.files.items() if kind in names),
    )
