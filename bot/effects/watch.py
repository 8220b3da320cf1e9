"""Prod facts by the clock: which there are now, whose look is due, and of what people are reminded."""

from bot.effects.means import Means
from bot.services import incidents, watching


async def watch(means: Means) -> None:
    """Take note of facts that were listed, added or removed; claim the looks that are due, and what time brings."""
    await take_note(means)
    now = means.clock()
    due = await means.door.call(watching.are_due, means.listed.facts(), now)
    if due:
        await means.door.change(watching.claim_looks, due, now)
        await means.door.call(watching.forget_old, now)
    for channel in await means.door.call(incidents.due, now):
        await means.door.change(incidents.follow_due, channel, now)


async def take_note(means: Means) -> None:
    """Read which facts there are; where that changed, what is known is made to fit."""
    means.listed.added = await means.door.call(watching.added_facts)
    listed = means.listed.facts()
    if listed != means.listed.noted:
        await means.door.change(watching.configure, listed, means.clock())
        means.listed.noted = listed
