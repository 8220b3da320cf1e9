"""What something costs as its input grows: in processor time of this thread, and the least of several runs.

A busy machine makes single runs longer, by its caches, and none shorter.
"""

from collections.abc import Callable
from time import thread_time

ENOUGH = 0.05  # seconds; what is short is run more often than that
LIMIT = 2.5  # between twice, for what looks at everything once, and four times, for what compares each with each
TRIES = 5


def growth(make: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times the cost is of an input of twice the size: the first below LIMIT, or the least of TRIES.

    `make` prepares the work on an input of a size, so that the preparation is not counted.
    """
    small, large = make(size), make(2 * size)
    ratios: list[float] = []
    while len(ratios) < TRIES and not any(ratio < LIMIT for ratio in ratios):
        ratios.append(cost(large) / cost(small))
    return min(ratios)


def growth_up_to(make: Callable[[int], Callable[[], object]], most: int) -> float:
    """Return the same of the smallest input that takes long enough to be measured; 1: none does, up to `most`."""
    size = max(2, most // 16)
    while size < most and _once(make(size)) < ENOUGH:
        size *= 2
    return growth(make, size // 2) if _once(make(size)) >= ENOUGH else 1.0


def _once(work: Callable[[], object]) -> float:
    began = thread_time()
    work()
    return thread_time() - began


def cost(work: Callable[[], object]) -> float:
    """Return the seconds of the shortest run."""
    took: list[float] = []
    while sum(took) < ENOUGH:
        began = thread_time()
        work()
        took.append(thread_time() - began)
    return min(took)
