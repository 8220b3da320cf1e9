"""The claims of digests: one row for each board and local day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from bot.store import tables
from bot.store.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Claim:
    """A board's digest of a day: when it was due and when it was claimed; the prod facts run for it, once there."""

    board_id: int
    day: date
    due: datetime
    claimed: datetime
    skipped: bool
    run_id: int | None = None


def claim(tx: Connection, wanted: Claim) -> bool:
    """Claim a day. False: it has been claimed already."""
    return insert_new(
        tx,
        tables.digests,
        {
            "board_id": wanted.board_id,
            "day": wanted.day,
            "due": wanted.due,
            "claimed": wanted.claimed,
            "skipped": wanted.skipped,
        },
    )


def get(tx: Connection, board_id: int, day: date) -> Claim:
    """Give the claim of a day."""
    row = tx.execute(
        select(tables.digests).where(tables.digests.c.board_id == board_id, tables.digests.c.day == day)
    ).one()
    return Claim(row.board_id, row.day, row.due, row.claimed, row.skipped, row.run_id)


def before(tx: Connection, board_id: int, day: date) -> Claim | None:
    """Give the last digest that was posted before a day; None: there was none."""
    query = select(tables.digests).where(
        tables.digests.c.board_id == board_id, tables.digests.c.day < day, ~tables.digests.c.skipped
    )
    row = tx.execute(query.order_by(tables.digests.c.day.desc()).limit(1)).one_or_none()
    return None if row is None else Claim(row.board_id, row.day, row.due, row.claimed, row.skipped, row.run_id)


def checked(tx: Connection, claimed: Claim, run_id: int) -> None:
    """Write down which run of prod facts belongs to the digest."""
    key = (tables.digests.c.board_id == claimed.board_id) & (tables.digests.c.day == claimed.day)
    tx.execute(update(tables.digests).where(key).values(run_id=run_id))
