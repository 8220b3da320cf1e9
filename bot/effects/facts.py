"""Prod facts for somebody who asked."""

from bot.effects.means import Means
from bot.effects.watch import take_note
from bot.errors import NotFound
from bot.services import sheet
from bot.slack.views import facts as views


async def pay_facts(means: Means, key: str) -> None:
    """Ask production and whisper the answer. `key`: channel/user, or channel/user/fact for a single one."""
    channel, user, *name = key.split("/", 2)
    await take_note(means)  # the fact may have been added through another process a moment ago
    try:
        asked = means.listed.of(channel, *name)
    except NotFound:
        return  # removed meanwhile
    run = await means.run_facts(asked)
    found = await means.door.call(sheet.look, channel, means.clock())
    only = frozenset(reading.name for reading in run.counted)
    await means.slack.whisper(channel, user, views.spoken(found), views.sheet(found, only=only, took_ms=run.took_ms))
