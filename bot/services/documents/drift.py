"""A file that a person changed: looking at the change, and choosing between the file and the board."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.core.board.dod import judged_by_people
from bot.core.board.model import Board, Slots
from bot.core.board.undo import DOCUMENT
from bot.core.documents.merge import take as taken
from bot.core.documents.owners import with_owners
from bot.documents import differences, next7d, state
from bot.errors import BadInput, NotFound, RuleBroken
from bot.services.change import Ask, Change
from bot.services.documents.files import settle_drift
from bot.store import documents, outbox
from bot.store.board import boards, people
from bot.store.database import Database
from bot.store.documents import Kept
from bot.store.outbox import Owed

NEXT7D = "next7d"


@dataclass(frozen=True, slots=True)
class Drift:
    """What a person made of a file. `current` is None when it is settled, and then `settled` says how."""

    file: Kept
    written: str
    current: str | None
    settled: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a file changed: which file, how many items are new and how many changed, and what to know."""

    name: str
    added: int
    changed: int
    warnings: tuple[str, ...]


def look(db: Database, channel: str, kind: str, count: int) -> Drift | None:
    """Look at the drift of a file that was its `count`-th; None: the file is no longer kept."""
    with db.read() as tx:
        file, record = documents.get(tx, channel, kind), boards.look(tx, channel)
    if file is None:
        return None
    baseline = _baseline(file, record.document if record else None)
    is_open = file.drift is not None and file.drifts == count
    return Drift(file, baseline, file.drift if is_open else None, file.settled)


def difference(drift: Drift, now: datetime) -> tuple[str, ...]:
    """Return the lines of our parts that a person changed; none once it is settled."""
    if drift.current is None:
        return ()
    return differences.difference(drift.written, drift.current, now, is_state=drift.file.kind != NEXT7D)


def take(db: Database, ask: Ask, kind: str = "") -> Taken:
    """Take what a person wrote into a file onto the board; what the file lacks stays. One change, undoable.

    Raises NotFound when no file waits for a choice, BadInput when it is no document, and RuleBroken when it was changed
    again meanwhile.
    """
    with db.read() as tx:
        file, record = _open(documents.of(tx, ask.channel), kind), boards.look(tx, ask.channel)
    current = file.drift or ""
    slots = record.board.slots if record else Slots.BOARD
    baseline = _baseline(file, record.document if record else None)
    incoming = judged_by_people(_read(file.kind, current, ask, slots))
    before = judged_by_people(_read_or_empty(file.kind, baseline, ask, slots))
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        if _open(documents.of(tx, ask.channel), file.kind).drift != current:
            raise RuleBroken("The file was changed again just now. Look at the notice once more.")
        incoming = with_owners(incoming, partial(people.called, tx))
        merged = taken(change.board, incoming, before, ask.at)
        change.make("take", None, merged.board, note=file.name, beside={DOCUMENT: change.record.document})
        if file.kind == NEXT7D:
            boards.keep_document(tx, change.record, current, ask.at)
        documents.change(tx, file, written=current, before=None, change=None)
        settle_drift(tx, file, f"{_who(ask)} took the file.", ask.at)
        outbox.owe(tx, Owed(file.kind), ask.channel, ask.at, sooner=True)
    return Taken(file.name, len(merged.added), len(merged.matched), merged.warnings)


def keep(db: Database, ask: Ask, kind: str = "") -> str:
    """Let the board overwrite what a person wrote into our parts of a file. Returns the file's name.

    Raises NotFound when no file waits for a choice.
    """
    with db.begin() as tx:
        record = boards.open_board(tx, ask.channel)
        file = _open(documents.of(tx, ask.channel), kind)
        baseline = _baseline(file, record.document)
        documents.change(tx, file, written=file.drift, before=baseline, change=None)
        settle_drift(tx, file, f"{_who(ask)} kept the board.", ask.at)
        outbox.owe(tx, Owed(file.kind), ask.channel, ask.at, sooner=True)
    return file.name


def _open(files: tuple[Kept, ...], kind: str) -> Kept:
    """The file whose drift waits for a choice; without a kind, whichever does."""
    waiting = [file for file in files if file.drift is not None and kind in ("", file.kind)]
    if not waiting:
        raise NotFound("No file of this board waits for a choice: either nobody changed one, or it was chosen already.")
    return waiting[0]


def _baseline(file: Kept, imported: str | None) -> str:
    """What the file is compared with: as it was last written, or the document that the board came from."""
    return file.written or (imported if file.kind == NEXT7D else None) or ""


def _read(kind: str, text: str, ask: Ask, slots: Slots) -> Board:
    if kind == NEXT7D:
        return next7d.read(text, ask.at, slots).board
    return state.read(text, ask.at, slots).reading.board


def _read_or_empty(kind: str, text: str, ask: Ask, slots: Slots) -> Board:
    try:
        return _read(kind, text, ask, slots)
    except BadInput:
        return Board()


def _who(ask: Ask) -> str:
    return ask.who.name if ask.who else "Somebody on the server"
