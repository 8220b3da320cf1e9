"""The standup around its digest: who belongs to it, and asking for an answer in somebody's morning."""

import asyncio
import logging
from datetime import date, timedelta

from bot.core.digest.nudging import is_away
from bot.core.digest.schedule import Plan
from bot.core.digest.standup import LARGEST, Candidate
from bot.effects.means import Means
from bot.effects.post import Message, NotYet, edit, say_once
from bot.services.digest import standups
from bot.services.digest.standups import Question
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.digest import asking
from bot.store import outbox, posts
from bot.store.outbox import Owed

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)  # after Slack did not say who is there


async def gather(means: Means, channel: str, day: date) -> None:
    """Ask Slack who belongs to the standup of a day, unless it is known. Without an answer the digest does not wait."""
    plan = await means.door.call(standups.ungathered, channel, day)
    if plan is None:
        return
    try:
        candidates = await _candidates(means, channel, plan)
    except SlackRefused as refused:
        log.warning("who belongs to the standup of %s is not known: %s", channel, refused)
    except (SlackBusy, SlackUnreachable) as error:
        log.warning("who belongs to the standup of %s is asked again later: %s", channel, error)
        await means.door.write(outbox.owe, Owed.DIGEST, f"{channel}/{day}", means.clock() + AGAIN)
    else:
        await means.door.change(standups.gather, channel, day, candidates, means.clock())


async def _candidates(means: Means, channel: str, plan: Plan) -> list[Candidate]:
    members = await means.directory.members(channel)
    asked = sorted(plan.also | (members if len(members) <= LARGEST else frozenset()))
    candidates = await asyncio.gather(*(_candidate(means, user) for user in asked))
    return [candidate for candidate in candidates if candidate]


async def _candidate(means: Means, user: str) -> Candidate | None:
    """Ask who somebody is; None: Slack does not know them."""
    try:
        async with means.calling:
            profile = await means.directory.profile_lately(user)
    except SlackRefused as refused:
        if refused.is_of_the_token:
            raise
        log.info("%s does not belong to a standup: %s", user, refused)
        return None
    return Candidate(profile.person, profile.availability, profile.is_bot, profile.is_guest, profile.has_left)


async def pay_ask(means: Means, key: str) -> None:
    """Ask somebody for their answers, or let the question say what became of it. `key`: user/day."""
    user, day = key.split("/")
    name = standups.key(user, day)
    question = await means.door.call(standups.question, user, means.clock())
    post = await means.door.query(posts.find, name)
    if post and post.ts:
        blocks = asking.answered(question)
        await edit(means, Message(name, "ask", post.channel, asking.spoken_answer(question), blocks), post.ts)
    elif await _is_wanted(means, user, question):
        room = await means.slack.direct(user)
        await say_once(means, Message(name, "ask", room, asking.spoken(question), asking.ask(question)))


async def _is_wanted(means: Means, user: str, question: Question) -> bool:
    """Return whether somebody is to be asked now. Raises NotYet while a digest of theirs is on its way."""
    if question.wish.ask_at is None:
        return False
    if question.is_early:
        raise NotYet("the digest is not posted yet")
    if not question.waiting:
        return False
    return not is_away(await means.slack.availability(user), question.waiting[0].plan, means.clock())
