"""Planning a board's next digest, and the asking for a status note before it."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core import beat
from bot.core.schedule import SKIP_AFTER, Past
from bot.store import boards, digests
from bot.store.boards import Record


def plan_next(tx: Connection, record: Record, after: datetime, now: datetime) -> Record:
    """Plan the first digest after a moment whose day is not over."""
    past = digests.past(tx, record.id, beat.earliest(record.plan, after))
    return boards.set_coming(tx, record, beat.plan_next(record.plan, after, now, past))


def claimed_lately(tx: Connection, record: Record, now: datetime) -> Past:
    """Give what was claimed of the days that matter for what is due now."""
    return digests.past(tx, record.id, beat.earliest(record.plan, now - SKIP_AFTER))
