"""The digest's past and future at a glance, for whoever asks why one did not come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.digest import schedule
from bot.core.digest.schedule import DAY, Plan
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.digest import digests
from bot.store.digest.digests import Claim

BACK = 7  # days to account for


@dataclass(frozen=True, slots=True)
class Missed:
    """A day without a digest, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """When the digest comes next, which was the last one, and why days of the past week had none, newest first."""

    channel: str
    plan: Plan
    due: datetime | None
    last: Claim | None
    missed: tuple[Missed, ...]


def everywhere(db: Database, now: datetime) -> tuple[Outlook, ...]:
    """Look at the digests of every board that has one planned or had one, by channel."""
    outlooks = (outlook(db, channel, now) for channel in channels(db))
    return tuple(each for each in outlooks if each and (each.due or each.last or each.missed))


def channels(db: Database) -> tuple[str, ...]:
    """Name every channel that has a board."""
    with db.read() as tx:
        return boards.channels(tx)


def outlook(db: Database, channel: str, now: datetime) -> Outlook | None:
    """Look at a board's digests; None: there is no such board."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=now)  # its plan is wanted, and not all that was ever done
        if record is None:
            return None
        claims = {claim.day: claim for claim in digests.latest(tx, record.id, BACK + 1)}
    posted = [claim for claim in claims.values() if not claim.skipped]
    return Outlook(channel, record.plan, record.digest_due, posted[0] if posted else None, _missed(record, claims, now))


def _missed(record: Record, claims: dict[date, Claim], now: datetime) -> tuple[Missed, ...]:
    today = now.astimezone(ZoneInfo(record.plan.zone)).date()
    ahead = [day for day, claim in claims.items() if not claim.skipped and day > today]
    first = min(claims, default=today + DAY)  # before the first claim there is nothing to account for
    days = [day for k in range(BACK) if (day := today - k * DAY) >= first]
    days_accounted = [
        Missed(day, _why(record.plan, day, claims.get(day), now, _soon_after(day, ahead))) for day in days
    ]
    return tuple(missed for missed in days_accounted if missed.why)


def _soon_after(day: date, ahead: Iterable[date]) -> date | None:
    """Return the day soon after this one that had its digest while the clock was ahead."""
    return next((late for late in ahead if day < late <= day + schedule.LEAP), None)


def _why(plan: Plan, day: date, claim: Claim | None, now: datetime, ahead: date | None) -> str:
    """Say why a day had no digest; nothing when it had one, or when it is still to come.

    `ahead`: a day that is yet to come, and had its digest when the clock said so.
    """
    if claim and not claim.skipped:
        return ""
    if claim:
        late = _hours(claim.claimed - claim.due) if claim.claimed - claim.due > schedule.SKIP_AFTER else ""
        held_up = f"was only seen {late} late" if late else "could not be posted"
        at = claim.due.astimezone(ZoneInfo(plan.zone))
        return f"due at {at:%H:%M} it {held_up}, and after four hours it is skipped"
    slot = schedule.slot_on(plan, day)
    if slot is None:
        return schedule.why_off(plan, day) or "no digest was wanted"
    if ahead:
        return f"the clock was ahead, and the digest of {ahead} is posted already"
    return "" if slot > now else "the bot was not running, or the digest was not set up for that day"


def _hours(late: timedelta) -> str:
    minutes = int(late.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60} min"
