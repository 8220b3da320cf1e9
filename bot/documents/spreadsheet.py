"""A board as a table for spreadsheets: CSV, one row an item."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from bot.core.board.model import Board, Criterion, CriterionState, Item, Lane
from bot.core.people import Person

LANES = (Lane.WIP, Lane.NEXT, Lane.LATER, Lane.BLOCKED, Lane.DONE)
# Excel reads a file without it in the machine's own code page, and breaks every name that is not English; LibreOffice,
# Numbers and Google Sheets leave it out, and so does Python's `utf-8-sig`.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet reads as the beginning of a formula (owasp.org, "CSV Injection"), also behind spaces, which some
# leave out first; the wide forms are those of East Asian keyboards.
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
MARKS = {CriterionState.OPEN: "[ ]", CriterionState.MET: "[x]", CriterionState.WAIVED: "[waived]"}

Cell = str | int | None
Column = Callable[[Item, tzinfo], Cell]

COLUMNS: dict[str, Column] = {
    "number": lambda item, _: item.number,
    "lane": lambda item, _: item.lane.upper(),
    "title": lambda item, _: item.title,
    "scope": lambda item, _: item.scope,
    "owner": lambda item, _: _name(item.owner),
    "dod_met": lambda item, _: _count(item, CriterionState.MET),
    "dod_waived": lambda item, _: _count(item, CriterionState.WAIVED),
    "dod_total": lambda item, _: len(item.dod),
    "dod": lambda item, _: "\n".join(map(_criterion, item.dod)),
    "estimate": lambda item, _: item.estimate,
    "priority": lambda item, _: item.priority,
    "status": lambda item, _: item.status.text if item.status else "",
    "created": lambda item, zone: _moment(item.created, zone),
    "started": lambda item, zone: _moment(item.started, zone),
    "finished": lambda item, zone: _moment(item.finished, zone),
    "finished_by": lambda item, _: _name(item.finished_by),
    "outcome": lambda item, _: item.outcome.upper() if item.outcome else "",
    "result": lambda item, _: item.result,
    "blocked_reason": lambda item, _: item.blocked.reason if item.blocked else "",
    "blocked_since": lambda item, zone: _moment(item.blocked.since, zone) if item.blocked else "",
    "back_on": lambda item, _: item.blocked.back_on.isoformat() if item.blocked and item.blocked.back_on else "",
    "links": lambda item, _: "\n".join(item.links),
    "notes": lambda item, _: item.notes,
}


def render(board: Board) -> str:
    """Return a board as CSV (RFC 4180): a line of column names, then the items by lane, in each lane's own order.

    Times are of the board's zone, in the one form that every spreadsheet takes for a time. What people wrote is made
    safe to open: a cell that would be read as a formula begins with an apostrophe.
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for item in _in_order(board):
        table.writerow([_safe(column(item, board.zone)) for column in COLUMNS.values()])
    return BYTE_ORDER_MARK + written.getvalue()


def _in_order(board: Board) -> Iterator[Item]:
    for lane in LANES:
        yield from board.lane(lane)


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _count(item: Item, state: CriterionState) -> int:
    return sum(criterion.state is state for criterion in item.dod)


def _criterion(criterion: Criterion) -> str:
    evidence = f" ({criterion.evidence})" if criterion.evidence else ""
    return f"{MARKS[criterion.state]} {criterion.text}{evidence}"


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
