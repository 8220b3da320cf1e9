"""Documents in and out: importing a board from Markdown, and giving a board as Markdown or as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.board import Board, Item, Lane
from bot.core.dod import judged_by_people
from bot.core.merge import Merged, merge
from bot.core.undo import DOCUMENT
from bot.documents import next7d
from bot.documents.next7d import Doubt
from bot.errors import NotFound
from bot.services.ask import Ask, Change
from bot.store import boards
from bot.store.boards import Record
from bot.store.database import Database

LISTED = (Lane.NEXT, Lane.LATER, Lane.BLOCKED, Lane.DONE)  # lanes that are a list in a board's data


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import read and did: the board after it, what is new, what was here already, and what is doubtful."""

    board: Board
    added: tuple[int, ...]
    matched: tuple[int, ...]
    doubts: tuple[Doubt, ...]
    warnings: tuple[str, ...]

    def count(self, lane: Lane) -> int:
        """How many of the new items went to a lane."""
        return sum(self.board.item(number).lane is lane for number in self.added)


def import_document(db: Database, ask: Ask, text: str) -> Imported:
    """Put a document's items onto a channel's board, all or nothing; items that are here already stay as they are."""
    reading = next7d.read(text, ask.at)
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        merged = merge(change.board, judged_by_people(reading.board))
        if merged.added:
            before = {DOCUMENT: change.record.document}
            change.make("import", None, merged.board, note=f"{len(merged.added)} items", beside=before)
        boards.keep_document(tx, change.record, text, reading.updated)
    return _imported(merged, reading.doubts)


def try_import(db: Database, ask: Ask, text: str) -> Imported:
    """Tell what an import would do, and do nothing."""
    reading = next7d.read(text, ask.at)
    with db.read() as tx:
        record = boards.look(tx, ask.channel)
    return _imported(merge(record.board if record else Board(), reading.board), reading.doubts)


def as_markdown(db: Database, channel: str, now: datetime) -> str:
    """Give a board as its document: our sections as they are now, everything else as it was. Raises NotFound."""
    record = _board(db, channel)
    return next7d.render(record.board, record.document, record.updated or now)


def as_data(db: Database, channel: str, now: datetime) -> dict[str, Any]:
    """Give a board as plain data: the lanes, the moment of the last change, and the document's own sections."""
    record = _board(db, channel)
    kept = next7d.read(record.document, now).sections if record.document else ()
    lanes = {lane.value: [_as_data(item) for item in record.board.lane(lane)] for lane in LISTED}
    return {
        "wip": _as_data(record.board.wip) if record.board.wip else None,
        **lanes,
        "updated": _iso(record.updated),
        "sections": [{"heading": section.heading, "text": section.text} for section in kept],
    }


def _board(db: Database, channel: str) -> Record:
    with db.read() as tx:
        record = boards.look(tx, channel)
    if record is None:
        raise NotFound("There is no board for channel {channel}.", channel=channel)
    return record


def _imported(merged: Merged, doubts: tuple[Doubt, ...]) -> Imported:
    return Imported(merged.board, merged.added, merged.matched, doubts, merged.warnings)


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
