"""What is due when: the digest's local time on the board's workdays, and how people write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.errors import BadInput

CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKWEEK = frozenset(range(5))
LATE_AFTER = timedelta(minutes=5)  # PRODUCT 3: later than this, the digest says so
SKIP_AFTER = timedelta(hours=4)  # PRODUCT 3: later than this, it is skipped and noted


@dataclass(frozen=True, slots=True)
class Plan:
    """When a board wants its digest: local time (None: no digest), weekdays (Monday is 0), IANA zone."""

    at: time | None = None
    days: frozenset[int] = WORKWEEK
    zone: str = "UTC"


def as_plain(plan: Plan) -> dict[str, Any]:
    """Give a plan as plain data, for the history."""
    return {"at": plan.at.isoformat() if plan.at else None, "days": sorted(plan.days), "zone": plan.zone}


def from_plain(data: Mapping[str, Any]) -> Plan:
    """Read a plan back from plain data."""
    return Plan(time.fromisoformat(data["at"]) if data["at"] else None, frozenset(data["days"]), data["zone"])


def next_due(plan: Plan, after: datetime) -> datetime | None:
    """The first slot strictly after a moment, in UTC; None when no digest is wanted.

    A local time that a clock change skips happens at the moment it would have been, if that is still the same day; one
    that happens twice, the first time: what `datetime.combine` with a zone means by default (fold=0).
    """
    if plan.at is None or not plan.days:
        return None
    day = after.astimezone(ZoneInfo(plan.zone)).date() - timedelta(days=1)
    while True:
        slot = slot_on(plan, day)
        if slot is not None and slot > after:
            return slot
        day += timedelta(days=1)


def slot_on(plan: Plan, day: date) -> datetime | None:
    """The slot of a local day in UTC; None when that day has none."""
    if plan.at is None or day.weekday() not in plan.days:
        return None
    zone = ZoneInfo(plan.zone)
    for fold in (0, 1):  # Nuuk skips the last hour of a day: what would fall into the next one comes an hour early
        slot = datetime.combine(day, plan.at, zone).replace(fold=fold).astimezone(UTC)
        if slot.astimezone(zone).date() == day:
            return slot
    return None  # a day that was skipped altogether, as Samoa did


def read_time(text: str) -> time:
    """Read `09:00`, `9:00` or `9`. Raises BadInput."""
    found = CLOCK_TIME.fullmatch(text.strip())
    if found is None:
        raise BadInput(
            "{text} is not a time of day. Write hours and minutes, for example `/board digest at 09:00`.",
            text=text.strip() or "Nothing",
        )
    return time(int(found[1]), int(found[2] or 0))


def read_zone(text: str) -> str:
    """Read an IANA zone in any case. Raises BadInput with the nearest name."""
    zones = sorted(available_timezones())
    wanted = text.strip().replace(" ", "_").lower()
    for zone in zones:
        if zone.lower() == wanted:
            return zone
    near = process.extractOne(wanted, zones, processor=str.lower)
    hint = f" Did you mean `{near[0]}`?" if near and wanted else ""
    raise BadInput(
        "{text} is not a time zone I know." + hint + " Zones look like `Europe/Athens`.",
        text=text.strip() or "Nothing",
    )


def read_days(text: str) -> frozenset[int]:
    """Read `mon-fri`, `mon,wed,fri` or `daily`; Monday is 0. Raises BadInput."""
    words = (
        text.lower()
        .replace("every day", "daily")
        .replace("daily", "mon-sun")
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


def say_days(days: frozenset[int]) -> str:
    """Write weekdays as people read them: `Mon–Fri`, `every day`, or `Mon, Wed, Fri`."""
    names = [DAYS[day][:3].capitalize() for day in sorted(days)]
    if len(days) == 7:
        return "every day"
    is_run = len(days) > 2 and max(days) - min(days) == len(days) - 1
    return f"{names[0]}–{names[-1]}" if is_run else ", ".join(names)


def say(plan: Plan) -> str:
    """Write a plan in a few words: `digest at 09:00, Mon–Fri, zone Europe/Athens`."""
    if plan.at is None:
        return f"no digest, zone {plan.zone}"
    return f"digest at {plan.at:%H:%M}, {say_days(plan.days)}, zone {plan.zone}"


def _weekday(word: str, text: str) -> int:
    for number, day in enumerate(DAYS):
        if len(word) >= 3 and day.startswith(word):
            return number
    raise _not_days(text)


def _not_days(text: str) -> BadInput:
    return BadInput(
        "{text} are not weekdays I can read. Write `mon-fri`, `mon,wed,fri` or `daily`.",
        text=text.strip() or "No words",
    )
