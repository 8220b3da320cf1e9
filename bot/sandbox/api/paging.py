"""Long answers, page by page."""

from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.api.args import Args
from bot.sandbox.wire import Refused

T = TypeVar("T")


def page(items: Sequence[T], args: Args, size: int) -> tuple[Sequence[T], str]:
    """Return one page of `items` and the cursor of the next; a cursor is the number of what was seen."""
    cursor = args.text("cursor", "") or "0"
    if not cursor.isdecimal() or int(cursor) > len(items):
        raise Refused("invalid_cursor")
    start, limit = int(cursor), min(args.number("limit", size), 1000)
    following = start + limit
    return items[start:following], str(following) if following < len(items) else ""
