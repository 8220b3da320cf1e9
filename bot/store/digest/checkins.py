"""Check-ins: one for each person and digest, changed in place, and what of them is still in the way."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from bot.core.digest.checkin import Checkin
from bot.store import tables
from bot.store.board.people import People, known, remember
from bot.store.upsert import insert_or_update


def keep(tx: Connection, board_id: int, day: date, checkin: Checkin) -> None:
    """Keep what somebody answered to the digest of a day, in place of what they had answered."""
    remember(tx, [checkin.who])
    key = {"board_id": board_id, "day": day, "person": checkin.who.id}
    said = {
        "did": checkin.did,
        "next": checkin.next,
        "blockers": checkin.blockers,
        "at": checkin.at,
        "words": checkin.words or None,
        "since": checkin.since,
        "number": checkin.number,
        "gone": checkin.gone,
    }
    insert_or_update(tx, tables.checkins, key | said, tuple(key), said)


def get(tx: Connection, board_id: int, day: date, person: str) -> Checkin | None:
    """Return what somebody answered to the digest of a day; None: nothing yet."""
    row = tx.execute(_of(board_id, day).where(tables.checkins.c.person == person)).one_or_none()
    return _checkin(row, known(tx)) if row is not None else None


def of_day(tx: Connection, board_id: int, day: date) -> tuple[Checkin, ...]:
    """Return all answers to the digest of a day, in the order in which they came."""
    people = known(tx)
    return tuple(_checkin(row, people) for row in tx.execute(_of(board_id, day).order_by(tables.checkins.c.at)))


def latest(tx: Connection, board_id: int, before: date, person: str = "") -> tuple[Checkin, ...]:
    """Return everybody's last answer to a digest before a day, or one person's."""
    of = tables.checkins.c
    wanted = (of.board_id == board_id) & (of.day < before) & ((of.person == person) if person else True)
    last = select(of.person, func.max(of.day).label("day")).where(wanted).group_by(of.person).subquery()
    query = select(tables.checkins).where(of.board_id == board_id)
    query = query.join(last, (of.person == last.c.person) & (of.day == last.c.day))
    people = known(tx)
    return tuple(_checkin(row, people) for row in tx.execute(query.order_by(of.person)))


def end(tx: Connection, board_id: int, person: str, at: datetime) -> None:
    """Note that what somebody said to be in their way is gone."""
    of = tables.checkins.c
    wanted = (of.board_id == board_id) & (of.person == person) & (of.blockers != "") & of.gone.is_(None)
    tx.execute(update(tables.checkins).where(wanted).values(gone=at))


def count_since(tx: Connection, board_id: int, since: datetime) -> int:
    """Count the answers that were given from a moment on."""
    of = tables.checkins.c
    return int(tx.scalars(select(func.count()).where(of.board_id == board_id, of.at >= since)).one())


def _of(board_id: int, day: date) -> Select[Any]:
    return select(tables.checkins).where(tables.checkins.c.board_id == board_id, tables.checkins.c.day == day)


def _checkin(row: Row[Any], people: People) -> Checkin:
    return Checkin(
        people[row.person],
        row.did,
        row.next,
        row.blockers,
        row.at,
        words=row.words or "",
        since=row.since,
        number=row.number,
        gone=row.gone,
    )
