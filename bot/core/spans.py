"""How long, as people write it and read it: `2h`, `90 min`, `1 day`."""

import re
from datetime import timedelta

from bot.errors import BadInput

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
SPAN = re.compile(r"(\d{1,4})\s*(m|min|mins|minutes?|h|hours?|d|days?)\b\.?", re.IGNORECASE)


def read_span(text: str, longest: timedelta) -> tuple[timedelta, str]:
    """Read the span in front of a text. Gives it and the words behind it. Raises BadInput."""
    found = SPAN.match(text.strip())
    if found is None:
        what = "{text} is no length of time." if text.strip() else "How long?"
        raise BadInput(f"{what} Write `30m`, `2h` or `1d`.", text=text.strip())
    span = timedelta(**{UNITS[found[2][0].lower()]: int(found[1])})
    if not timedelta() < span <= longest:
        raise BadInput(f"{{text}} is too long or too short; {say_span(longest)} is the most.", text=found[0])
    return span, text.strip()[found.end() :].strip()


def say_span(span: timedelta) -> str:
    """Write a span in its two largest units: `12 min`, `3 h 20 min`, `2 days 4 h`."""
    minutes = max(0, span // timedelta(minutes=1))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{minutes} min"
