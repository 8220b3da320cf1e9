"""The heartbeat: every few seconds, claim what is due: digests, looks at production, reminders."""

import contextlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.effects.means import Means
from bot.effects.production.facts import watch
from bot.errors import Unavailable
from bot.services.digest import schedule

log = logging.getLogger(__name__)

EVERY = 5  # seconds; a digest is at most this late
ON_THE_DOT = datetime(2000, 1, 1, tzinfo=UTC)  # a tick falls on it, and so on every full minute, when digests are due
TOGETHER = 20  # boards whose digests are claimed in one transaction, which keeps nobody waiting for long


def heartbeat(means: Means) -> AsyncIOScheduler:
    """Return the scheduler that ticks; what is due is decided by the database and claimed there."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    # A late tick is as good as one in time, and several missed ones are one.
    once_each = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(tick, "interval", [means], seconds=EVERY, start_date=ON_THE_DOT, **once_each)
    return scheduler


async def tick(means: Means) -> None:
    """Claim everything that is due. A database that can't is left alone until the next time; the door has said so."""
    with contextlib.suppress(Unavailable):
        await _claim_all(means)
    try:
        await watch(means)
    except Unavailable:
        pass
    except Exception:
        log.exception("what is due of prod facts could not be claimed")


async def _claim_all(means: Means) -> None:
    now = means.clock()  # one for all: they are due together, however long it takes to claim them
    due = await means.door.call(schedule.due, now)
    for first in range(0, len(due), TOGETHER):
        await _claim(means, due[first : first + TOGETHER], now)


async def _claim(means: Means, channels: Sequence[str], now: datetime) -> None:
    """Claim what is due for some boards together, or each alone: one that fails does not hold up the others."""
    try:
        await means.door.change(schedule.claim_all, channels, now)
    except Unavailable:
        raise
    except Exception:
        for channel in channels:
            await _claim_alone(means, channel, now)


async def _claim_alone(means: Means, channel: str, now: datetime) -> None:
    try:
        await means.door.change(schedule.claim_due, channel, now)
    except Unavailable:
        raise
    except Exception:
        log.exception("the digest of %s could not be claimed", channel)
