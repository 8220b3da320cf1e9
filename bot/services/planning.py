"""Planning a board's next digest, and the asking for a status note before it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection

from bot.core import beat
from bot.core.schedule import SKIP_AFTER
from bot.store import boards, digests
from bot.store.boards import Record


def plan_next(tx: Connection, record: Record, after: datetime, now: datetime) -> Record:
    """Plan the first digest after a moment that was not claimed yet."""
    claimed = digests.claimed_days(tx, record.id, beat.earliest(record.plan, after))
    return boards.set_coming(tx, record, beat.plan_next(record.plan, after, now, claimed))


def claimed_lately(tx: Connection, record: Record, now: datetime) -> Collection[date]:
    """Give the days whose claims matter for what is due now."""
    return digests.claimed_days(tx, record.id, beat.earliest(record.plan, now - SKIP_AFTER))
