"""Documents taken onto a board: NEXT-7D.md, STATE.md and their history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from bot.core.board.dod import judged_by_people
from bot.core.board.model import HISTORY, LIVE, Board, Item, Lane, Slots
from bot.core.board.undo import DOCUMENT
from bot.core.documents.merge import Merged, merge
from bot.core.documents.owners import with_owners
from bot.core.documents.timeline import Backfilled, Timeline, backfill
from bot.core.people import Person
from bot.documents import next7d, state
from bot.documents.next7d import Doubt, Reading
from bot.documents.state import State
from bot.services.change import Ask, Change
from bot.store.board import boards, people
from bot.store.database import Database

NEXT7D = "NEXT-7D.md"
LISTED = (Lane.NEXT, Lane.LATER, Lane.BLOCKED, Lane.DONE)  # lanes that are a list in a board's data


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import read and did: the board after it, what is new, what was here already, and what is doubtful.

    `lacking`: live items that the documents do not have; they stay. `log`: dated entries of the STATE.md, which stay
    in it.
    """

    board: Board
    added: tuple[int, ...]
    matched: tuple[int, ...]
    doubts: tuple[Doubt, ...]
    warnings: tuple[str, ...]
    lacking: tuple[int, ...] = ()
    state_doubts: tuple[Doubt, ...] = ()
    log: int = 0
    dates: Backfilled | None = None  # what the document's history told, if it was asked
    rewords: bool = False  # whether the document's own sections differ from those that are kept

    def new(self, lane: Lane) -> list[Item]:
        """Return the new items that went to a lane, by their numbers."""
        return [item for item in self._added() if item.lane is lane]

    @property
    def gone(self) -> tuple[Item, ...]:
        """The new items that only older versions of the document had."""
        return tuple(item for item in self._added() if item.source == HISTORY)

    def _added(self) -> list[Item]:
        added = set(self.added)
        return [item for item in self.board.items if item.number in added]

    def count(self, lane: Lane) -> int:
        """Return how many of the new items went to a lane."""
        return len(self.new(lane))

    def titles(self, numbers: Iterable[int]) -> list[str]:
        """Return items by their numbers, as they are named: `#12 Card payments`."""
        titles = {item.number: item.title for item in self.board.items}
        return [f"#{number} {titles[number]}" for number in numbers]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of an import: a NEXT-7D.md, a STATE.md, or both."""

    next7d: str | None = None
    state: str | None = None


def import_document(
    db: Database,
    ask: Ask,
    text: str | Documents,
    history: Timeline | None = None,
    owners: Sequence[Person] = (),
) -> Imported:
    """Put documents' items onto a channel's board, all or nothing; items that are here already stay as they are.

    A text alone is a NEXT-7D.md. Of two documents the NEXT-7D.md comes first: what the STATE.md says of an item of the
    same title is no second item. The first document says when the board was updated; a later one does not turn that
    back. `history`: what older versions tell, which items came and went, and when items were started and finished.
    `owners` own the board beside those it has. It is one change.
    """
    given, read = _read(text, ask, history, _slots(db, ask.channel))
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        was = change.record
        merged = _merged(tx, change.board, read)
        is_new = given.next7d not in (None, was.document)
        if merged.added or is_new:
            note = f"{len(merged.added)} items" if merged.added else "the document, with no new items"
            change.make("import", None, merged.board, note=note, beside={DOCUMENT: was.document})
        dated = backfill(merged.board, history.dates) if history else None
        if dated and dated.filled:
            change.make("dates", None, dated.board, note=f"the dates of {len(dated.filled)} items")
        if is_new and read.board:
            said = read.board.updated if not was.board.items else change.record.updated
            boards.keep_document(tx, change.record, given.next7d, said)
        _own(change, owners)
    return _imported(merged, read, dated, _rewords(read, was.document, ask))


def _own(change: Change, owners: Sequence[Person]) -> None:
    """Add owners to those that the board has."""
    every = tuple({person.id: person for person in (*change.record.owners, *owners)}.values())
    if len(every) > len(change.record.owners):
        change.set_owners(every, f"owners {', '.join(owner.name for owner in every)}")


def try_import(db: Database, ask: Ask, text: str | Documents, history: Timeline | None = None) -> Imported:
    """Return what an import would do, and do nothing."""
    _, read = _read(text, ask, history, _slots(db, ask.channel))
    with db.read() as tx:
        record = boards.look(tx, ask.channel)
        merged = _merged(tx, record.board if record else Board(), read)
    dated = backfill(merged.board, history.dates) if history else None
    return _imported(merged, read, dated, _rewords(read, record.document if record else None, ask))


@dataclass(frozen=True, slots=True)
class _Readings:
    board: Reading | None
    state: State | None
    gone: Board  # items that older versions had


def _slots(db: Database, channel: str) -> Slots:
    """Return whose the slots of a board are, before its lock is held: documents are read without it.

    Somebody may switch in between; then the merge finds no room for what the reading left in WIP.
    """
    with db.read() as tx:
        return boards.slots_of(tx, channel)


def _read(text: str | Documents, ask: Ask, history: Timeline | None, slots: Slots) -> tuple[Documents, _Readings]:
    given = Documents(text) if isinstance(text, str) else text
    board = next7d.read(given.next7d, ask.at, slots) if given.next7d is not None else None
    standing = state.read(given.state, ask.at, slots) if given.state is not None else None
    return given, _Readings(board, standing, Board(history.gone if history else ()))


def _merged(tx: Connection, board: Board, read: _Readings) -> Merged:
    documents = [reading.board for reading in (read.board, read.state and read.state.reading) if reading]
    result = Merged(board, (), (), ())
    for incoming in (*documents, read.gone):
        incoming = with_owners(judged_by_people(incoming), partial(people.called, tx))
        merged = merge(result.board, incoming)
        matched = set(merged.matched).difference(result.added)
        result = Merged(
            merged.board, result.added + merged.added, tuple(sorted(matched.union(result.matched))),
            result.warnings + merged.warnings,
        )  # fmt: skip
    titles = {item.title for incoming in documents for item in incoming.items}
    return replace(result, lacking=tuple(i.number for i in board.items if i.lane in LIVE and i.title not in titles))


def _imported(merged: Merged, read: _Readings, dates: Backfilled | None, rewords: bool) -> Imported:
    return Imported(
        dates.board if dates else merged.board,
        merged.added,
        merged.matched,
        read.board.doubts if read.board else (),
        merged.warnings,
        merged.lacking,
        read.state.reading.doubts if read.state else (),
        len(read.state.log) if read.state else 0,
        dates,
        rewords,
    )


def _rewords(read: _Readings, document: str | None, ask: Ask) -> bool:
    """Whether the document's own sections differ from those of the one that is kept."""
    before = next7d.read(document, ask.at).sections if document is not None else ()
    return read.board is not None and read.board.sections != before
