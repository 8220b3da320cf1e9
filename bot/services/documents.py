"""Documents in and out: importing a board from Markdown, and giving a board as a file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.core.board import LIVE, Board, Item, Lane
from bot.core.dod import judged_by_people
from bot.core.merge import Merged, merge
from bot.core.timeline import Backfilled, Dates, backfill
from bot.core.undo import DOCUMENT
from bot.documents import next7d, spreadsheet, state
from bot.documents.next7d import Doubt, Reading
from bot.documents.state import State
from bot.errors import NotFound
from bot.services.ask import Ask, Change
from bot.store import boards, outbox
from bot.store.boards import Record
from bot.store.database import Database
from bot.store.outbox import Owed

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

    def count(self, lane: Lane) -> int:
        """How many of the new items went to a lane."""
        return sum(self.board.item(number).lane is lane for number in self.added)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of an import: a NEXT-7D.md, a STATE.md, or both."""

    next7d: str | None = None
    state: str | None = None


def import_document(
    db: Database, ask: Ask, text: str | Documents, dates: Mapping[str, Dates] | None = None
) -> Imported:
    """Put documents' items onto a channel's board, all or nothing; items that are here already stay as they are.

    A text alone is a NEXT-7D.md. Of two documents the NEXT-7D.md comes first: what the STATE.md says of an item of the
    same title is no second item. The first document says when the board was updated; a later one does not turn that
    back. `dates`, by title, fill in when items were started and finished; it is one change.
    """
    given, read = _read(text, ask)
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        was = change.record
        merged = _merged(change.board, read)
        is_new = given.next7d not in (None, was.document)
        if merged.added or is_new:
            note = f"{len(merged.added)} items" if merged.added else "the document, with no new items"
            change.make("import", None, merged.board, note=note, beside={DOCUMENT: was.document})
        dated = backfill(merged.board, dates) if dates is not None else None
        if dated and dated.filled:
            change.make("dates", None, dated.board, note=f"the dates of {len(dated.filled)} items")
        if is_new and read.board:
            said = read.board.updated if not was.board.items else change.record.updated
            boards.keep_document(tx, change.record, given.next7d, said)
    return _imported(merged, read, dated, _rewords(read, was.document, ask))


def try_import(db: Database, ask: Ask, text: str | Documents, dates: Mapping[str, Dates] | None = None) -> Imported:
    """Tell what an import would do, and do nothing."""
    _, read = _read(text, ask)
    with db.read() as tx:
        record = boards.look(tx, ask.channel)
    merged = _merged(record.board if record else Board(), read)
    dated = backfill(merged.board, dates) if dates is not None else None
    return _imported(merged, read, dated, _rewords(read, record.document if record else None, ask))


@dataclass(frozen=True, slots=True)
class _Readings:
    board: Reading | None
    state: State | None


def _read(text: str | Documents, ask: Ask) -> tuple[Documents, _Readings]:
    given = Documents(text) if isinstance(text, str) else text
    board = next7d.read(given.next7d, ask.at) if given.next7d is not None else None
    return given, _Readings(board, state.read(given.state, ask.at) if given.state is not None else None)


def _merged(board: Board, read: _Readings) -> Merged:
    found = [reading for reading in (read.board, read.state and read.state.reading) if reading]
    result = Merged(board, (), (), ())
    for reading in found:
        merged = merge(result.board, judged_by_people(reading.board))
        matched = {number for number in merged.matched if number not in result.added}
        result = Merged(
            merged.board, result.added + merged.added, tuple(sorted(matched.union(result.matched))),
            result.warnings + merged.warnings,
        )  # fmt: skip
    titles = {item.title for reading in found for item in reading.board.items}
    return replace(result, lacking=tuple(i.number for i in board.items if i.lane in LIVE and i.title not in titles))


class Form(StrEnum):
    """What a board can be given as."""

    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Exported:
    """A board as a file."""

    name: str
    content: bytes


def ask_for_export(db: Database, channel: str, user: str, form: Form, at: datetime) -> str:
    """Owe somebody the board as a file; asked twice while it is on its way, it comes once. Gives the file's name.

    Raises NotFound where there is no board.
    """
    with db.begin() as tx:
        record = boards.look(tx, channel, done_since=at)
        if record is None or not record.version:
            raise NotFound("There is no board here yet. `/board add` makes its first item.")
        outbox.owe(tx, Owed.EXPORT, f"{channel}/{user}/{form}", at)
    return name_of(form, at.astimezone(record.board.zone).date())


def export(db: Database, channel: str, form: Form, now: datetime) -> Exported:
    """Give a channel's board as a file. Raises NotFound."""
    return written(whole(db, channel), form, now)


def whole(db: Database, channel: str) -> Record:
    """Give a channel's board with all that was ever done, to be written. Raises NotFound."""
    with db.read() as tx:
        record = boards.look(tx, channel)
    if record is None:
        raise NotFound("There is no board for channel {channel}.", channel=channel)
    return record


def written(record: Record, form: Form, now: datetime) -> Exported:
    """Write a board into a file; that of 5,000 items takes most of a second, so nobody should wait for it at a lock.

    As Markdown it is its document: our sections as they are now, everything else as it was.
    """
    return Exported(name_of(form, now.astimezone(record.board.zone).date()), TEXTS[form](record, now).encode())


def name_of(form: Form, day: date) -> str:
    """Name the file: the document by the name that programs look for, the others by their day."""
    return NEXT7D if form is Form.MARKDOWN else f"board-{day}.{form}"


def _as_markdown(record: Record, now: datetime) -> str:
    return next7d.render(record.board, record.document, record.updated or now)


def _as_csv(record: Record, _now: datetime) -> str:
    return spreadsheet.render(record.board)


def _as_json(record: Record, now: datetime) -> str:
    """The lanes, the moment of the last change, and the document's own sections."""
    kept = next7d.read(record.document, now).sections if record.document else ()
    lanes = {lane.value: [_as_data(item) for item in record.board.lane(lane)] for lane in LISTED}
    data = {
        "wip": _as_data(record.board.wip) if record.board.wip else None,
        **lanes,
        "updated": _iso(record.updated),
        "sections": [{"heading": section.heading, "text": section.text} for section in kept],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


TEXTS: dict[Form, Callable[[Record, datetime], str]] = {
    Form.MARKDOWN: _as_markdown,
    Form.CSV: _as_csv,
    Form.JSON: _as_json,
}


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


def _rewords(read: _Readings, kept: str | None, ask: Ask) -> bool:
    """Whether the document's own sections differ from those of the one that is kept."""
    before = next7d.read(kept, ask.at).sections if kept is not None else ()
    return read.board is not None and read.board.sections != before


def _as_data(item: Item) -> Mapping[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "scope": item.scope,
        "dod": [{"text": c.text, "state": c.state.value, "evidence": c.evidence} for c in item.dod],
        "estimate": item.estimate,
        "priority": item.priority,
        "status": item.status.text if item.status else None,
        "owner": item.owner.name if item.owner else None,
        "links": list(item.links),
        "started": _iso(item.started),
        "finished": _iso(item.finished),
        "result": item.result,
        "outcome": item.outcome.value.upper() if item.outcome else None,
        "blocked": item.blocked.reason if item.blocked else None,
        "notes": item.notes,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
