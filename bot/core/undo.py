"""Undoing the last change of a board: what may be undone, by whom, and the board as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.board import Board, Item, Lane
from bot.core.history import UNDO, Event, undone_changes
from bot.core.roles import Asker
from bot.core.snapshots import Plain, restored
from bot.errors import NotAllowed, NotFound, RuleBroken

LIMIT = timedelta(minutes=10)  # PRODUCT 1: later, only `reopen`
PLAN = "plan"  # beside item numbers in a step: the board's plan as it was
OWNERS = "owners"
DOCUMENT = "document"  # the one that the board was imported from


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a change, with what it changed: per item number, the fields as they were (None: no such item)."""

    event: Event
    before: Mapping[str, Any]

    @property
    def items(self) -> dict[int, Plain | None]:
        """The items it changed, as they were."""
        return {int(name): was for name, was in self.before.items() if name.isdecimal()}


def last(events: Sequence[Event]) -> int:
    """Name the change that would be undone: the last one that is neither an undo nor undone. Raises NotFound."""
    over = undone_changes(events) | {event.change for event in events if event.verb == UNDO}
    changes = [event.change for event in events if event.change not in over]
    if not changes:
        raise NotFound("There is nothing to undo on this board.")
    return max(changes)


def check(event: Event, asker: Asker, *, is_owner: bool, at: datetime) -> None:
    """Refuse to undo somebody else's change, which is for owners, or one that is older than ten minutes."""
    if at - event.at > LIMIT:
        raise RuleBroken(
            "The last change is older than ten minutes, so it stands. "
            "`/board log` shows it; what is done can be brought back with `/board reopen`."
        )
    is_theirs = asker.person is not None and event.who is not None and asker.person.id == event.who.id
    if is_theirs or is_owner:
        return
    if event.who is None:
        raise NotAllowed("The last change was made on the server. An owner of the board can undo it.")
    raise NotAllowed("The last change is {who}'s. They or an owner of the board can undo it.", who=event.who.name)


def undone(board: Board, steps: Sequence[Step], at: datetime) -> Board:
    """Give the board as it was before the steps of a change. An item that was added is dropped, not deleted."""
    for step in reversed(steps):
        board = board.having(_before(board.item(number), was, at) for number, was in step.items.items())
    return board


def _before(item: Item, was: Plain | None, at: datetime) -> Item:
    if was is None:
        return replace(item, lane=Lane.DROPPED, position=0, blocked=None, finished=at, outcome=None, result="Undone")
    return restored(item, was)
