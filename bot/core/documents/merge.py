"""A document taken onto a board that may hold items already: nothing is lost, and no limit is broken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from bot.core.board.model import NEXT_LIMIT, Board, Item, Lane, Note, Slots
from bot.core.board.moves import RANK_STEP

# What people see of an item in a document, beside its title and its lane. What is in its comment only (its owner, who
# finished it) is the board's.
SAID = (
    "scope", "dod", "estimate", "priority", "status", "links", "started", "finished", "result", "outcome", "blocked",
    "notes",
)  # fmt: skip
PLACED = (Lane.DONE, Lane.BLOCKED, Lane.WIP, Lane.NEXT, Lane.LATER)  # the order in which moved items find their place


@dataclass(frozen=True, slots=True)
class Merged:
    """The board after an import: the numbers that are new, the ones that were here already, and what to know.

    `lacking`: live items that the document does not have; they stay.
    """

    board: Board
    added: tuple[int, ...]
    matched: tuple[int, ...]
    warnings: tuple[str, ...]
    lacking: tuple[int, ...] = ()


def merge(board: Board, incoming: Board) -> Merged:
    """Add the incoming items whose title is not here yet; those that find no room go to LATER with a warning.

    A dropped item, or one whose import was undone, is no longer here; one that comes as dropped is not put in twice.
    """
    here = {item.title: item.number for item in board.items if item.lane is not Lane.DROPPED}
    ever = {item.title for item in board.items}
    fresh = [i for i in incoming.items if i.title not in (ever if i.lane is Lane.DROPPED else here)]
    matched = tuple(sorted({here[item.title] for item in incoming.items if item.title in here}))
    room = _Room(board)
    placed = [room.take(replace(item, number=number)) for number, item in enumerate(fresh, board.next_number)]
    merged = replace(board.having(placed), next_number=board.next_number + len(placed))
    return Merged(merged, tuple(item.number for item in placed), matched, tuple(room.warnings))


class _Room:
    """The room in a board's lanes, item by item: a board made anew for each would make an import quadratic."""

    def __init__(self, board: Board) -> None:
        self.warnings: list[str] = []
        self._board = board
        self._held = {board.slot_of(item.owner): item for item in board.in_progress}
        self._next = list(board.next)
        self._last = max((item.position for item in board.later), default=0)

    def take(self, item: Item) -> Item:
        """Return the item with its place in its lane; one that finds no room there goes to LATER, with a warning."""
        if item.lane is Lane.WIP:
            return self._take_wip(item)
        if item.lane is Lane.NEXT:
            return self._take_next(item)
        return self._last_of_later(item) if item.lane is Lane.LATER else item

    def make(self, item: Item) -> Item | None:
        """Make room for an item of a file. Return the one that leaves its place for it, with its own in LATER."""
        if item.lane is Lane.WIP and (taken := self._held.pop(self._slot(item), None)) is not None:
            self._warn(taken, "the file has another one in WIP")
            return self._last_of_later(taken)
        if item.lane is Lane.NEXT and len(self._next) == NEXT_LIMIT:
            last = self._next.pop()
            self._warn(last, "the file fills NEXT")
            return self._last_of_later(last)
        return None

    def _take_wip(self, item: Item) -> Item:
        if self._board.slots is Slots.PERSON and item.owner is None:
            self._warn(item, "it has no owner, and each person has one item in progress")
            return self._last_of_later(item)
        holder = self._held.get(self._slot(item))
        if holder is not None:
            whose = "WIP" if self._board.slots is Slots.BOARD else f"the slot of {item.owner and item.owner.name}"
            self._warn(item, f"{whose} is taken by #{holder.number}")
            return self._last_of_later(item)
        self._held[self._slot(item)] = item
        return item

    def _slot(self, item: Item) -> str:
        return self._board.slot_of(item.owner)

    def _take_next(self, item: Item) -> Item:
        if len(self._next) == NEXT_LIMIT:
            self._warn(item, "NEXT is full")
            return self._last_of_later(item)
        self._next.append(replace(item, position=len(self._next) + 1))
        return self._next[-1]

    def _last_of_later(self, item: Item) -> Item:
        self._last += RANK_STEP
        return replace(item, lane=Lane.LATER, position=self._last)

    def _warn(self, item: Item, why: str) -> None:
        self.warnings.append(f"#{item.number} {item.title}: {why}, so it went to LATER")


