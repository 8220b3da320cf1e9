"""The digest of a day."""

import asyncio
import logging
from datetime import date, timedelta

from bot.core.readings import Run
from bot.core.schedule import SKIP_AFTER
from bot.effects.late import run_on
from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import morning, owing
from bot.slack.views import aloud
from bot.slack.views import digest as views
from bot.store.digests import Claim

log = logging.getLogger(__name__)

FACTS_BUDGET = timedelta(seconds=45)  # from the claim on; the digest is called late after five minutes


async def pay_digest(means: Means, key: str) -> None:
    """Ask production and post the digest of a claimed day, unless it is too late for it by now. `key`: channel/day."""
    channel, text = key.split("/")
    day = date.fromisoformat(text)
    reading = await means.door.call(morning.read, channel, means.clock(), day)
    if reading.claim and await _is_too_late(means, reading.claim, f"digest:{key}"):
        await means.door.call(morning.skip, reading.claim)
        return
    has_facts = means.has_facts(channel)
    if has_facts and reading.claim and reading.claim.run_id is None:
        run = await _production(means, reading.claim, channel)
        if run is not None:
            await means.door.call(morning.checked, reading.claim, run)
        reading = await means.door.call(morning.read, channel, means.clock(), day)
    blocks = views.digest(reading.digest, has_facts=has_facts, is_posted=True)
    wip = reading.digest.board.wip
    spoken = aloud.spoken(reading.digest, has_facts=has_facts)
    await stand(means, Message(f"digest:{key}", "digest", channel, spoken, blocks, wip.number if wip else None))


async def _is_too_late(means: Means, claim: Claim, key: str) -> bool:
    """Whether Slack was out of reach for so long that a digest would be no digest any more."""
    if means.clock() - claim.due <= SKIP_AFTER:
        return False
    post = await means.door.call(owing.find, key)
    return post is None or post.ts is None


async def _production(means: Means, claim: Claim, channel: str) -> Run | None:
    """Ask production within the budget; None: it did not answer in time.

    Boards that are due together share one run of all facts: the first one asks, and the others wait for its answer, no
    longer. A run that needs longer goes on, and what it finds is kept.
    """
    left = FACTS_BUDGET - (means.clock() - claim.claimed)
    own = [fact.name for fact in means.listed.of(channel)]
    try:
        async with asyncio.timeout(max(0.0, left.total_seconds())), means.asking:
            known = await means.door.call(morning.asked_since, claim.due, own)
            return known or await run_on(means, means.listed.facts())
    except TimeoutError:
        log.warning("production did not answer in time for a digest; it shows the last readings")
    except Exception:
        log.exception("production could not be asked for a digest; it shows the last readings")
    return None
