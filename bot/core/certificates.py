"""How long a certificate still lasts, and when to say so."""

from collections.abc import Collection
from datetime import datetime, timedelta

WARN_AT = (30, 14, 7, 3, 1)  # days; PRODUCT 4: once each
SHOWN_FROM = 14  # days; below, readings say it themselves: Let's Encrypt's clients renew at 30


def days_left(until: datetime, now: datetime) -> int:
    """Give the whole days until the end of a certificate; below 0 it has ended."""
    return (until - now) // timedelta(days=1)


def warning_due(days: int, warned: Collection[int]) -> int | None:
    """Give the warning of `WARN_AT` that is due with so many days left; None: none, or it was given.

    `warned` are those given for this very certificate, so that a renewed one starts anew. What was missed while
    nobody looked is not made up for: only the latest warning is due.
    """
    reached = [step for step in WARN_AT if days <= step]
    return reached[-1] if reached and not any(given <= reached[-1] for given in warned) else None
