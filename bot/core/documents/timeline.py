"""What the versions of a document tell of its items: when they were started and finished, and which came and went."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import HISTORY, Board, Item, Lane
from bot.core.documents.sightings import Sighted, paired

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


@dataclass(frozen=True, slots=True)
class Timeline:
    """What all versions tell: dates by every title that an item had, and the items that the newest has no more.

    Those are numbered in the order in which they came; what was done is DONE, and everything else is DROPPED.
    """

    dates: Mapping[str, Dates]
    gone: tuple[Item, ...] = ()


def timeline(versions: Sequence[Version]) -> Timeline:
    """Return what versions tell of the items in them, oldest version first; each of them is an observation.

    An item was started when a version first has it in WIP, and finished when one has it in DONE that had it elsewhere
    before. A day that the document itself gives goes before the time of a version. What was in DONE already when it
    is first seen has no start that could be told; and of a title that stands twice in one version nothing is told.
    """
    sighted: list[Sighted] = []
    for k, version in enumerate(versions):
        titles = Counter(item.title for item in version.board.items)
        once = {item.title: item for item in reversed(version.board.items)}  # of two the first
        for item, known in list(paired(tuple(reversed(once.values())), sighted)):
            if known is None:
                sighted.append(known := Sighted(item, k, k))
                _look(known, item, None, version.at, k)
            else:
                _look(known, item, known.item.lane, version.at, k)
            known.is_doubled |= titles[item.title] > 1
    sighted.sort(key=lambda each: (each.first, each.item.number))
    dates = {title: _told(each) for each in sighted for title in each.titles}
    newest = len(versions) - 1
    gone = (_gone(each, versions) for each in sighted if each.last < newest)
    return Timeline(dates, tuple(replace(item, number=number) for number, item in enumerate(gone, 1)))


def _look(sighted: Sighted, item: Item, before: Lane | None, at: datetime, k: int) -> None:
    """Take in what version `k` says of an item that the version it was last in had in lane `before`."""
    is_older = k == 0 and before is None  # than the first version
    started, finished = item.started or sighted.started, sighted.finished
    if item.lane is Lane.WIP and started is None and not is_older:
        started = at
    if item.lane is Lane.WIP and before is Lane.DONE:
        finished = None  # reopened
    if item.lane is Lane.DONE and before is not Lane.DONE:
        finished = item.finished or (None if is_older else at)
    elif item.lane is Lane.DONE:
        finished = item.finished or sighted.finished
    sighted.started, sighted.finished = started, finished
    sighted.item, sighted.last = item, k
    sighted.titles.add(item.title)


def _gone(sighted: Sighted, versions: Sequence[Version]) -> Item:
    """Return an item that the newest version no longer has: done it stays done, anything else was dropped.

    What was done before the first version was finished by then.
    """
    item = replace(sighted.item, position=0, source=HISTORY)
    if item.lane is Lane.DONE:
        return replace(item, finished=item.finished or sighted.finished or versions[sighted.first].at)
    why = f"Gone from the document; it stood in {item.lane.value.upper()}"
    at = versions[sighted.last + 1].at
    return replace(item, lane=Lane.DROPPED, blocked=None, started=sighted.started, finished=at, result=why)


def _told(sighted: Sighted) -> Dates:
    if sighted.is_doubled:
        return Dates(why="the title stands twice")
    known = (("started", sighted.started), ("finished", sighted.finished))
    missing = [word for word, at in known if at is None]
    why = f"no version tells when it was {' or '.join(missing)}" if missing else ""
    return Dates(sighted.started, sighted.finished, why)


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
