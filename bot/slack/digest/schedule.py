"""The digest: a look at it now, and when it is to come."""

from collections.abc import Awaitable, Callable

from bot.core import times
from bot.core.digest import holidays
from bot.errors import BadInput, Offer
from bot.services.board import look
from bot.services.digest import content, schedule
from bot.services.digest.schedule import Planned
from bot.slack.command import Desk, Reply, Say
from bot.slack.digest import aloud
from bot.slack.digest import message as views
from bot.slack.digest import settings as plans
from bot.slack.layout.blocks import context
from bot.slack.request import Request

WORDS = (
    "at 09:00 | on | off | now | preview | zone Europe/Athens | days mon-fri | days off 2026-12-24 | "
    "holidays GR | weekly on"
)
PREVIEW = "A preview that only you see; it does not count as today's digest."
SWITCH = {"on": True, "off": False}


async def digest(desk: Desk, request: Request) -> Reply:
    """Read the second word; without one, say when the digest comes. `digest 9am` is `digest at 9am`.

    Raises BadInput.
    """
    word, _, rest = request.words.partition(" ")
    if not word:
        sight = await desk.door.call(look.look, request.channel, request.at)
        return planned(Planned(sight.plan, sight.digest_due), request)
    choice = CHOICES.get(word.lower())
    if choice is not None:
        return await choice(desk, request, rest)
    if word[0].isdecimal():
        return await _at(desk, request, request.words)
    raise BadInput(f"{{word}} is nothing that the digest knows. It knows `{WORDS}`.", word=word)


async def _now(desk: Desk, request: Request, _rest: str) -> Reply:
    reading = await desk.door.call(content.read, request.channel, request.at)
    text = aloud.spoken(reading.digest)
    return Say(f"{PREVIEW} {text}", [context(PREVIEW), *views.digest(reading.digest)])


async def _at(desk: Desk, request: Request, rest: str) -> Reply:
    if rest.strip().lower() == "off":
        return await _off(desk, request, "")
    return planned(await desk.door.change(schedule.set_time, request.ask, times.read_time(rest)), request)


async def _on(desk: Desk, request: Request, rest: str) -> Reply:
    """Switch it on again, at nine unless it is on already or a time is given."""
    if rest:
        return await _at(desk, request, rest)
    sight = await desk.door.call(look.look, request.channel, request.at)
    at = sight.plan.at or plans.USUAL
    return planned(await desk.door.change(schedule.set_time, request.ask, at), request)


async def _off(desk: Desk, request: Request, _rest: str) -> Reply:
    return planned(await desk.door.change(schedule.set_time, request.ask, None), request)


async def _zone(desk: Desk, request: Request, rest: str) -> Reply:
    return planned(await desk.door.change(schedule.set_zone, request.ask, times.read_zone(rest)), request)


async def _days(desk: Desk, request: Request, rest: str) -> Reply:
    """Set the weekdays; `days off 2026-12-24` sets dates without a digest."""
    word, _, dates = rest.partition(" ")
    if word.lower() == "off":
        if not dates:
            raise BadInput("Which days? Write dates, for example `/board digest days off 2026-12-24`, or `none`.")
        off = times.read_days_off("" if dates.strip().lower() == "none" else dates)
        return planned(await desk.door.change(schedule.set_days_off, request.ask, off), request)
    return planned(await desk.door.change(schedule.set_days, request.ask, times.read_days(rest)), request)


async def _holidays(desk: Desk, request: Request, rest: str) -> Reply:
    if not rest:
        raise BadInput("Whose holidays? Write a country, for example `/board digest holidays GR`, or `none`.")
    return planned(await desk.door.change(schedule.set_holidays, request.ask, holidays.read_place(rest)), request)


async def _weekly(desk: Desk, request: Request, rest: str) -> Reply:
    wanted = SWITCH.get(rest.strip().lower())
    if wanted is None:
        ways = (Offer("digest", f"weekly {word}", f"Turn the week's summary {word}") for word in SWITCH)
        raise BadInput("Write `/board digest weekly on` or `/board digest weekly off`.", offers=tuple(ways))
    return planned(await desk.door.change(schedule.set_weekly, request.ask, weekly=wanted), request)


CHOICES: dict[str, Callable[[Desk, Request, str], Awaitable[Reply]]] = {
    "now": _now,
    "preview": _now,
    "at": _at,
    "on": _on,
    "off": _off,
    "zone": _zone,
    "days": _days,
    "holidays": _holidays,
    "weekly": _weekly,
}


def planned(plan: Planned, request: Request) -> Say:
    """Say when the digest comes, with the next time in the reader's own zone."""
    return Say(plans.spoken(plan), plans.when_it_comes(plan, request.zone))
