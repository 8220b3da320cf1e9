"""The gate before a start, on a board that has finished ten thousand items."""

import time
from statistics import median

from bot.core.board.gate import look_alikes
from tests.bench.figures import verdict
from tests.core.board.test_gate import again, finished

MANY = 10_000
TIMES = 5
LIMIT_S = 1.0  # of the three seconds in which Slack wants its answer


async def gate() -> None:
    """Look for finished work that resembles an item which is about to start."""
    past, item, seconds = finished(MANY), again(MANY + 1), []
    for _ in range(TIMES):
        began = time.perf_counter()
        look_alikes(item, past)
        seconds.append(time.perf_counter() - began)
    took = median(seconds)
    print(f"look-alikes among {MANY} DONE     {took:.2f} s   (target < {LIMIT_S}: {verdict(took < LIMIT_S)})")
