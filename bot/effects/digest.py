"""The digest of a day, the run of prod facts for it, answers in its thread, and asking for a status note."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.digest.nudging import is_away
from bot.core.digest.schedule import SKIP_AFTER
from bot.core.production.readings import Run
from bot.effects import standup
from bot.effects.means import Means
from bot.effects.post import Message, edit, say_once, stand
from bot.errors import Unavailable
from bot.facts.kind import Fact
from bot.services.digest import checkins, content, nudges
from bot.slack.digest import aloud, answers, checkin, message, nudge
from bot.store import posts
from bot.store.digest.digests import Claim

log = logging.getLogger(__name__)

FACTS_BUDGET = timedelta(seconds=45)  # from the claim on; the digest is called late after five minutes

_late: set[asyncio.Task[Run]] = set()  # the loop itself holds its tasks only weakly


async def pay_checkin(means: Means, key: str) -> None:
    """Post an answer that is longer than its line in the digest, or edit it in place. `key`: channel/day/user."""
    channel, day, user = key.split("/")
    place = await means.door.call(checkins.read, channel, date.fromisoformat(day), user)
    name = f"checkin:{key}"
    is_long = place.said is not None and answers.is_long(place.said)
    if is_long or await means.door.query(posts.find, name) is not None:
        spoken, blocks = checkin.spoken(place), checkin.answer(place)
        await stand(means, Message(name, "checkin", channel, spoken, blocks, None, place.thread))


async def pay_nudge(means: Means, key: str) -> None:
    """Ask somebody; or write under the question what was answered. `key`: channel/day/user, and then /answered."""
    channel, day, *who = key.split("/")
    if not who:
        return  # owed by a version that asked one owner a day, half an hour before the digest
    user, *answered = who
    if answered:
        await _tell(means, channel, day, user)
    else:
        await _ask(means, channel, day, user)


async def _ask(means: Means, channel: str, day: str, user: str) -> None:
    """Ask, unless there is nothing to ask any more or they are away."""
    question = await means.door.call(nudges.read, channel, user, means.clock())
    if question is None or is_away(await means.slack.availability(question.owner.id), question.plan, means.clock()):
        return
    room = await means.slack.direct(question.owner.id)
    blocks = nudge.request_note(channel, question)
    key = nudges.key(channel, day, user)
    await say_once(means, Message(key, "nudge", room, nudge.spoken(question), blocks, question.item.number))


async def _tell(means: Means, channel: str, day: str, user: str) -> None:
    """Let the question say what became of it; one that is gone, or was never posted, is left at that."""
    key = nudges.key(channel, day, user)
    post = await means.door.query(posts.find, key)
    if post is None or post.ts is None:
        return
    answer = await means.door.call(nudges.answer, channel, user, post.intent_at, means.clock())
    number = answer.item.number if answer.item else None
    blocks = nudge.answered(channel, answer)
    await edit(means, Message(key, "nudge", post.channel, nudge.spoken_answer(answer), blocks, number), post.ts)


async def pay_digest(means: Means, key: str) -> None:
    """Post the digest of a claimed day, unless it is too late for it by now; or edit it, as answers come.

    Production is asked, and who belongs to the standup, before it is posted. `key`: channel/day.
    """
    channel, text = key.split("/")
    day = date.fromisoformat(text)
    reading = await means.door.call(content.read, channel, means.clock(), day)
    if reading.claim and not await _stands(means, key):
        if means.clock() - reading.claim.due > SKIP_AFTER:  # Slack was out of reach for so long
            await means.door.change(content.skip, reading.claim)
            return
        if reading.digest.has_facts and reading.claim.run_id is None:
            await _check(means, reading.claim, channel)
    await standup.gather(means, channel, day)
    reading = await means.door.call(content.read, channel, means.clock(), day)
    blocks = message.digest(reading.digest, is_posted=True)
    wip = reading.digest.board.wip
    spoken = aloud.spoken(reading.digest)
    await stand(means, Message(f"digest:{key}", "digest", channel, spoken, blocks, wip.number if wip else None))


async def _stands(means: Means, key: str) -> bool:
    post = await means.door.query(posts.find, f"digest:{key}")
    return post is not None and post.ts is not None


async def _check(means: Means, claim: Claim, channel: str) -> None:
    run = await _production(means, claim, channel)
    if run is not None:
        await means.door.change(content.checked, claim, run)


async def _production(means: Means, claim: Claim, channel: str) -> Run | None:
    """Ask production within the budget; None: it did not answer in time.

    Boards that are due together share one run of all facts: the first one asks, and the others wait for its answer, no
    longer. A run that needs longer goes on, and what it finds is kept.
    """
    left = min(FACTS_BUDGET - (means.clock() - claim.claimed), FACTS_BUDGET)  # the clock may be set back meanwhile
    own = [fact.name for fact in means.listed.of(channel)]
    try:
        async with asyncio.timeout(max(0.0, left.total_seconds())), means.asking:
            known = await means.door.call(content.asked_since, claim.due, means.clock(), own)
            return known or await run_on(means, means.listed.facts())
    except TimeoutError:
        log.warning("production did not answer in time for a digest; it shows the last readings")
    except Unavailable:
        raise  # what was found could not be kept, so nothing may be said of it
    except Exception:
        log.exception("production could not be asked for a digest; it shows the last readings")
    return None


async def run_on(means: Means, facts: Sequence[Fact]) -> Run:
    """Run facts. Whoever is cancelled while waiting leaves the run going on, and what it finds is kept all the same."""
    running = asyncio.create_task(means.run_facts(facts))
    try:
        await asyncio.wait({running})
    except asyncio.CancelledError:
        _late.add(running)
        running.add_done_callback(_ended)
        raise
    return running.result()


def _ended(task: asyncio.Task[Run]) -> None:
    _late.discard(task)
    error = None if task.cancelled() else task.exception()
    if error and not isinstance(error, Unavailable):
        log.error("prod facts that came late could not be kept", exc_info=error)
