"""What a digest says: reading it from the board, its history and production."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core import digest, schedule, week
from bot.core.board import Board
from bot.core.digest import Digest
from bot.core.readings import Run
from bot.core.undo import LIMIT
from bot.services.look import WEEK
from bot.store import boards, digests, events, production, uptime
from bot.store.boards import Record
from bot.store.database import Database
from bot.store.digests import Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """A digest as it reads at a moment, and the claim of its day (None: it is only looked at)."""

    digest: Digest
    claim: Claim | None


def read(db: Database, channel: str, now: datetime, day: date | None = None) -> Reading:
    """Read a claimed day's digest as it is to be posted, or (without a day) as it would be now."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=now - 2 * WEEK)
        if record is None:
            return Reading(digest.compose(Board(), (), now.date(), now, since=None), None)
        today = now.astimezone(ZoneInfo(record.plan.zone)).date()
        claim = digests.get(tx, record.id, day) if day else None
        return Reading(_composed(tx, record, now, day or today, claim), claim)


def checked(db: Database, claim: Claim, run: Run) -> None:
    """Remember which run of prod facts a digest shows, so that a second try shows the same."""
    with db.begin() as tx:
        digests.checked(tx, claim, run.id)


def asked_since(db: Database, moment: datetime) -> Run | None:
    """Give the last run of prod facts if it ended after a moment."""
    with db.read() as tx:
        run = production.latest(tx)
    return run if run and run.at >= moment else None


def skip(db: Database, claim: Claim) -> None:
    """Note that a digest could not be posted before it was too late for it."""
    with db.begin() as tx:
        digests.skip(tx, claim)


def _composed(tx: Connection, record: Record, now: datetime, day: date, claim: Claim | None) -> Digest:
    last = digests.before(tx, record.id, day)
    run = production.get(tx, claim.run_id) if claim and claim.run_id else production.latest(tx)
    return digest.compose(
        record.board,
        events.since(tx, record.id, (last.claimed if last else now) - LIMIT),
        day,
        now,
        since=last.claimed if last else None,
        plan=record.plan,
        due=claim.due if claim else None,
        run=run,
        is_run_for_it=bool(claim and claim.run_id),
        week=_week(tx, record, now, day),
    )


def _week(tx: Connection, record: Record, now: datetime, day: date) -> week.Week | None:
    """Look back on the week, from the last digest before it; None: not today, or not wanted."""
    if not record.plan.weekly or not schedule.is_last_of_week(record.plan, day):
        return None
    last = digests.before(tx, record.id, day - schedule.DAY * day.weekday())
    since = max(last.claimed, now - 2 * week.SPAN) if last else now - week.SPAN
    happened = events.since(tx, record.id, since - LIMIT)
    return week.look_back(record.board, happened, record.plan, since, now, week.uptime(uptime.counts(tx, since)))
