"""Asking for status notes: one claim for each board and local day, and who does not want to be asked."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from bot.store import tables
from bot.store.upsert import insert_new, insert_or_update


def claim(tx: Connection, board_id: int, day: date, now: datetime) -> bool:
    """Claim a day. False: it has been claimed already."""
    return insert_new(tx, tables.nudges, {"board_id": board_id, "day": day, "claimed": now})


def be_quiet(tx: Connection, person: str, until: datetime | None) -> None:
    """Keep that somebody is not to be asked, until a moment or (None) ever."""
    insert_or_update(tx, tables.quiet, {"person": person, "until": until}, ("person",), {"until": until})


def speak_up(tx: Connection, person: str) -> None:
    """Forget that somebody is not to be asked."""
    tx.execute(delete(tables.quiet).where(tables.quiet.c.person == person))


def is_quiet(tx: Connection, person: str, now: datetime) -> bool:
    """Tell whether somebody does not want to be asked now."""
    row = tx.execute(select(tables.quiet.c.until).where(tables.quiet.c.person == person)).one_or_none()
    return row is not None and (row.until is None or row.until > now)
