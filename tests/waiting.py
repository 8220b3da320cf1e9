"""Waiting for something to become true, with an end to it."""

import asyncio
from collections.abc import Callable


async def until(is_true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fails when it does not within `seconds`."""
    async with asyncio.timeout(seconds):
        while not is_true():  # noqa: ASYNC110  what is waited for tells nobody
            await asyncio.sleep(0.001)
