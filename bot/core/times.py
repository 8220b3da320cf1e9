"""Times of day, zones, weekdays, days off and lengths of time, as people write them and read them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import process

from bot.errors import BadInput

# What was dated further ahead of now than this was dated by a wrong clock; nearer, it may be that of another machine
# (a replica, or Slack).
CLOCKS_DIFFER = timedelta(minutes=5)

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
ONE = {timedelta(hours=1): "an hour", timedelta(days=1): "a day"}
SPAN = re.compile(r"(\d{1,4})\s*(m|min|mins|minutes?|h|hours?|d|days?)\b\.?", re.IGNORECASE)

# `9`, `09:30`, `9.30`, `9h30`, `9am`, `9:30 p.m.`
CLOCK_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-5][0-9]))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BETWEEN_DATES = re.compile(r"[\s,;]+")
ALIKE = 70  # of 100: how alike a mistyped place must be to a zone
ZONE_LIMIT = 60  # characters that are compared with the names of zones; the longest has 32
DAYS_OFF_LIMIT = 100  # days; more is a calendar, and that is what holidays by country are


def read_span(text: str, longest: timedelta) -> tuple[timedelta, str]:
    """Read the span in front of a text. Returns it and the words behind it. Raises BadInput."""
    match = SPAN.match(text.strip())
    if match is None:
        what = "{text} is no length of time." if text.strip() else "How long?"
        raise BadInput(f"{what} Write `30m`, `2h` or `1d`.", text=text.strip())
    span = timedelta(**{UNITS[match[2][0].lower()]: int(match[1])})
    if not timedelta() < span <= longest:
        raise BadInput(f"{{text}} is too long or too short; {say_span(longest)} is the most.", text=match[0])
    return span, text.strip()[match.end() :].strip()


def say_span(span: timedelta) -> str:
    """Write a span in its two largest units: `12 min`, `3 h 20 min`, `2 days 4 h`."""
    minutes = max(0, span // timedelta(minutes=1))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{minutes} min"


def age(then: datetime, now: datetime) -> str:
    """Return an age in its largest unit: minutes under an hour, hours under a day, days of 24 hours above."""
    minutes = max(timedelta(), now - then) // timedelta(minutes=1)
    if minutes < 60:
        return f"{minutes} min" if minutes else "under a minute"
    return say_span(timedelta(hours=minutes // 60) if minutes < 1440 else timedelta(days=minutes // 1440))


def in_words(span: timedelta) -> str:
    """Return a span as it is said in a sentence: `an hour`, `a day`, and others as `say_span` writes them."""
    return ONE.get(span) or say_span(span)


def read_time(text: str) -> time:
    """Read `09:00`, `9:00`, `9`, `9am` or `9 pm`. Raises BadInput."""
    named = NAMED_TIMES.get(text.strip().lower())
    if named is not None:
        return named
    match = CLOCK_TIME.fullmatch(text.strip())
    hour = _hour(match) if match else None
    if match is None or hour is None:
        what = "{text} is not a time of day." if text.strip() else "Which time?"
        raise BadInput(
            f"{what} Write hours and minutes, for example `/board digest at 09:00`.", field="at", text=text.strip()
        )
    return time(hour, int(match[2] or 0))


def _hour(match: re.Match[str]) -> int | None:
    hour, half = int(match[1]), (match[3] or "").lower()
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "p" else 0)


def read_zone(text: str) -> str:
    """Read an IANA zone in any case. Raises BadInput with the nearest name."""
    zones = _zones()
    wanted = text.strip().replace(" ", "_").lower()
    if wanted in zones:
        return zones[wanted]
    near = process.extractOne(wanted[:ZONE_LIMIT], zones.keys())
    hint = f" Did you mean `{zones[near[0]]}`?" if near and wanted else ""
    what = "{text} is not a time zone I know." if wanted else "Which zone?"
    raise BadInput(f"{what}{hint} Zones look like `Europe/Athens`.", field="zone", text=text.strip())


def zones_like(text: str, most: int) -> tuple[str, ...]:
    """Return the IANA zones that have a piece of a name in them, those of whose place it is the beginning first.

    Where none has it, those that are most like it. Nothing typed, nothing is found.
    """
    wanted = text.strip().replace(" ", "_").lower()[:ZONE_LIMIT]
    if not wanted:
        return ()
    having = [zone for name, zone in _zones().items() if wanted in name]
    having.sort(key=lambda zone: not _place_of(zone).startswith(wanted))
    if not having:
        near = process.extract(wanted, _zones().values(), processor=_place_of, limit=most, score_cutoff=ALIKE)
        having = [zone for zone, _, _ in near]
    return tuple(having[:most])


def _place_of(zone: str) -> str:
    return zone.rpartition("/")[2].lower()


@cache
def _zones() -> Mapping[str, str]:
    """Return every zone by its name in small letters. To list them is to walk through the system's files."""
    return {zone.lower(): zone for zone in sorted(available_timezones())}


def read_days(text: str) -> frozenset[int]:
    """Read `mon-fri`, `mon,wed,fri` or `daily`; Monday is 0. Raises BadInput."""
    words = (
        text.lower()
        .replace("every day", "daily")
        .replace("daily", "mon-sun")
        .replace("weekdays", "mon-fri")
        .replace(",", " ")
        .replace("–", "-")
        .split()
    )
    days: set[int] = set()
    for word in words:
        first, dash, last = word.partition("-")
        start, end = _weekday(first, text), _weekday(last if dash else first, text)
        days.update((start + k) % 7 for k in range((end - start) % 7 + 1))
    if not days:
        raise _not_days(text)
    return frozenset(days)


def read_days_off(text: str) -> frozenset[date]:
    """Read dates as `2026-12-24 2026-12-31`, one a line or with commas; none is none. Raises BadInput."""
    days: set[date] = set()
    for word in filter(None, BETWEEN_DATES.split(text.strip())):
        try:
            days.add(date.fromisoformat(word))
        except ValueError:
            raise BadInput(
                "{word} is not a date. Write year, month and day, for example `2026-12-24`.", field="off", word=word
            ) from None
    if len(days) > DAYS_OFF_LIMIT:
        raise BadInput(f"{len(days)} days off are too many; {DAYS_OFF_LIMIT} is the most.", field="off")
    return frozenset(days)


def say_days(days: frozenset[int]) -> str:
    """Write weekdays as people read them: `Mon–Fri`, `every day`, or `Mon, Wed, Fri`."""
    names = [DAYS[day][:3].capitalize() for day in sorted(days)]
    if len(days) == 7:
        return "every day"
    is_run = len(days) > 2 and max(days) - min(days) == len(days) - 1
    return f"{names[0]}–{names[-1]}" if is_run else ", ".join(names)


def say_date(day: date) -> str:
    """Write a date as people read it: `Tuesday 25 November`."""
    return f"{day:%A} {day.day} {day:%B}"


def say_dates(days: Iterable[date]) -> str:
    """Write dates shortly, in their order: `24 Dec 2026, 31 Dec 2026`."""
    return ", ".join(f"{day.day} {day:%b %Y}" for day in sorted(days))


def _weekday(word: str, text: str) -> int:
    for number, day in enumerate(DAYS):
        if len(word) >= 3 and day.startswith(word):
            return number
    raise _not_days(text)


def _not_days(text: str) -> BadInput:
    what = "{text} are not weekdays I can read." if text.strip() else "Which days?"
    return BadInput(f"{what} Write `mon-fri`, `mon,wed,fri` or `daily`.", field="days", text=text.strip())
