"""Measuring one thing many times, and saying what came of it."""

import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import median, quantiles

WARM_UP = 10


async def timed(times: int, once: Callable[[], Awaitable[object]]) -> list[float]:
    """Return how long each of `times` runs took, in milliseconds; the first ones warm up and do not count."""
    took = []
    for run in range(times + WARM_UP):
        began = time.perf_counter()
        await once()
        if run >= WARM_UP:
            took.append((time.perf_counter() - began) * 1000)
    return took


def p50_p95(took: Sequence[float]) -> str:
    """Say the median and the 95th percentile."""
    return f"p50 {median(took):.1f} ms, p95 {p95(took):.1f} ms"


def p95(took: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(took, n=20)[-1]


def verdict(is_met: bool) -> str:
    """Say whether a target is met."""
    return "met" if is_met else "MISSED"
