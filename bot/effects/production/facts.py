"""Prod facts by the clock and on demand: their answers, warnings, incidents and the report."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.documents import prod_facts
from bot.effects.board import board_key
from bot.effects.means import Means
from bot.effects.post import Message, NotYet, say, stand
from bot.errors import NotFound
from bot.places import beneath
from bot.services.production import incidents, runs, sheet, watching
from bot.slack.asked.awaited import Place
from bot.slack.client import SlackRefused
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, belonging
from bot.slack.production import incident, readings
from bot.store import posts


async def pay_incident(means: Means, key: str) -> None:
    """Post an incident or edit its message, then say in its thread what happened since. `key`: channel/incident."""
    channel, number = key.split("/")
    sight = await means.door.call(incidents.read, channel, int(number), means.clock())
    own = f"incident:{key}"
    await stand(means, Message(own, "incident", channel, incident.spoken(sight), incident.message(sight)))
    thread = await means.door.query(posts.where, own)
    for entry in sight.entries:
        text, blocks = incident.note(sight.incident, entry)
        await say(means, Message(f"{own}/{entry.number}", "incident_note", channel, text, blocks, thread=thread))


async def pay_look(means: Means, key: str) -> None:
    """Ask production for what was claimed. `key`: the moment of the claim."""
    claimed = await means.door.call(watching.claimed, datetime.fromisoformat(key))
    facts = [fact for fact in means.listed.facts() if fact.name in claimed]
    if facts:
        await means.run_facts(facts, quietly=True)


async def pay_expiry(means: Means, key: str) -> None:
    """Say in the thread of the board's message that a certificate ends soon. `key`: channel/days/fact."""
    channel, days, name = key.split("/", 2)
    board = await means.door.query(posts.find, board_key(channel))
    if board is None or board.ts is None:
        raise NotYet(f"the board message of {channel} is not posted yet")
    text, blocks = readings.certificate(name, int(days))
    await say(means, Message(f"expiry:{key}", "expiry", channel, text, blocks, thread=board.ts))


async def pay_report(means: Means, _key: str) -> None:
    """Write the report, whole or not at all. Raises PlaceFailed."""
    if means.report is None:
        return
    now = means.clock()
    run = await means.door.call(runs.latest, None, now)
    await asyncio.to_thread(_write, means.report, prod_facts.report(run, now))


def _write(file: Path, text: str) -> None:
    """Put the new report in the place of the old one, so that nobody reads half of it."""
    before = beneath.content(file.parent, file.name)
    beneath.put(file.parent, file.name, before, text.encode())


async def watch(means: Means) -> None:
    """Take note of facts that were listed, added or removed; claim the looks that are due, and what time brings."""
    await take_note(means)
    now = means.clock()
    due = await means.door.call(watching.are_due, means.listed.facts(), now)
    if due:
        await means.door.change(watching.claim_looks, due, now)
        await means.door.change(watching.forget_old, now)
    for channel in await means.door.call(incidents.due, now):
        await means.door.change(incidents.follow_due, channel, now)


async def take_note(means: Means) -> None:
    """Read which facts there are; where that changed, what is known is made to fit."""
    means.listed.added = await means.door.call(watching.added_facts)
    listed = means.listed.facts()
    if listed != means.listed.noted:
        await means.door.change(watching.configure, listed, means.clock())
        means.listed.noted = listed


async def pay_facts(means: Means, key: str) -> None:
    """Ask production and tell whoever asked. `key`: channel/user, or channel/user/fact for a single one."""
    channel, _, *name = key.split("/", 2)
    await take_note(means)  # the fact may have been added through another process a moment ago
    try:
        asked = means.listed.of(channel, *name)
    except NotFound as gone:
        await _told(means, key, str(gone), words.refusal(gone))  # removed meanwhile
        return
    run = await means.run_facts(asked)
    known = await means.door.call(sheet.look, channel, means.clock())
    only = frozenset(reading.name for reading in run.counted)
    blocks, plain = (
        readings.sheet(known, only=only, took_ms=run.took_ms, has_chart=has_chart) for has_chart in (True, False)
    )
    await _told(means, key, readings.spoken(known), blocks, plain)


async def _told(
    means: Means, key: str, text: str, blocks: Sequence[Block], in_dialog: Sequence[Block] | None = None
) -> None:
    """Put an answer where it is waited for; else say it in the channel, for whoever asked. `key`: channel/user/fact.

    `in_dialog`: the blocks for a dialog, which takes no charts.
    """
    channel, user, *_ = key.split("/", 2)
    places = await means.awaited.take(key)
    shown = [await _is_shown(means, place, text, blocks, in_dialog or blocks) for place in places]
    if not any(shown):
        await means.slack.whisper(channel, user, text, blocks)


async def _is_shown(means: Means, place: Place, text: str, blocks: Sequence[Block], in_dialog: Sequence[Block]) -> bool:
    """Show an answer in its place. False: that is gone, closed or too old."""
    try:
        if place.view_id:
            view = words.notice(place.channel, in_dialog, elsewhere=place.elsewhere)
            await means.slack.change(place.view_id, view)
        else:
            own = belonging(blocks, place.channel) if place.elsewhere else blocks
            await means.slack.answer(place.response_url, text, own, replace=True)
    except SlackRefused:
        return False
    return True
