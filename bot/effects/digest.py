"""The digest of a day."""

from datetime import date

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import digests
from bot.slack.views import digest as views


async def pay_digest(means: Means, key: str) -> None:
    """Ask production and post the digest of a claimed day. `key`: channel/day."""
    channel, text = key.split("/")
    day = date.fromisoformat(text)
    reading = await means.door.call(digests.read, channel, means.clock(), day)
    if means.has_facts and reading.claim and reading.claim.run_id is None:
        run = await means.run_facts()
        await means.door.call(digests.checked, reading.claim, run)
        reading = await means.door.call(digests.read, channel, means.clock(), day)
    blocks = views.digest(reading.digest, has_facts=means.has_facts)
    wip = reading.digest.board.wip
    spoken = views.spoken(reading.digest)
    await stand(means, Message(f"digest:{key}", "digest", channel, spoken, blocks, wip.number if wip else None))
