"""The history of a board: one row for each thing that happened, with what it changed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.core.board import Board, Item
from bot.core.history import Event
from bot.store import tables
from bot.store.people import known, remember


def append(tx: Connection, board_id: int, event: Event, before: Board, after: Board) -> None:
    """Write an event with what it changed, enough to undo it."""
    if event.who:
        remember(tx, [event.who])
    was, became = difference(before, after)
    tx.execute(
        insert(tables.events).values(
            board_id=board_id,
            change=event.change,
            verb=event.verb,
            number=event.number,
            who=event.who.id if event.who else None,
            at=event.at,
            before=was,
            after=became,
            note=event.note,
        )
    )


def since(tx: Connection, board_id: int, moment: datetime | None) -> tuple[Event, ...]:
    """Give what happened after a moment, oldest first; None gives all."""
    query = select(tables.events).where(tables.events.c.board_id == board_id).order_by(tables.events.c.id)
    if moment is not None:
        query = query.where(tables.events.c.at > moment)
    people = known(tx)
    return tuple(
        Event(row.change, row.verb, row.number, people.get(row.who), row.at, row.note) for row in tx.execute(query)
    )


def difference(before: Board, after: Board) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell two boards apart: per item number, the fields that differ, as they were and as they became.

    An item that was not there is None on that side, and whole on the other.
    """
    old = {item.number: _as_json(item) for item in before.items}
    new = {item.number: _as_json(item) for item in after.items}
    was: dict[str, Any] = {}
    became: dict[str, Any] = {}
    for number in sorted(old.keys() | new.keys()):
        left, right = old.get(number, {}), new.get(number, {})
        is_new_or_gone = not (left and right)
        fields = [name for name in left | right if is_new_or_gone or left[name] != right[name]]
        if fields:
            was[str(number)] = _only(left, fields)
            became[str(number)] = _only(right, fields)
    return was, became


def _only(item: Mapping[str, Any], fields: list[str]) -> dict[str, Any] | None:
    return {name: item[name] for name in fields} if item else None


def _as_json(item: Item) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(item).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
