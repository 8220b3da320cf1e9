"""A board's plan for its digest, and what is due next, as columns of its row."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, select, union

from bot.core.beat import Coming
from bot.core.schedule import Plan
from bot.store import tables


def columns(plan: Plan) -> dict[str, Any]:
    """Give a plan as columns."""
    return {
        "digest_at": plan.at.strftime("%H:%M") if plan.at else None,
        "digest_days": "".join(str(day) for day in sorted(plan.days)),
        "zone": plan.zone,
        "holidays": plan.holidays or None,
        "days_off": [day.isoformat() for day in sorted(plan.off)],
        "weekly": plan.weekly,
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
    return tuple(tx.scalars(union(*(select(of.channel).where(one) for one in is_due))))
