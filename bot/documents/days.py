"""Days and hours as documents write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

DAY = re.compile(r"(?<![\w.])(?P<day>\d{4}-\d{2}-\d{2})(?!\d)")
MOMENT = r"(?P<day>\d{4}-\d{2}-\d{2})(?:[ T](?P<hour>\d{2}:\d{2})(?::\d{2})?(?:[ ]?(?:UTC|GMT|Z)\b)?)?"
UPDATED = re.compile(
    r"[\W_]*(?:(?:last\s+)?updated(?:\s+on)?|τελευταία ενημέρωση|zuletzt aktualisiert|dernière mise à jour|"
    rf"última actualización)[*_]*\s*:[*_\s]*(?P<moment>{MOMENT})(?P<rest>.*)",
    re.IGNORECASE,
)
STARTS = ("start", "έναρξη", "gestartet", "commencé", "inicio")  # what the day of a start is called begins with one
BRACKET = re.compile(  # the day of an item: (2025-12-20), (Started: 2025-12-20); not (merged 2025-12-20)
    rf"[(\[]\s*(?:(?P<word>start(?:ed)?|έναρξη|gestartet|commencé|inicio|closed|stable|done|completed|finished)(?:\s+on)?\s*:?\s+)?{MOMENT}\s*[)\]]",
    re.IGNORECASE,
)
NOON = time(12, tzinfo=UTC)  # of a day known without its hour


def moment(found: re.Match[str]) -> datetime | None:
    """Give the UTC time of a match of MOMENT; None for a day that is in no calendar."""
    try:
        day = date.fromisoformat(found["day"])
        hour = time.fromisoformat(found["hour"]).replace(tzinfo=UTC) if found["hour"] else NOON
    except ValueError:
        return None
    return datetime.combine(day, hour)


def when(text: str) -> datetime | None:
    """Give the UTC time of a text that is one day, with or without its hour, and nothing else; None for any other."""
    found = re.fullmatch(MOMENT, text.strip())
    return moment(found) if found else None


def shifted(text: str, days: int) -> str:
    """Give the text with every ISO day (2025-12-20) in it moved by whole days; what is no day stays."""
    return DAY.sub(_mover(timedelta(days=days)), text)


def _mover(by: timedelta) -> Callable[[re.Match[str]], str]:
    def moved(found: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(found["day"]) + by).isoformat()
        except (ValueError, OverflowError):
            return found[0]

    return moved
