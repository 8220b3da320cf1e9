"""The digest: a look at it now, and when it is to come."""

from collections.abc import Awaitable, Callable

from bot.core import schedule
from bot.errors import BadInput
from bot.services import digests, look
from bot.services.digests import Planned
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import digest as views
from bot.slack.views import words
from bot.slack.views.blocks import when

WORDS = "now | at 09:00 | off | zone Europe/Athens | days mon-fri"


async def digest(desk: Desk, request: Request) -> Reply:
    """Read the second word; without one, say when the digest comes."""
    word, _, rest = request.words.partition(" ")
    if not word:
        sight = await desk.door.call(look.look, request.channel, request.at)
        return planned(Planned(sight.plan, sight.digest_due))
    choice = CHOICES.get(word.lower())
    if choice is None:
        raise BadInput(f"{{word}} is nothing that the digest knows. It knows `{WORDS}`.", word=word)
    return await choice(desk, request, rest)


async def _now(desk: Desk, request: Request, _rest: str) -> Reply:
    reading = await desk.door.call(digests.read, request.channel, request.at)
    blocks = views.digest(reading.digest, has_facts=desk.has_facts)
    return Say(views.spoken(reading.digest), blocks)


async def _at(desk: Desk, request: Request, rest: str) -> Reply:
    return planned(await desk.door.change(digests.set_time, request.ask, schedule.read_time(rest)))


async def _off(desk: Desk, request: Request, _rest: str) -> Reply:
    return planned(await desk.door.change(digests.set_time, request.ask, None))


async def _zone(desk: Desk, request: Request, rest: str) -> Reply:
    return planned(await desk.door.change(digests.set_zone, request.ask, schedule.read_zone(rest)))


async def _days(desk: Desk, request: Request, rest: str) -> Reply:
    return planned(await desk.door.change(digests.set_days, request.ask, schedule.read_days(rest)))


CHOICES: dict[str, Callable[[Desk, Request, str], Awaitable[Reply]]] = {
    "now": _now,
    "at": _at,
    "off": _off,
    "zone": _zone,
    "days": _days,
}


def planned(told: Planned) -> Say:
    """Say when the digest comes, with the next time in the reader's own zone."""
    plan, due = told.plan, told.due
    if plan.at is None:
        text = f"There is no digest. Set its time with `/board digest at 09:00`. The board's zone is {plan.zone}."
        return Say("There is no digest.", words.line(text))
    text = f"The digest comes at {plan.at:%H:%M} ({plan.zone}), {schedule.say_days(plan.days)}."
    return Say(text, words.line(f"{text} The next one: {when(due)}." if due else text))
