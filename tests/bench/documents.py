"""Documents in and out: reading every sample, writing a board with ten thousand items done, moving a finish."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

from bot.core.board.model import Board, Item, Lane, Outcome
from bot.documents import next7d, state
from tests.bench.figures import verdict
from tests.documents.samples_of import BOARDS, STATES, text_of

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
TIMES = 3
MANY = 10_000
MEGABYTE_S = 2.0  # the issue: a 1 MB document in under two seconds
RATE = 20.0  # documents a second: thirty of them are no wait


async def documents() -> None:
    """Read and write, on one core."""
    boards, states = [text_of(path) for path in BOARDS], [text_of(path) for path in STATES]
    took = _took(lambda: [*(next7d.read(text, NOW) for text in boards), *(state.read(text, NOW) for text in states)])
    count = len(boards) + len(states)
    rate = count / took
    met = verdict(rate >= RATE)
    print(f"import of {count} samples            {rate:.0f} documents/s   (target ≥ {RATE:.0f}: {met})")
    large = boards[-2] * (1024 * 1024 // len(boards[-2].encode()) + 1)
    took = _took(lambda: next7d.read(large, NOW))
    print(f"import of 1 MB                   {took:.2f} s   (target < {MEGABYTE_S}: {verdict(took < MEGABYTE_S)})")
    board = _done(MANY)
    text = next7d.render(board, None, NOW)
    again = board.having([_item(MANY, Lane.WIP)])
    print(f"export of {MANY} DONE, new        {_took(lambda: next7d.render(board, None, NOW)):.2f} s")
    print(f"export of {MANY} DONE, unchanged  {_took(lambda: next7d.render(board, text, NOW)):.2f} s")
    print(f"export of {MANY} DONE, one moved  {_took(lambda: next7d.render(again, text, NOW)):.2f} s")
    finished = _item(1, Lane.DONE)
    took = _took(lambda: [state.finished(text, finished, None, NOW) for text in states])
    print(f"a finish in {len(states)} STATE.md        {took / len(states) * 1000:.0f} ms each")


def _took(deed: Callable[[], object]) -> float:
    """The median seconds of a few runs."""
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        deed()
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def _done(count: int) -> Board:
    return Board(tuple(_item(number, Lane.DONE) for number in range(1, count + 1)), count + 1)


def _item(number: int, lane: Lane) -> Item:
    finished = NOW - timedelta(minutes=number) if lane is Lane.DONE else None
    outcome = Outcome.CLOSED if lane is Lane.DONE else None
    return Item(number, f"Item {number}", NOW, lane, finished=finished, result=f"PR #{number}", outcome=outcome)
