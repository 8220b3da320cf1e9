"""Days and hours as documents write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

DAY = re.compile(r"(?<![\w.])(?P<day>\d{4}-\d{2}-\d{2})(?!\d)")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
FORMS = {  # how a day is written; 3/4/2026 is none, for it means two days, and neither is one without its year
    r"\d{4}-\d{2}-\d{2}": "%Y-%m-%d",
    r"\d{4}/\d{2}/\d{2}": "%Y/%m/%d",
    r"\d{1,2}\.\d{1,2}\.\d{4}": "%d.%m.%Y",
    r"(?:1[3-9]|2\d|3[01])/\d{1,2}/\d{4}": "%d/%m/%Y",
    rf"(?:{MONTHS}) \d{{1,2}}, \d{{4}}": "%b %d, %Y",
    rf"\d{{1,2}} (?:{MONTHS}) \d{{4}}": "%d %b %Y",
}
ANY = "|".join(FORMS)
HOUR = r"(?:[ T](?P<hour>\d{2}:\d{2})(?::\d{2})?(?:[ ]?(?:UTC|GMT|Z)\b)?)?"
MOMENT = rf"(?P<day>(?<![\w.])(?:{ANY})(?!\d)){HOUR}"
UPDATED = re.compile(
    r"[\W_]*(?:(?:last\s+)?updated(?:\s+on)?|τελευταία ενημέρωση|zuletzt aktualisiert|dernière mise à jour|"
    rf"última actualización)[*_]*\s*:[*_\s]*(?P<moment>{MOMENT})(?P<rest>.*)",
    re.IGNORECASE,
)
STARTS = ("start", "since", "seit", "έναρξη", "gestartet", "commencé", "inicio")  # as the day of a start may be called
WORD = rf"start(?:ed)?|{'|'.join(STARTS[1:])}|closed|stable|done|completed|finished"
BRACKET = re.compile(  # the day of an item: (2025-12-20), (Started: 2025-12-20); not (merged 2025-12-20)
    rf"[(\[]\s*(?:(?P<word>{WORD})(?:\s+on)?\s*:?\s+)?{MOMENT}\s*[)\]]",
    re.IGNORECASE,
)
NOON = time(12, tzinfo=UTC)  # of a day known without its hour


def moment(match: re.Match[str]) -> datetime | None:
    """Return the UTC time of a match of MOMENT; None for a day that is in no calendar."""
    try:
        day = _day(match["day"])
        hour = time.fromisoformat(match["hour"]).replace(tzinfo=UTC) if match["hour"] else NOON
    except ValueError:
        return None
    return datetime.combine(day, hour)


def _day(written: str) -> date:
    if written[4:5] == "-":  # nearly all are, and this is five times as fast
        return date.fromisoformat(written)
    return datetime.strptime(written, _form(written)).replace(tzinfo=UTC).date()


def days_in(text: str) -> list[datetime]:
    """Return the days that a text names, in its order."""
    return [at for match in re.finditer(MOMENT, text) if (at := moment(match))]


def rewritten(day: str, at: datetime) -> str:
    """Return another day in the form of one that is written already."""
    return f"{at:{_form(day)}}"


def _form(day: str) -> str:
    return next(form for pattern, form in FORMS.items() if re.fullmatch(pattern, day, re.IGNORECASE))


def when(text: str) -> datetime | None:
    """Return the UTC time of a text that is one day, with or without its hour, and nothing else; None for any other."""
    match = re.fullmatch(MOMENT, text.strip())
    return moment(match) if match else None


def shifted(text: str, days: int) -> str:
    """Return the text with every ISO day (2025-12-20) in it moved by whole days; what is no day stays."""
    return DAY.sub(_mover(timedelta(days=days)), text)


def _mover(by: timedelta) -> Callable[[re.Match[str]], str]:
    def moved(match: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(match["day"]) + by).isoformat()
        except (ValueError, OverflowError):
            return match[0]

    return moved
