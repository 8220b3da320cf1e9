"""`python -m bot …` in a process that is forked where everything is loaded already, with the harness's dials."""

import asyncio
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

from aiohttp import web

from bot.cli.main import run
from bot.cli.program import Program
from bot.effects import heartbeat, pulse
from bot.effects.means import Means
from bot.slack import client
from tests.chaos.dials import Dials

# The heart beats faster here, and is missed sooner, or a run would stand still for a minute each time it stops.
# The token is asked for sooner, too.
BEATS_EVERY, STILL_FOR, ASKED_WITHIN = 1.0, 5.0, 2.0  # seconds


def work(environment: Mapping[str, str], arguments: Sequence[str], folder: Path, pipe: Path) -> None:
    """Run a command of the bot until it ends, and write what it says into the pipe."""
    _end_with_the_harness()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    _speak_into(pipe)
    dials = Dials(folder / "dials")
    if dials.disk_is_full:
        fill_the_disk(os.getpid())
    client.ASKED_WITHIN = ASKED_WITHIN
    heartbeat.EVERY, pulse.STILL_FOR = BEATS_EVERY, STILL_FOR
    heartbeat.tick = partial(_tick, heartbeat.tick, dials)
    setattr(web, "TCPSite", partial(web.TCPSite, host="127.0.0.1"))  # noqa: B010  nobody else is to ask it
    sys.argv = ["onewip", *arguments]
    run(Program(environment, dials.clock))


def fill_the_disk(pid: int, *, is_full: bool = True) -> None:
    """Let a process write no further byte into a file, as on a full disk; or let it write again."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0 if is_full else most, most))


def _end_with_the_harness() -> None:
    """End when the harness does, however it ends: nobody else would end a worker that it left behind."""
    harness = multiprocessing.parent_process()
    assert harness is not None

    def watch() -> None:
        wait([harness.sentinel])
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _speak_into(pipe: Path) -> None:
    writing = os.open(pipe, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(writing, descriptor)
    os.close(writing)


async def _tick(beat: Callable[[Means], Awaitable[None]], dials: Dials, means: Means) -> None:
    while dials.heart_stands:  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # what is waited for tells nobody
    await beat(means)
