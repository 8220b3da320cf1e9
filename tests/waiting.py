"""Waiting for something to become true, with an end to it."""

import asyncio
from collections.abc import Callable


async def until(is_true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fails when it does not within `seconds`."""
    pause = 0.001
    async with asyncio.timeout(seconds):
        while not is_true():
            await asyncio.sleep(pause)  # what is waited for tells nobody
            pause = min(2 * pause, 0.03)  # who looks all the time takes the processor from those who work
