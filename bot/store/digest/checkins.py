"""Check-ins: one for each person and digest, changed in place."""

from datetime import date

from sqlalchemy import Connection, select

from bot.core.digest.checkin import Checkin
from bot.store import tables
from bot.store.board.people import known, remember
from bot.store.upsert import insert_or_update


def keep(tx: Connection, board_id: int, day: date, checkin: Checkin) -> None:
    """Keep what somebody answered to the digest of a day, in place of what they had answered."""
    remember(tx, [checkin.who])
    key = {"board_id": board_id, "day": day, "person": checkin.who.id}
    said = {"did": checkin.did, "next": checkin.next, "blockers": checkin.blockers, "at": checkin.at}
    insert_or_update(tx, tables.checkins, key | said, tuple(key), said)


def get(tx: Connection, board_id: int, day: date, person: str) -> Checkin | None:
    """Return what somebody answered to the digest of a day; None: nothing yet."""
    columns = tables.checkins.c
    query = select(tables.checkins).where(columns.board_id == board_id, columns.day == day, columns.person == person)
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return Checkin(known(tx)[row.person], row.did, row.next, row.blockers, row.at)
