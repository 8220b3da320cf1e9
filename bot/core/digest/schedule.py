"""What is due when: the digest on the workdays of a board, and what a heartbeat makes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.digest.holidays import holiday, say_place
from bot.core.times import CLOCKS_DIFFER, DAYS, say_dates, say_days

BEFORE = timedelta(minutes=30)  # PRODUCT 3: half an hour before the digest

WORKWEEK = frozenset(range(5))
LATE_AFTER = timedelta(minutes=5)  # PRODUCT 3: later than this, the digest says so
SKIP_AFTER = timedelta(hours=4)  # PRODUCT 3: later than this, it is skipped and noted
DAY = timedelta(days=1)
ALSO, LEFT_OUT = "named for the standup", "left out of the standup"  # behind a number of people
AHEAD = 800  # days: a plan without a workday in two years has none


@dataclass(frozen=True, slots=True)
class Plan:
    """When a board wants its digest: local time (None: no digest), weekdays (Monday is 0), IANA zone.

    `holidays` is the place whose public holidays have none (`GR`, `DE-BY`; nothing: they are days as any other), `off`
    are days beside those. `weekly`: the week's last workday tells of the week. `also` and `left_out` are the ids of
    people who belong to the standup although they would not, or do not although they would.
    """

    at: time | None = None
    days: frozenset[int] = WORKWEEK
    zone: str = "UTC"
    holidays: str = ""
    off: frozenset[date] = frozenset()
    weekly: bool = False
    also: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


def as_plain(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data, for the history."""
    return {
        "at": plan.at.isoformat() if plan.at else None,
        "days": sorted(plan.days),
        "zone": plan.zone,
        "holidays": plan.holidays,
        "off": [day.isoformat() for day in sorted(plan.off)],
        "weekly": plan.weekly,
        "also": sorted(plan.also),
        "left_out": sorted(plan.left_out),
    }


def from_plain(plain: Mapping[str, Any]) -> Plan:
    """Read a plan back from plain data; what was kept before there were holidays, or a standup, has none."""
    return Plan(
        at=time.fromisoformat(plain["at"]) if plain["at"] else None,
        days=frozenset(plain["days"]),
        zone=plain["zone"],
        holidays=plain.get("holidays", ""),
        off=frozenset(map(date.fromisoformat, plain.get("off", ()))),
        weekly=plain.get("weekly", False),
        also=frozenset(plain.get("also", ())),
        left_out=frozenset(plain.get("left_out", ())),
    )


LEAP = timedelta(days=3)  # how far a clock may have been ahead for the days before what it posted to be over, too


@dataclass(frozen=True, slots=True)
class Past:
    """The local days whose digest was claimed, posted or skipped, and those of them that were posted."""

    claimed: frozenset[date] = frozenset()
    posted: frozenset[date] = frozenset()

    def is_over(self, day: date) -> bool:
        """Return whether a day has no digest any more, whatever was set or the clock says since.

        It had one; or a day soon after it had, and nobody wants to read Monday's after Tuesday's when the clock goes
        back. A clock that was further ahead than that does not keep a board silent until its day comes.
        """
        return day in self.claimed or any(day < posted <= day + LEAP for posted in self.posted)

    def after(self, day: date, *, is_posted: bool) -> "Past":
        """Return the past once the digest of a day was claimed too."""
        return Past(self.claimed | {day}, self.posted | {day} if is_posted else self.posted)


NO_PAST = Past()


def next_due(plan: Plan, after: datetime, past: Past = NO_PAST) -> datetime | None:
    """Return the first slot strictly after a moment whose day is not over, in UTC; None when no digest is wanted.

    A local time that a clock change skips happens at the moment it would have been, if that is still the same day; one
    that happens twice, the first time: what `datetime.combine` with a zone means by default (fold=0).
    """
    if plan.at is None or not plan.days:
        return None
    first = after.astimezone(ZoneInfo(plan.zone)).date() - DAY
    slots = (slot_on(plan, first + k * DAY) for k in range(AHEAD) if not past.is_over(first + k * DAY))
    return next((slot for slot in slots if slot is not None and slot > after), None)


def slot_on(plan: Plan, day: date) -> datetime | None:
    """Return the slot of a local day in UTC; None when that day has none."""
    if plan.at is None or not is_workday(plan, day):
        return None
    zone = ZoneInfo(plan.zone)
    for fold in (0, 1):  # Nuuk skips the last hour of a day: what would fall into the next one comes an hour early
        slot = datetime.combine(day, plan.at, zone).replace(fold=fold).astimezone(UTC)
        if slot.astimezone(zone).date() == day:
            return slot
    return None  # a day that was skipped altogether, as Samoa did


def is_workday(plan: Plan, day: date) -> bool:
    """Return whether a day is one on which the team works."""
    return not why_off(plan, day)


