"""How long the bot takes to start and how much memory it needs, beside the import of Bolt alone."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.figures import verdict
from tests.stack import memory_mb, running

TIMES = 5
TARGET = 3.0  # times the import of slack_bolt.async_app
PEAK = "import slack_bolt.async_app, resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"


async def start() -> None:
    """Start the whole sandbox stack on a migrated database until it prints its address."""
    baseline = [_import_bolt() for _ in range(TIMES)]
    starts = []
    with TemporaryDirectory() as folder:
        for _ in range(TIMES + 1):  # the first one migrates and fills the board
            async with running(Path(folder), "-m", "bot", "run", "--sandbox") as stack:
                starts.append((stack.started_in, memory_mb(stack.pid)))
    time_ours, memory_ours = (median(figure) for figure in zip(*starts[1:], strict=True))
    time_bolt, memory_bolt = (median(figure) for figure in zip(*baseline, strict=True))
    ratio = time_ours / time_bolt
    print(
        f"start until ready              {time_ours:.2f} s, {memory_ours:.0f} MB   "
        f"import slack_bolt.async_app: {time_bolt:.2f} s, {memory_bolt:.0f} MB   "
        f"ratio {ratio:.1f}   (target ≤ {TARGET:.0f}: {verdict(ratio <= TARGET)})"
    )


def _import_bolt() -> tuple[float, float]:
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", PEAK], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, float(done.stdout)
