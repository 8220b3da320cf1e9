"""When items were started and finished, as the versions of their document tell it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import Board, Item, Lane

DOING = frozenset({Lane.WIP, Lane.DONE})


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document: when it was written, and what it said."""

    at: datetime
    board: Board


@dataclass(frozen=True, slots=True)
class Dates:
    """When an item was started and finished; None where no version tells it, and then `why` says what is missing."""

    started: datetime | None = None
    finished: datetime | None = None
    why: str = ""


def timeline(versions: Sequence[Version]) -> dict[str, Dates]:
    """Return the dates of every title in the versions, oldest version first.

    An item was started when a version first has it in WIP, and finished when one has it in DONE that had it elsewhere
    before. A day that the document itself gives goes before the time of a version. What was in DONE already when it
    is first seen has no start that could be told; and of a title that stands twice in one version nothing is told.
    """
    dates: dict[str, Dates] = {}
    lanes: dict[str, Lane] = {}
    doubled: set[str] = set()
    for k, version in enumerate(versions):
        titles = Counter(item.title for item in version.board.items)
        doubled |= {title for title, count in titles.items() if count > 1}
        for item in version.board.items:
            known = dates.get(item.title, Dates())
            dates[item.title] = _seen(item, known, lanes.get(item.title), version.at, is_first=k == 0)
            lanes[item.title] = item.lane
    return {title: Dates(why="the title stands twice") if title in doubled else _told(d) for title, d in dates.items()}


def _seen(item: Item, known: Dates, before: Lane | None, at: datetime, *, is_first: bool) -> Dates:
    started, finished = item.started or known.started, known.finished
    if item.lane is Lane.WIP and started is None and not (is_first and before is None):
        started = at
    if item.lane is Lane.WIP and before is Lane.DONE:
        finished = None  # reopened
    if item.lane is Lane.DONE and before is not Lane.DONE:
        finished = item.finished or (None if is_first else at)
    elif item.lane is Lane.DONE:
        finished = item.finished or known.finished
    return Dates(started, finished)


def _told(dates: Dates) -> Dates:
    missing = [word for word, at in (("started", dates.started), ("finished", dates.finished)) if at is None]
    return replace(dates, why=f"no version tells when it was {' or '.join(missing)}" if missing else "")


@dataclass(frozen=True, slots=True)
class Backfilled:
    """A board with dates filled in: the items that got one, and those that stay open, each with why."""

    board: Board
    filled: tuple[int, ...]
    open: tuple[tuple[int, str], ...]


def backfill(board: Board, dates: Mapping[str, Dates]) -> Backfilled:
    """Fill in the dates that items lack. Only what was worked on has them, and a date that is there stays."""
    filled: list[Item] = []
    left: list[tuple[int, str]] = []
    for item in _worked_on(board.items):
        known = dates.get(item.title, Dates(why="no version has it"))
        new = replace(item, started=item.started or known.started)
        if item.lane is Lane.DONE:
            new = replace(new, finished=item.finished or known.finished)
        new = _in_order(item, new)
        if new != item:
            filled.append(new)
        if new.started is None or (item.lane is Lane.DONE and new.finished is None):
            left.append((item.number, known.why or "its dates contradict each other"))
    return Backfilled(board.having(filled), tuple(item.number for item in filled), tuple(left))


def _worked_on(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.lane in DOING]


def _in_order(item: Item, new: Item) -> Item:
    """Leave out a start that is later than the end: nothing ends before it begins."""
    if new.started and new.finished and new.started.date() > new.finished.date():
        return replace(new, started=item.started, finished=item.finished or new.finished)
    return new
