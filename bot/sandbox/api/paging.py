"""Long answers, page by page."""

from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.api.args import Args
from bot.sandbox.wire import Refused

T = TypeVar("T")

# docs.slack.dev/reference/methods/conversations.list: `limit` is "under 1000" today, and was "no larger than 1000" for
# years: clients that ask for exactly that many are let through.
_MOST = 1000


def page(items: Sequence[T], args: Args, size: int) -> tuple[Sequence[T], str]:
    """Return one page of `items`, `size` of them unless asked otherwise, and the cursor of the next.

    A cursor is the number of what was seen. Refuses with `invalid_cursor`, or with `invalid_limit` above 1,000.
    """
    cursor = args.text("cursor", "") or "0"
    if not cursor.isdecimal() or int(cursor) > len(items):
        raise Refused("invalid_cursor")
    start, limit = int(cursor), args.number("limit", size)
    if limit > _MOST:
        raise Refused("invalid_limit")
    following = start + limit
    return items[start:following], str(following) if following < len(items) else ""
