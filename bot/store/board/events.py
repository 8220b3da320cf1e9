"""The history of a board: one row for each thing that happened, with what it changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from bot.core.board.history import STILL, Event
from bot.core.board.undo import Plain, Step
from bot.store import tables
from bot.store.board.people import People, known, remember


def append(tx: Connection, board_id: int, event: Event, was: Plain, became: Plain) -> None:
    """Write an event with what it changed, as it was and as it became: enough to undo it."""
    if event.who:
        remember(tx, [event.who])
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
    """Return what happened after a moment, oldest first; None: all."""
    query = _of(board_id)
    if moment is not None:
        query = query.where(tables.events.c.at > moment)
    people = known(tx)
    return tuple(_event(row, people) for row in tx.execute(query))


def who(tx: Connection, channel: str, change: int | None = None) -> str | None:
    """Return the id of who made a change of a channel's board, or its last one; None: a program, or there is none."""
    of = tables.events.c
    query = select(of.who).join(tables.boards, tables.boards.c.id == of.board_id)
    query = query.where(tables.boards.c.channel == channel, of.who.is_not(None))
    if change is not None:
        query = query.where(of.change == change)
    return tx.scalars(query.order_by(of.id.desc()).limit(1)).one_or_none()


def began(tx: Connection, board_id: int) -> datetime | None:
    """Return the moment of the first event; None: nothing has happened yet."""
    return tx.scalars(_of(board_id).with_only_columns(tables.events.c.at).limit(1)).one_or_none()


def last_moved(tx: Connection, board_id: int, number: int | None) -> datetime | None:
    """Return when something last happened to an item; None: to anything on the board. None: nothing did."""
    of = tables.events.c
    is_wanted = of.verb.not_in(STILL) if number is None else of.number == number
    query = select(of.at).where(of.board_id == board_id, is_wanted)
    return tx.scalars(query.order_by(of.change.desc(), of.id.desc()).limit(1)).one_or_none()


def of_item(tx: Connection, board_id: int, number: int | None) -> tuple[Event, ...]:
    """Return what happened to an item, newest first; None: what happened to the whole board."""
    query = select(tables.events).where(tables.events.c.board_id == board_id).order_by(tables.events.c.id.desc())
    if number is not None:
        query = query.where((tables.events.c.number == number) | tables.events.c.number.is_(None))
    people = known(tx)
    return tuple(_event(row, people) for row in tx.execute(query) if number is None or _is_about(row, number))


def _is_about(row: Row[Any], number: int) -> bool:
    """Return whether an event is an item's own, or (an import, an undo) did more to it than shift its place."""
    changed = row.after.get(str(number)) or {}
    return row.number == number or bool(changed.keys() - {"position"})


def steps(tx: Connection, board_id: int, change: int) -> tuple[Step, ...]:
    """Return the events of a change in their order, with what each changed."""
    people = known(tx)
    query = _of(board_id).where(tables.events.c.change == change)
    return tuple(Step(_event(row, people), row.before) for row in tx.execute(query))


def steps_after(tx: Connection, board_id: int, change: int) -> tuple[Step, ...]:
    """Return the events of all later changes in their order, with what each changed."""
    people = known(tx)
    query = _of(board_id).where(tables.events.c.change > change)
    return tuple(Step(_event(row, people), row.before) for row in tx.execute(query))


def _of(board_id: int) -> Select[Any]:
    return select(tables.events).where(tables.events.c.board_id == board_id).order_by(tables.events.c.id)


def _event(row: Row[Any], people: People) -> Event:
    return Event(row.change, row.verb, row.number, people.get(row.who), row.at, row.note)
