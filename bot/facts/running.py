"""A look at all the facts together."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from itertools import chain, count

from bot.core.production.judgement import settled
from bot.core.production.readings import Health, Reading, worst
from bot.facts.kind import Fact, Outside
from bot.facts.masking import DETAIL_LIMIT, one_line
from bot.facts.tcp import connect
from bot.facts.web.sessions import Web
from bot.facts.web.unreachable import NoAnswer

AT_ONCE = 20  # facts; enough that the slowest decides the time, few enough for a small server
PAUSES = (0.5, 1.5)  # seconds between tries, the last for all that follow: most hiccups are over by then
REFERENCE_LIMIT = 5.0  # seconds

log = logging.getLogger(__name__)


async def run(
    facts: Sequence[Fact],
    environment: Mapping[str, str],
    *,
    at_once: int = AT_ONCE,
    web: Web | None = None,
    clock: Callable[[], datetime],
    reference: tuple[str, int] | None = None,
    pauses: Sequence[float] = PAUSES,
) -> tuple[Reading, ...]:
    """Look at every fact, at most `at_once` at a time, and give their readings in the order of the facts.

    For `environment` and `clock` see `Outside`; `web` is opened for this run unless it is given. A fact that is red is
    tried again, after `pauses`, as often as it says. Where nobody answered at all, and the `reference` (a host and a
    port that are up whenever we are) does not either, the reading is unknown. A fact that fails, even by a bug of
    ours, is a reading and no exception. No two readings have the same name.
    """
    places = asyncio.Semaphore(at_once)
    async with AsyncExitStack() as stack:
        if web is None:
            web = await stack.enter_async_context(Web())
        outside = Outside(environment, web, clock)
        looks = await asyncio.gather(*(_settle(fact, outside, places, pauses) for fact in facts))
    readings = tuple(_told_apart(tuple(chain.from_iterable(looks))))
    return readings if await _are_online(readings, reference) else tuple(map(_unheard, readings))


async def _settle(
    fact: Fact, outside: Outside, places: asyncio.Semaphore, pauses: Sequence[float]
) -> tuple[Reading, ...]:
    """Try until there is something to say; the last try speaks."""
    tried: list[Health] = []
    while True:
        async with places:
            readings = await _look(fact, outside)
        tried.append(worst(readings))
        if settled(tried, fact.tries):
            return readings
        await asyncio.sleep(pauses[min(len(tried), len(pauses)) - 1] if pauses else 0)


async def _look(fact: Fact, outside: Outside) -> tuple[Reading, ...]:
    try:
        return await fact.look(outside)
    except Exception:
        log.exception("the fact %r broke", fact.name)
        return (Reading(fact.name, fact.kind, Health.UNKNOWN, "something broke on our side"),)


async def _are_online(readings: Sequence[Reading], reference: tuple[str, int] | None) -> bool:
    """Ask the reference, but only when somebody's silence makes it matter."""
    if reference is None or not any(reading.silent for reading in readings):
        return True
    try:
        await connect(*reference, REFERENCE_LIMIT)
    except NoAnswer as reason:
        return not reason.silent
    return True


def _unheard(reading: Reading) -> Reading:
    """Take back what silence seemed to say of production."""
    if not reading.silent:
        return reading
    words = one_line(f"our own connection is down: {reading.detail}", DETAIL_LIMIT)
    return replace(reading, health=Health.UNKNOWN, detail=words)


def _told_apart(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Number the lines that share a name with a fact or with each other, so that each keeps a history of its own."""
    taken = {reading.name for reading in readings if not reading.part_of}
    for reading in readings:
        name = _free(reading.name, taken) if reading.part_of else reading.name
        taken.add(name)
        yield replace(reading, name=name)


def _free(name: str, taken: Iterable[str]) -> str:
    numbered = (f"{name} ({number})" for number in count(2))
    return next(candidate for candidate in chain([name], numbered) if candidate not in taken)
