"""What to look at when nothing goes on any more: who waits, and where."""

import asyncio
import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from traceback import format_exception

SILENCE = 120.0  # seconds without a word; a run says something every five


def stacks(error: BaseException) -> str:
    """Return where an error came from, and where every other task of this loop waits."""
    written = StringIO()
    for task in asyncio.all_tasks():
        task.print_stack(limit=8, file=written)
    return "".join(format_exception(error)) + written.getvalue()


@contextmanager
def noticed() -> Iterator[None]:
    """End the process with the stacks of its threads when `still_alive` is not called for a while.

    For what can't be cancelled: a call that waits in the loop itself, such as one of a database.
    """
    still_alive()
    yield
    faulthandler.cancel_dump_traceback_later()


def still_alive() -> None:
    """Put off the end."""
    faulthandler.dump_traceback_later(SILENCE, exit=True)
