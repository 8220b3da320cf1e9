"""A finish and its steps: reading them for the post that tells of it, and trying failed ones again."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.core.board import undo
from bot.core.board.model import Item, Lane
from bot.core.production.readings import Comparison, Run, compare
from bot.errors import NotFound
from bot.services.board.moves import begin_next
from bot.services.change import Ask, Change
from bot.store import documents, outbox
from bot.store.board import boards, finishes
from bot.store.board.finishes import FAILED, OWED, REVERT, FileStep, Finish
from bot.store.database import Database
from bot.store.documents import Kept
from bot.store.outbox import Owed
from bot.store.production import runs

STEPS = ["state", "next7d", "next"]  # what can fail; `facts` are asked again only by their name


@dataclass(frozen=True, slots=True)
class FileLine:
    """One of the board's files in a finish: what people call it, how far it is, and whether it waits for a choice.

    A person changed it, so it is written once somebody chose in its notice; trying again would change nothing.
    """

    name: str
    step: FileStep
    waits: bool = False

    @property
    def is_written(self) -> bool:
        """Whether the finish is in it."""
        return self.step.mark == finishes.DONE

    @property
    def is_undone(self) -> bool:
        """Whether the finish is to be taken out of it again."""
        return self.step.mark == finishes.REVERT


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
        """Return whether its Undo still stands."""
        finished = self.item.finished
        return not self.undone and finished is not None and now - finished <= undo.LIMIT


def read(db: Database, channel: str, change: int) -> Ledger:
    """Read the finish that was this change of the channel's board. Raises LookupError where there is no board."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        if record is None:
            raise LookupError(f"no board for {channel}")
        finish = finishes.get(tx, record.id, change)
        run = runs.get(tx, finish.run_id) if finish.run_id else None
        baseline = runs.baseline(tx, record.id, finish.number)
        files = {each.kind: each for each in documents.of(tx, channel)}
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
        files=tuple(_line(files[kind], step) for kind, step in finish.files.items() if kind in files),
    )


def _line(file: Kept, step: FileStep) -> FileLine:
    return FileLine(file.name, step, waits=file.drift is not None)


def retry(db: Database, ask: Ask, number: int, step: str = "") -> tuple[str, ...]:
    """Try the failed steps of an item's last finish again, or just one: a file's kind, `next` or `facts`.

    Gives the steps that are tried. Raises NotFound when none has failed, and whatever stands in the next item's way.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        finish = finishes.last_of(tx, change.record.id, number)
        if finish is None:
            raise NotFound(f"#{number} has not been finished.")
        asked = [step] if step else STEPS
        tried = [name for name in asked if _is_retried(tx, ask, change, finish, name)]
        if not tried:
            raise NotFound(f"No step of #{number}'s finish has failed, so there is nothing to try again.")
        outbox.owe(tx, Owed.FINISH, f"{ask.channel}/{finish.change}", ask.at)
    return tuple(tried)


def _is_retried(tx: Connection, ask: Ask, change: Change, finish: Finish, name: str) -> bool:
    """Try one step again, if it has failed."""
    if name in finish.files:
        step = finish.files[name]
        if step.mark != FAILED and not step.why:
            return False
        finishes.mark(tx, finish.board_id, step, REVERT if finish.undone else OWED)
        outbox.owe(tx, Owed(name), ask.channel, ask.at, sooner=True)
        return True
    if name == "next" and finish.next_refused and finish.wanted and not finish.undone:
        # It starts for whoever finished, as it would have then; of an item that was reopened since, nobody did.
        begin_next(change, ask, finish.wanted, change.board.item(finish.number).finished_by or ask.who)
        finishes.started(tx, finish, finish.wanted)
        return True
    if name == "facts" and finish.checks == "done" and not finish.undone:
        finishes.check_again(tx, finish.board_id, finish.change)
        outbox.owe(tx, Owed.CHECK, f"{ask.channel}/{finish.change}", ask.at)
        return True
    return False
