"""Undoing the last change: what may be undone, by whom, and the items that history keeps as plain data for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.board.history import UNDO, Event, undone_changes
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.core.people import Asker, Person
from bot.errors import NotAllowed, NotFound, RuleBroken

Plain = Mapping[str, Any]

LIMIT = timedelta(minutes=10)  # PRODUCT 1: later, only `reopen`
PLAN = "plan"  # beside item numbers in a step: the board's plan as it was
OWNERS = "owners"
SLOTS = "slots"
FIELDS = tuple(field.name for field in fields(Item))
DOCUMENT = "document"  # the one that the board was imported from


def difference(before: Board, after: Board) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell two boards apart: per item number, the fields that differ, as they were and as they became.

    An item that was not there is None on that side, and whole on the other.
    """
    old = {item.number: item for item in before.items}
    new = {item.number: item for item in after.items}
    was: dict[str, Any] = {}
    became: dict[str, Any] = {}
    for number in sorted(old.keys() | new.keys()):
        if old.get(number) == new.get(number):
            continue
        left, right = _as_plain(old.get(number)), _as_plain(new.get(number))
        is_new_or_gone = not (left and right)
        names = [name for name in left | right if is_new_or_gone or left[name] != right[name]]
        if names:
            was[str(number)] = {name: left[name] for name in names} if left else None
            became[str(number)] = {name: right[name] for name in names} if right else None
    return was, became


def restored(item: Item, was: Plain) -> Item:
    """Return the item with the fields of a snapshot put back."""
    known = {field.name: getattr(item, field.name) for field in fields(Item)}
    return Item(**known | {name: READ[name](value) if name in READ else value for name, value in was.items()})


def _as_plain(item: Item | None) -> dict[str, Any]:
    """Return an item's fields; none for no item. `dataclasses.asdict` copies every value, six times as slowly."""
    return {name: _plain(getattr(item, name)) for name in FIELDS} if item else {}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Person):
        return value.record
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _person(value: Plain | None) -> Person | None:
    return Person(**value) if value else None


def _note(value: Plain | None) -> Note | None:
    return Note(value["text"], _person(value["by"]), _moment(value["at"])) if value else None


def _block(value: Plain | None) -> Block | None:
    if not value:
        return None
    back_on = value["back_on"]
    since = datetime.fromisoformat(value["since"])
    return Block(value["reason"], since, date.fromisoformat(back_on) if back_on else None)


def _dod(value: list[Plain]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            text=entry["text"],
            state=CriterionState(entry["state"]),
            evidence=entry["evidence"],
            by=_person(entry["by"]),
            at=_moment(entry["at"]),
            judged=entry.get("judged", False),
        )
        for entry in value
    )


# How the fields that are more than text and numbers are read back.
READ: dict[str, Callable[[Any], Any]] = {
    "lane": Lane,
    "outcome": lambda value: Outcome(value) if value else None,
    "created": _moment,
    "started": _moment,
    "finished": _moment,
    "owner": _person,
    "finished_by": _person,
    "status": _note,
    "blocked": _block,
    "dod": _dod,
    "links": tuple,
}


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
    """Refuse to undo somebody else's change, which is for owners, or one that is older than ten minutes.

    Raises NotAllowed, RuleBroken.
    """
    if at - event.at > LIMIT:
        raise RuleBroken(
            "The last change is older than ten minutes, so it stands. "
            "`/board log` shows it; what is done can be brought back with `/board reopen`."
        )
    is_theirs = asker.person is not None and event.who is not None and asker.person.id == event.who.id
    if is_theirs or is_owner:
        return
    if event.who is None:
        raise NotAllowed("The last change was made on the server. An owner or an admin of the workspace can undo it.")
    raise NotAllowed("The last change is {who}'s. They or an owner of the board can undo it.", who=event.who.name)


def undone(board: Board, steps: Sequence[Step], at: datetime) -> Board:
    """Return the board as it was before the steps of a change. An item that was added is dropped, not deleted."""
    for step in reversed(steps):
        items = {item.number: item for item in board.items}
        board = board.having(_before(items[number], was, at) for number, was in step.items.items())
    return board


def _before(item: Item, was: Plain | None, at: datetime) -> Item:
    if was is None:
        return replace(item, lane=Lane.DROPPED, position=0, blocked=None, finished=at, outcome=None, result="Undone")
    return restored(item, was)
