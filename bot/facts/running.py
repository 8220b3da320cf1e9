"""A look at all the facts together."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from bot.core.readings import Health, Reading
from bot.facts.kind import Fact

AT_ONCE = 20  # facts; enough that the slowest decides the time, few enough for a small server

log = logging.getLogger(__name__)


async def run(facts: Sequence[Fact], environment: Mapping[str, str], *, at_once: int = AT_ONCE) -> tuple[Reading, ...]:
    """Look at every fact, at most `at_once` at a time, and give their readings in the order of the facts.

    `environment` is the bot's own (see `Fact.look`). A fact that fails, even by a bug of ours, is a reading and no
    exception. No two readings have the same name.
    """
    places = asyncio.Semaphore(at_once)

    async def look(fact: Fact) -> tuple[Reading, ...]:
        async with places:
            return await _look(fact, environment)

    found = await asyncio.gather(*map(look, facts))
    return tuple(_told_apart(tuple(chain.from_iterable(found))))


async def _look(fact: Fact, environment: Mapping[str, str]) -> tuple[Reading, ...]:
    try:
        return await fact.look(environment)
    except Exception:
        log.exception("the fact %r broke", fact.name)
        return (Reading(fact.name, fact.kind, Health.UNKNOWN, "something broke on our side"),)


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
