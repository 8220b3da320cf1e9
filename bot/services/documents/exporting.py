"""The board in other forms: Markdown, a table, data for programs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.core.board.model import Item
from bot.documents import next7d, spreadsheet
from bot.errors import NotFound
from bot.services.documents.importing import LISTED, NEXT7D
from bot.store import outbox
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.outbox import Owed


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
    """Owe somebody the board as a file; asked twice while it is on its way, it comes once. Returns the file's name.

    Raises NotFound where there is no board.
    """
    with db.begin() as tx:
        record = boards.look(tx, channel, done_since=at)
        if record is None or not record.version:
            raise NotFound("There is no board here yet. `/board add` makes its first item.")
        outbox.owe(tx, Owed.EXPORT, f"{channel}/{user}/{form}", at)
    return name_of(form, at.astimezone(record.board.zone).date())


def export(db: Database, channel: str, form: Form, now: datetime) -> Exported:
    """Return a channel's board as a file. Raises NotFound."""
    return written(whole(db, channel), form, now)


def whole(db: Database, channel: str) -> Record:
    """Return a channel's board with all that was ever done, to be written. Raises NotFound."""
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
    """The lanes, the moment of the last change, and the document's own sections.

    `in_progress` has every item in progress; `wip` the only one, null where there is none or several are.
    """
    sections = next7d.read(record.document, now).sections if record.document else ()
    lanes = {lane.value: [_as_data(item) for item in record.board.lane(lane)] for lane in LISTED}
    data = {
        "in_progress": [_as_data(item) for item in record.board.in_progress],
        "wip": _as_data(record.board.wip) if record.board.wip else None,
        **lanes,
        "updated": _iso(record.updated),
        "sections": [{"heading": section.heading, "text": section.text} for section in sections],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


TEXTS: dict[Form, Callable[[Record, datetime], str]] = {
    Form.MARKDOWN: _as_markdown,
    Form.CSV: _as_csv,
    Form.JSON: _as_json,
}


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
