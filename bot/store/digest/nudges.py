"""Asking for status notes: one claim for each board and local day, and who does not want to be asked."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from bot.core.digest.nudging import Quiet
from bot.store import tables
from bot.store.upsert import insert_new, insert_or_update


def claim(tx: Connection, board_id: int, day: date, now: datetime) -> bool:
    """Claim a day. False: it has been claimed already."""
    return insert_new(tx, tables.nudges, {"board_id": board_id, "day": day, "claimed": now})


def lately(tx: Connection, board_id: int, since: datetime) -> date | None:
    """Return the last day that was claimed since a moment; None: none was."""
    of = tables.nudges.c
    query = select(of.day).where(of.board_id == board_id, of.claimed >= since).order_by(of.day.desc())
    return tx.scalars(query.limit(1)).one_or_none()


def be_quiet(tx: Connection, person: str, until: datetime | None) -> None:
    """Keep that somebody is not to be asked, until a moment or (None) ever."""
    insert_or_update(tx, tables.quiet, {"person": person, "until": until}, ("person",), {"until": until})


def speak_up(tx: Connection, person: str) -> None:
    """Forget that somebody is not to be asked."""
    tx.execute(delete(tables.quiet).where(tables.quiet.c.person == person))


def quiet(tx: Connection, person: str, now: datetime) -> Quiet | None:
    """Return what somebody said who does not want to be asked now; None: they may be asked."""
    row = tx.execute(select(tables.quiet.c.until).where(tables.quiet.c.person == person)).one_or_none()
    said = Quiet(row.until) if row is not None else None
    return said if said and said.holds(now) else None