def take(board: Board, incoming: Board, before: Board, at: datetime) -> Merged:
    """Take what a person changed in a document onto the board.

    `before` is the document as it was written. Where an item differs from that, the board follows the document, field
    by field; where it does not, the board's own word stands. What the document lacks stays on the board, and goes to
    LATER with a warning where its place in WIP or NEXT is taken. `matched` are the items that changed.
    """
    here = {item.title: item for item in board.items if item.lane is not Lane.DROPPED}
    was = {item.title: item for item in before.items}
    changed = [item for item in incoming.items if _differs(item, was.get(item.title))]
    edited = [_edited(here[item.title], item, was.get(item.title)) for item in changed if item.title in here]
    lanes = {item.number: item.lane for item in board.items}
    moved = [item for item in edited if item.lane is not lanes[item.number]]
    result = _without(board, moved).having(item for item in edited if item.lane is lanes[item.number])
    fresh, number = [], board.next_number
    for item in changed:
        if item.title not in here:
            fresh.append(replace(item, number=number))
            number += 1
    result, warnings = _all_placed(replace(result, next_number=number), [*moved, *fresh], at)
    if [item.title for item in incoming.next] != [item.title for item in before.next] or moved:
        result = _next_in_order(result, incoming)
    added = tuple(item.number for item in fresh)
    return Merged(result, added, tuple(item.number for item in edited), tuple(warnings))


def _differs(item: Item, was: Item | None) -> bool:
    return was is None or item.lane is not was.lane or bool(_reworded(item, was))


def _edited(mine: Item, theirs: Item, was: Item | None) -> Item:
    """Return the board's item with the fields that the document changed; without a `was`, those that it fills."""
    names = _reworded(theirs, was) if was else [name for name in SAID if getattr(theirs, name)]
    fields: dict[str, Any] = {name: getattr(theirs, name) for name in names}
    lane = theirs.lane if was is None or theirs.lane is not was.lane else mine.lane
    return replace(mine, lane=lane, **fields)


def _reworded(theirs: Item, was: Item) -> list[str]:
    """Return the fields of which people see something else than before."""
    new, old = _seen(theirs), _seen(was)
    return [name for name in SAID if getattr(new, name) != getattr(old, name)]


def _seen(item: Item) -> Item:
    """Return an item as people see it in a document: days, and words without who said them when.

    The hours and the names are in a comment, which is lost with the line that somebody writes anew.
    """
    return replace(
        item,
        started=_day(item.started),
        finished=_day(item.finished),
        result=item.result if item.lane is Lane.DONE else "",
        status=item.status and Note(item.status.text),
        blocked=item.blocked and replace(item.blocked, since=_day(item.blocked.since) or item.blocked.since),
    )


def _day(at: datetime | None) -> datetime | None:
    return at and datetime.combine(at.astimezone(UTC), time(), UTC)


def _without(board: Board, moved: Sequence[Item]) -> Board:
    numbers = {item.number for item in moved}
    return replace(board, items=tuple(item for item in board.items if item.number not in numbers))


def _all_placed(board: Board, items: Sequence[Item], at: datetime) -> tuple[Board, list[str]]:
    """Return every item its place. A document may put an item where another stands: then that one goes to LATER."""
    room = _Room(board)
    placed: list[Item] = []
    for item in sorted(items, key=lambda item: PLACED.index(item.lane)):
        displaced = room.make(item)
        placed += [displaced] if displaced else []
        placed.append(room.take(_in_lane(item, at)))
    return board.having(placed), room.warnings


def _in_lane(item: Item, at: datetime) -> Item:
    """Return an item with what its lane asks for."""
    if item.lane is Lane.WIP:
        return replace(item, position=0, started=item.started or at)
    if item.lane in (Lane.DONE, Lane.BLOCKED):
        return replace(item, position=0)
    return replace(item, position=0, blocked=None)


def _next_in_order(board: Board, incoming: Board) -> Board:
    """Return NEXT in the document's order; what the document does not have comes last."""
    places = {item.title: place for place, item in enumerate(incoming.next)}
    ordered = sorted(board.next, key=lambda item: (places.get(item.title, NEXT_LIMIT), item.position))
    return board.having(replace(item, position=k) for k, item in enumerate(ordered, 1))
