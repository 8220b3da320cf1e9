"""The heartbeat: every few seconds, claim what is due: digests, looks at production, reminders."""

import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.effects.means import Means
from bot.effects.watch import watch
from bot.services import digests

log = logging.getLogger(__name__)

EVERY = 5  # seconds; a digest is at most this late


def heartbeat(means: Means) -> AsyncIOScheduler:
    """Give the scheduler that ticks; what is due is decided by the database and claimed there."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    # A late tick is as good as one in time, and several missed ones are one.
    scheduler.add_job(tick, "interval", [means], seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None)
    return scheduler


async def tick(means: Means) -> None:
    """Claim everything that is due; one board that fails does not hold up the others."""
    now = means.clock()  # one for all: they are due together, however long it takes to claim them
    for channel in await means.door.call(digests.due, now):
        try:
            await means.door.change(digests.claim_due, channel, now)
        except Exception:
            log.exception("the digest of %s could not be claimed", channel)
    try:
        await watch(means)
    except Exception:
        log.exception("what is due of prod facts could not be claimed")