def why_off(plan: Plan, day: date) -> str:
    """Say why nobody works on a day: its weekday, a public holiday, a day off; nothing for a workday."""
    if day.weekday() not in plan.days:
        return DAYS[day.weekday()].capitalize()
    if day in plan.off:
        return "a day off"
    name = holiday(plan.holidays, day)
    return f"{name}, {say_place(plan.holidays)}" if name else ""


def is_last_of_week(plan: Plan, day: date) -> bool:
    """Return whether no workday of the same week (Monday to Sunday) comes after a day."""
    return not any(is_workday(plan, day + k * DAY) for k in range(1, 7 - day.weekday()))


def working_time(plan: Plan, then: datetime, now: datetime) -> timedelta:
    """Return how long ago a moment was, less the days off in between: Friday evening is not long ago on Monday."""
    return now - then - DAY * sum(not is_workday(plan, day) for day in _between(plan, then, now))


def say_working_time(span: timedelta) -> str:
    """Write a span of working time in words that tell it from calendar days: `1 working day`, `3 working days 2 h`."""
    days, hours = span // DAY, span % DAY // timedelta(hours=1)
    return f"{days} working day{'' if days == 1 else 's'}" + (f" {hours} h" if hours else "")


def _between(plan: Plan, then: datetime, now: datetime) -> Iterator[date]:
    zone = ZoneInfo(plan.zone)
    first, last = then.astimezone(zone).date(), now.astimezone(zone).date()
    return (first + k * DAY for k in range(1, min((last - first).days, AHEAD)))


def say(plan: Plan) -> str:
    """Write a plan in a few words: `digest at 09:00, Mon–Fri, zone Europe/Athens`."""
    when = f"digest at {plan.at:%H:%M}, {say_days(plan.days)}" if plan.at else "no digest"
    parts = [when, f"zone {plan.zone}", *exceptions(plan)]
    return ", ".join(parts)


def exceptions(plan: Plan) -> list[str]:
    """Write what a plan has beside its time and days: holidays, days off, the week."""
    parts = [f"not on holidays of {say_place(plan.holidays)}"] if plan.holidays else []
    parts += [f"not on {say_dates(plan.off)}"] if plan.off else []
    parts += ["with the week on its last workday"] if plan.weekly else []
    return parts + [f"{len(ids)} {what}" for ids, what in ((plan.also, ALSO), (plan.left_out, LEFT_OUT)) if ids]


@dataclass(frozen=True, slots=True)
class Coming:
    """What is planned for a board: its digest, the asking for a note before it, and when that was planned (all UTC)."""

    digest: datetime | None = None
    nudge: datetime | None = None
    planned: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A digest or a nudge that is due: the board's local day it is for, and the moment it was due at."""

    day: date
    at: datetime
    is_too_late: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """What a heartbeat finds: the digest and the nudge that are due, if any, and what is planned from then on."""

    digest: Due | None
    nudge: Due | None
    coming: Coming


def plan_next(plan: Plan, after: datetime, now: datetime, past: Past) -> Coming:
    """Plan the first digest after a moment whose day is not over; its nudge only if the time for it is to come."""
    digest = next_due(plan, after, past)
    nudge = digest - BEFORE if digest else None
    return Coming(digest, nudge if nudge and nudge >= now else None, now)


def earliest(plan: Plan, moment: datetime) -> date:
    """Return the first day whose claim can matter for planning from a moment on."""
    return moment.astimezone(ZoneInfo(plan.zone)).date() - DAY


def beat(plan: Plan, coming: Coming, now: datetime, past: Past) -> Beat:
    """Say what is due. `past`: what was claimed of the local days since `earliest(plan, now - SKIP_AFTER)`."""
    if coming.planned and coming.planned > now + CLOCKS_DIFFER:
        # The clock has gone back: what was planned from the future would leave the days until then without any.
        coming = plan_next(plan, now - SKIP_AFTER, now, past)
    nudge = _nudge(plan, coming, now)
    if coming.nudge and coming.nudge <= now:
        coming = Coming(coming.digest, None, coming.planned)
    if coming.digest is None or coming.digest > now:
        return Beat(None, nudge, coming)
    digest = Due(_day(plan, coming.digest), coming.digest, is_too_late=now - coming.digest > SKIP_AFTER)
    # What came due meanwhile is claimed in its turn, unless it is too late for it as well.
    after = max(coming.digest, now - SKIP_AFTER)
    past = past.after(digest.day, is_posted=not digest.is_too_late)
    return Beat(digest, None, plan_next(plan, after, now, past))


def _nudge(plan: Plan, coming: Coming, now: datetime) -> Due | None:
    if coming.nudge is None or coming.digest is None or not coming.nudge <= now < coming.digest:
        return None
    return Due(_day(plan, coming.digest), coming.nudge)


def _day(plan: Plan, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(plan.zone)).date()
