"""Incidents of boards, the notes of their threads, and maintenance."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.core.production.incidents import Incident, Pause, Window
from bot.core.production.story import Entry, Note, Told
from bot.store import tables
from bot.store.upsert import insert_or_update


def open_of(tx: Connection, board_id: int) -> tuple[Incident, ...]:
    """Return a board's open incidents, oldest first."""
    query = select(tables.incidents).where(tables.incidents.c.board_id == board_id, tables.incidents.c.closed.is_(None))
    return tuple(_incident(tx, row) for row in tx.execute(query.order_by(tables.incidents.c.id)))


def watched(tx: Connection, red_on: Collection[str]) -> tuple[tuple[str, int], ...]:
    """Return the channels and ids of boards that time may let follow: with an open incident, or something red."""
    of = tables.boards.c
    has_open = of.id.in_(select(tables.incident_facts.c.board_id).where(tables.incident_facts.c.is_open))
    query = select(of.channel, of.id).where(of.channel.in_(red_on) | has_open)
    return tuple((row.channel, row.id) for row in tx.execute(query.order_by(of.channel)))


def get(tx: Connection, board_id: int, number: int) -> Incident | None:
    """Return a board's incident; None: it has none of that number."""
    key = (tables.incidents.c.id == number) & (tables.incidents.c.board_id == board_id)
    row = tx.execute(select(tables.incidents).where(key)).one_or_none()
    return None if row is None else _incident(tx, row)


def since(tx: Connection, board_id: int, moment: datetime) -> tuple[Incident, ...]:
    """Return a board's incidents that are open or were after a moment, newest first."""
    ended = tables.incidents.c.closed
    query = select(tables.incidents).where(tables.incidents.c.board_id == board_id, ended.is_(None) | (ended >= moment))
    return tuple(_incident(tx, row) for row in tx.execute(query.order_by(tables.incidents.c.id.desc())))


def keep(tx: Connection, board_id: int, incident: Incident) -> int:
    """Keep an incident, new or changed. Returns its number."""
    values = {
        "opened": incident.opened,
        "closed": incident.closed,
        "reminded": incident.reminded,
        "acknowledged_by": incident.acknowledged_by,
        "snoozed_until": incident.snoozed_until,
    }
    number = incident.id
    if number:
        tx.execute(update(tables.incidents).where(tables.incidents.c.id == number).values(**values))
        tx.execute(delete(tables.incident_facts).where(tables.incident_facts.c.incident_id == number))
    else:
        values |= {"board_id": board_id, "tracked": not _is_tracked(tx, incident.opened)}
        number = tx.scalars(insert(tables.incidents).values(**values).returning(tables.incidents.c.id)).one()
    rows = [
        {
            "incident_id": number,
            "position": k,
            "board_id": board_id,
            "name": name,
            "is_red": name in incident.red,
            "is_open": incident.closed is None,
            "is_gone": name in incident.gone,
            "is_new": name in incident.new,
        }
        for k, name in enumerate(incident.facts)
    ]
    tx.execute(insert(tables.incident_facts), rows)
    return int(number)


def is_tracked(tx: Connection, number: int) -> bool:
    """Return whether the incident is the one that has the GitHub issue for its cause."""
    return bool(tx.scalar(select(tables.incidents.c.tracked).where(tables.incidents.c.id == number)))


def tell(tx: Connection, number: int, notes: Sequence[Note], details: Mapping[str, str]) -> None:
    """Write notes at the end of an incident's thread, with what is wrong now, by fact."""
    last = len(entries(tx, number))
    for k, note in enumerate(notes, last + 1):
        pairs = [[name, details.get(name, "")] for name in note.facts]
        values = {"told": note.told.value, "at": note.at, "who": note.who, "until": note.until, "details": pairs}
        tx.execute(insert(tables.incident_notes).values(incident_id=number, number=k, **values))


def entries(tx: Connection, number: int) -> tuple[Entry, ...]:
    """Return the notes of an incident's thread, oldest first."""
    query = select(tables.incident_notes).where(tables.incident_notes.c.incident_id == number)
    return tuple(_entry(row) for row in tx.execute(query.order_by(tables.incident_notes.c.number)))


def pause_of(tx: Connection, board_id: int) -> Pause | None:
    """Return a board's maintenance, over or not; None: there was none."""
    row = tx.execute(select(tables.pauses).where(tables.pauses.c.board_id == board_id)).one_or_none()
    return None if row is None else Pause(Window(row.start, row.end, frozenset(row.facts)), row.who)


def pause(tx: Connection, board_id: int, wanted: Pause) -> None:
    """Keep a board's maintenance in the place of an earlier one."""
    window = wanted.window
    values = {"start": window.start, "end": window.end, "facts": sorted(window.facts), "who": wanted.who}
    insert_or_update(tx, tables.pauses, {"board_id": board_id, **values}, ("board_id",), values)


def forget(tx: Connection, board_id: Any) -> None:
    """Delete everything about a board's incidents. `board_id`: the number, or a query for it."""
    of_board = select(tables.incidents.c.id).where(tables.incidents.c.board_id == board_id)
    tx.execute(delete(tables.incident_notes).where(tables.incident_notes.c.incident_id.in_(of_board)))
    for table in (tables.incident_facts, tables.incidents, tables.pauses, tables.baselines):
        tx.execute(delete(table).where(table.c.board_id == board_id))


def _is_tracked(tx: Connection, opened: datetime) -> bool:
    """Return whether another board has an incident of the same cause: what is red on several began at one moment."""
    query = select(tables.incidents.c.id).where(tables.incidents.c.opened == opened, tables.incidents.c.tracked)
    return tx.execute(query.limit(1)).first() is not None


def _incident(tx: Connection, row: Row[Any]) -> Incident:
    query = select(tables.incident_facts).where(tables.incident_facts.c.incident_id == row.id)
    facts = list(tx.execute(query.order_by(tables.incident_facts.c.position)))
    return Incident(
        opened=row.opened,
        facts=tuple(fact.name for fact in facts),
        red=frozenset(fact.name for fact in facts if fact.is_red),
        id=row.id,
        gone=frozenset(fact.name for fact in facts if fact.is_gone),
        new=frozenset(fact.name for fact in facts if fact.is_new),
        closed=row.closed,
        reminded=row.reminded,
        acknowledged_by=row.acknowledged_by,
        snoozed_until=row.snoozed_until,
    )


def _entry(row: Row[Any]) -> Entry:
    facts = tuple(name for name, _ in row.details)
    note = Note(Told(row.told), row.at, facts, row.who, row.until)
    return Entry(row.number, note, dict(row.details))
