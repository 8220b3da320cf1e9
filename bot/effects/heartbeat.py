"""The heartbeat: every few seconds, claim what is due: digests, questions, looks at production, reminders."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.effects.means import Means
from bot.effects.production.facts import watch
from bot.errors import Unavailable
from bot.services.digest import schedule, standups
from bot.store import outbox, requests

log = logging.getLogger(__name__)

EVERY = 5.0  # seconds; a digest is at most this late
TOGETHER = 20  # boards whose digests are claimed in one transaction, which keeps nobody waiting for long


async def beat_on(means: Means) -> None:
    """Beat until it is cancelled. It sleeps for seconds and never until a moment, for the clock may be set back."""
    while True:
        try:
            await tick(means)
            means.pulse.beat()
        except Exception:
            log.exception("what is due could not be claimed; trying again")
        await asyncio.sleep(until_the_dot(means.clock(), EVERY))


def until_the_dot(now: datetime, every: float) -> float:
    """Return the seconds until the next of the beats that fall on every full minute, when digests are due."""
    step = timedelta(seconds=every)
    return (step - (now - datetime.min.replace(tzinfo=now.tzinfo)) % step).total_seconds()


async def tick(means: Means) -> None:
    """Claim everything that is due. A database that can't is left alone until the next time; the door has said so."""
    with contextlib.suppress(Unavailable):
        now = means.clock()  # one for all: they are due together, however long it takes to claim them
        await _claim_digests(means, now)
        await _claim_questions(means, now)
        await watch(means)
        if await means.door.query(requests.are_stale, now):
            await means.door.write(requests.forget, now)


async def _claim_digests(means: Means, now: datetime) -> None:
    if await means.door.query(outbox.is_misdated, now):
        await means.door.write(outbox.set_right, now)
    due = await means.door.call(schedule.due, now)
    for first in range(0, len(due), TOGETHER):
        await _claim(means, due[first : first + TOGETHER], now)


async def _claim_questions(means: Means, now: datetime) -> None:
    """Owe their question to those whose morning it is, and who want one."""
    due = await means.door.call(standups.due, now)
    if due:
        await means.door.change(standups.claim, due, now)


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
