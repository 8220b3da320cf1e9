"""The post of a finish, and the prod facts at an item's start and after its finish."""

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import finishes, production
from bot.slack.views import finish as views


async def pay_finish(means: Means, key: str) -> None:
    """Post a finish, or edit its post as its steps complete. `key`: channel/change."""
    channel, change = key.split("/")
    ledger = await means.door.call(finishes.read, channel, int(change))
    blocks = views.post(ledger, means.clock())
    await stand(means, Message(f"finish:{key}", "finish", channel, views.spoken(ledger), blocks, ledger.item.number))


async def pay_check(means: Means, key: str) -> None:
    """Ask production after a finish, and write the answer into it. `key`: channel/change."""
    channel, change = key.split("/")
    run = await means.run_facts(means.listed.of(channel))
    await means.door.change(production.checked_after_finish, channel, int(change), run)


async def pay_baseline(means: Means, key: str) -> None:
    """Ask production at an item's start, so that its finish can be compared. `key`: channel/item."""
    channel, number = key.split("/")
    facts = means.listed.of(channel)
    if facts:
        run = await means.run_facts(facts)
        await means.door.call(production.checked_at_start, channel, int(number), run)
