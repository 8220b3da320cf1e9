"""An item as plain data and back again: what the history keeps, so that a change can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from bot.core.board import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome, Person

Plain = Mapping[str, Any]


def difference(before: Board, after: Board) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell two boards apart: per item number, the fields that differ, as they were and as they became.

    An item that was not there is None on that side, and whole on the other.
    """
    old = {item.number: _as_plain(item) for item in before.items}
    new = {item.number: _as_plain(item) for item in after.items}
    was: dict[str, Any] = {}
    became: dict[str, Any] = {}
    for number in sorted(old.keys() | new.keys()):
        left, right = old.get(number, {}), new.get(number, {})
        is_new_or_gone = not (left and right)
        names = [name for name in left | right if is_new_or_gone or left[name] != right[name]]
        if names:
            was[str(number)] = {name: left[name] for name in names} if left else None
            became[str(number)] = {name: right[name] for name in names} if right else None
    return was, became


def restored(item: Item, was: Plain) -> Item:
    """Give the item with the fields of a snapshot put back."""
    known = {field.name: getattr(item, field.name) for field in fields(Item)}
    return Item(**known | {name: READ[name](value) if name in READ else value for name, value in was.items()})


def _as_plain(item: Item) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(item).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


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
            text=one["text"],
            state=CriterionState(one["state"]),
            evidence=one["evidence"],
            by=_person(one["by"]),
            at=_moment(one["at"]),
            judged=one.get("judged", False),
        )
        for one in value
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
