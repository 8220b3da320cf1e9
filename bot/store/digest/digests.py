"""What is planned for each board and due next, and the claims of its digests: one row for each local day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, func, select, union, update
from sqlalchemy.sql.elements import ColumnElement

from bot.core.digest.schedule import Coming, Past, Plan
from bot.store import tables
from bot.store.upsert import insert_new


def columns(plan: Plan) -> dict[str, Any]:
    """Return a plan as columns."""
    return {
        "digest_at": plan.at.strftime("%H:%M") if plan.at else None,
        "digest_days": "".join(str(day) for day in sorted(plan.days)),
        "zone": plan.zone,
        "holidays": plan.holidays or None,
        "days_off": [day.isoformat() for day in sorted(plan.off)],
        "weekly": plan.weekly,
        "standup_also": sorted(plan.also),
        "standup_left_out": sorted(plan.left_out),
    }


def plan(row: Row[Any]) -> Plan:
    """Read a plan from a board's row."""
    return Plan(
        at=time.fromisoformat(row.digest_at) if row.digest_at else None,
        days=frozenset(int(day) for day in row.digest_days),
        zone=row.zone,
        holidays=row.holidays or "",
        off=frozenset(date.fromisoformat(day) for day in row.days_off or ()),
        weekly=bool(row.weekly),
        also=frozenset(row.standup_also or ()),
        left_out=frozenset(row.standup_left_out or ()),
    )


def coming(row: Row[Any]) -> Coming:
    """Read from a board's row what is due next."""
    return Coming(row.digest_due, row.nudge_due, row.digest_planned)


def due(tx: Connection, now: datetime, ahead: datetime) -> tuple[str, ...]:
    """Name the channels whose digest or nudge is due, and those planned later than `ahead`, when clocks went back.

    One query over three indexes, however many boards there are.
    """
    of = tables.boards.c
    is_due = (of.digest_due <= now, of.nudge_due <= now, of.digest_planned > ahead)
    return tuple(tx.scalars(union(*(select(of.channel).where(condition) for condition in is_due))))


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
    """Return the claim of a day."""
    row = tx.execute(
        select(tables.digests).where(tables.digests.c.board_id == board_id, tables.digests.c.day == day)
    ).one()
    return _claim(row)


def before(tx: Connection, board_id: int, day: date) -> Claim | None:
    """Return the last digest that was posted before a day; None: there was none."""
    claims = _latest(tx, board_id, (tables.digests.c.day < day) & ~tables.digests.c.skipped, 1)
    return claims[0] if claims else None


def latest(tx: Connection, board_id: int, count: int) -> tuple[Claim, ...]:
    """Return the last claims, posted or skipped, the newest first."""
    return _latest(tx, board_id, tables.digests.c.day.is_not(None), count)


def past(tx: Connection, board_id: int, since: date) -> Past:
    """Return what was claimed of the days from `since` on."""
    of = tables.digests.c
    rows = tx.execute(select(of.day, of.skipped).where(of.board_id == board_id, of.day >= since)).all()
    return Past(frozenset(row.day for row in rows), frozenset(row.day for row in rows if not row.skipped))


def count_since(tx: Connection, board_id: int, since: datetime) -> int:
    """Count the digests that were posted from a moment on."""
    of = tables.digests.c
    query = select(func.count()).where(of.board_id == board_id, of.claimed >= since, ~of.skipped)
    return int(tx.scalars(query).one())


def checked(tx: Connection, claimed: Claim, run_id: int) -> None:
    """Write down which run of prod facts belongs to the digest."""
    _change(tx, claimed, run_id=run_id)


def skip(tx: Connection, claimed: Claim) -> None:
    """Write down that it could not be posted before it was too late for it."""
    _change(tx, claimed, skipped=True)


def _change(tx: Connection, claimed: Claim, **values: Any) -> None:
    key = (tables.digests.c.board_id == claimed.board_id) & (tables.digests.c.day == claimed.day)
    tx.execute(update(tables.digests).where(key).values(**values))


def _latest(tx: Connection, board_id: int, wanted: ColumnElement[bool], count: int) -> tuple[Claim, ...]:
    query = select(tables.digests).where(tables.digests.c.board_id == board_id, wanted)
    return tuple(_claim(row) for row in tx.execute(query.order_by(tables.digests.c.day.desc()).limit(count)))


def _claim(row: Row[Any]) -> Claim:
    return Claim(row.board_id, row.day, row.due, row.claimed, row.skipped, row.run_id)
