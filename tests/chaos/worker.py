"""`python -m bot …` in a process that is forked where everything is loaded already, with the harness's dials."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.cli.main import run
from bot.cli.program import Program
from bot.effects import heartbeat, pulse
from bot.effects.means import Means
from tests.chaos.dials import Dials

# The heart beats faster here, and is missed sooner, or a run would stand still for a minute each time it stops.
BEATS_EVERY, STILL_FOR = 1.0, 5.0  # seconds


def work(environment: Mapping[str, str], arguments: Sequence[str], folder: Path, pipe: Path) -> None:
    """Run a command of the bot until it ends, and write what it says into the pipe."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    _speak_into(pipe)
    dials = Dials(folder / "dials")
    heartbeat.EVERY, pulse.STILL_FOR = BEATS_EVERY, STILL_FOR
    heartbeat.tick = partial(_tick, heartbeat.tick, dials)
    setattr(web, "TCPSite", partial(web.TCPSite, host="127.0.0.1"))  # noqa: B010  nobody else is to ask it
    sys.argv = ["onewip", *arguments]
    run(Program(environment, dials.clock))


def _speak_into(pipe: Path) -> None:
    writing = os.open(pipe, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(writing, descriptor)
    os.close(writing)


async def _tick(beat: Callable[[Means], Awaitable[None]], dials: Dials, means: Means) -> None:
    while dials.heart_stands:  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # what is waited for tells nobody
    await beat(means)
