"""A run of prod facts that goes on when nobody waits for it any more."""

import asyncio
import logging
from collections.abc import Sequence

from bot.core.readings import Run
from bot.effects.means import Means
from bot.facts.kind import Fact

log = logging.getLogger(__name__)

_late: set[asyncio.Task[Run]] = set()  # the loop itself holds its tasks only weakly


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
    if not task.cancelled() and (error := task.exception()):
        log.error("prod facts that came late could not be kept", exc_info=error)
