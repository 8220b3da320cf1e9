"""Prod facts that take 100 ms each, beside curl asking one after another as the original script did."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bot.core.production.readings import Health, Reading
from bot.facts.http import Http
from bot.facts.running import AT_ONCE, run
from bot.facts.web.fetching import BODY_LIMIT
from tests.bench.figures import verdict
from tests.stack import memory_mb

FEW, MANY = 5, 200
TIMES = 5
FETCHES = 3  # of each page: the original asked anew for the status, the time and the text
SPEEDUP = 10.0
OVERHEAD = 1.3  # times the slowest check
MEMORY_MB = 2 * BODY_LIMIT / 1024 / 1024  # for each page at once: what was read, and once more on its way


async def facts() -> None:
    """Five checks beside curl, two hundred beside the slowest of them, and two hundred pages without an end."""
    async with _site() as address:
        few = [await _took(f"{address}/late", FEW, AT_ONCE) for _ in range(TIMES)]
        many = [await _took(f"{address}/late", MANY, MANY) for _ in range(TIMES)]
        ours, curl = median(seconds for seconds, _ in few), _by_curl(f"{address}/late", FEW * FETCHES)
        ratio = curl / ours
        print(
            f"5 facts of 100 ms              {ours * 1000:.0f} ms   curl: {curl * 1000:.0f} ms   "
            f"ratio {ratio:.1f}   (target ≥ {SPEEDUP:.0f}: {verdict(ratio >= SPEEDUP)})"
        )
        overhead = median(seconds * 1000 / max(r.latency_ms or 0 for r in found) for seconds, found in many)
        total = median(seconds for seconds, _ in many)
        print(
            f"200 facts of 100 ms            {total * 1000:.0f} ms   {overhead:.2f} × the slowest   "
            f"(target ≤ {OVERHEAD}: {verdict(overhead <= OVERHEAD)})"
        )
        await _endless(f"{address}/endless")


async def _endless(url: str) -> None:
    """Read without an end, with the cap of every day and without one."""
    for at_once in (AT_ONCE, MANY):
        before = reset_peak()
        await _took(url, MANY, at_once, contains="never there")
        grown = peak_mb() - before
        print(
            f"200 endless pages, {at_once:3} at once   {grown:.0f} MB more   "
            f"(target ≤ {MEMORY_MB * at_once:.0f}: {verdict(grown <= MEMORY_MB * at_once)})"
        )


async def _took(url: str, count: int, at_once: int, **keys: object) -> tuple[float, Sequence[Reading]]:
    keys = {"kind": "http", "url": url, "allow_private": True, "timeout": 60, **keys}
    listed = [Http.model_validate({"name": f"Fact {number}", **keys}) for number in range(count)]
    began = time.perf_counter()
    found = await run(listed, {}, at_once=at_once, clock=lambda: datetime.now(UTC))
    took = time.perf_counter() - began
    assert all(reading.health is not Health.RED for reading in found), found
    return took, found


def reset_peak() -> float:
    """Make the present memory of this process its peak, as proc(5) says, and give it in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory_mb(os.getpid())


def peak_mb() -> float:
    """Return the most memory this process has held since `reset_peak`, in MB."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _by_curl(url: str, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        subprocess.run(["curl", "--silent", "--output", os.devnull, url], check=True)
    return time.perf_counter() - began


@asynccontextmanager
async def _site() -> AsyncIterator[str]:
    """Run the site in a process of its own, so that only what the facts need is measured."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.slow_site", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()
