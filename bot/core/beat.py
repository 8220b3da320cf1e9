"""What a heartbeat finds due for a board, and what is planned after it: decided from what is kept, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.nudging import BEFORE
from bot.core.schedule import DAY, SKIP_AFTER, Past, Plan, next_due

CLOCKS_DIFFER = timedelta(minutes=5)  # what was planned further ahead of now than this was planned by a wrong clock


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
    """The first day whose claim can matter for planning from a moment on."""
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
