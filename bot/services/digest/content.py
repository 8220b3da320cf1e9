"""What a digest says: reading it from the board, its history and production."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core.board.model import Board
from bot.core.board.undo import LIMIT
from bot.core.digest import schedule, summary, week
from bot.core.digest.summary import Digest
from bot.core.production.judgement import together
from bot.core.production.readings import Run
from bot.services.board.look import WEEK
from bot.services.digest import standups
from bot.store import posts
from bot.store.board import boards, events
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.digest import checkins, digests
from bot.store.digest.digests import Claim
from bot.store.production import facts, runs


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
            run = together(facts.seen(tx, channel), now)
            has_facts = facts.are_watched(tx, channel)
            empty = summary.compose(Board(), (), now.date(), now, since=None, run=run, has_facts=has_facts)
            return Reading(empty, None)
        today = now.astimezone(ZoneInfo(record.plan.zone)).date()
        claim = digests.get(tx, record.id, day) if day else None
        return Reading(_composed(tx, record, now, day or today, claim), claim)


def checked(db: Database, claim: Claim, run: Run) -> None:
    """Remember which run of prod facts a digest shows, so that a second try shows the same."""
    with db.begin() as tx:
        digests.checked(tx, claim, run.id)


def asked_since(db: Database, moment: datetime, now: datetime, names: Sequence[str]) -> Run | None:
    """Return the last run that ended after a moment and looked at all these facts; None: there was none."""
    with db.read() as tx:
        return runs.whole_since(tx, moment, now, names)


def skip(db: Database, claim: Claim) -> None:
    """Note that a digest could not be posted before it was too late for it."""
    with db.begin() as tx:
        digests.skip(tx, claim)


def _composed(tx: Connection, record: Record, now: datetime, day: date, claim: Claim | None) -> Digest:
    """Compose a digest. One that stands in its channel tells the changes until it came, and the board as it is now."""
    last, posted = digests.before(tx, record.id, day), _posted(tx, record.channel, claim)
    now = min(now, _end_of(day, record.plan.zone)) if claim else now
    past = events.since(tx, record.id, (last.claimed if last else now) - LIMIT)
    numbers = {event.number for event in past if event.number is not None}
    in_progress = [item.number for item in record.board.in_progress]
    moved = {number: at for number in in_progress if (at := events.last_moved(tx, record.id, number))}
    return summary.compose(
        record.board,
        [event for event in past if posted is None or claim is None or event.at <= claim.claimed],
        day,
        now,
        since=last.claimed if last else None,
        plan=record.plan,
        due=claim.due if claim else None,
        posted=posted,
        run=_run(tx, record.channel, now, claim),
        has_facts=facts.are_watched(tx, record.channel),
        is_run_for_it=bool(claim and claim.run_id),
        week=_week(tx, record, claim.claimed if claim and posted else now, day),
        moved=moved,
        last_moved=events.last_moved(tx, record.id, None),
        titles=boards.titles(tx, record.id, numbers),
        standup=standups.held(tx, record, day),
    )


def _posted(tx: Connection, channel: str, claim: Claim | None) -> datetime | None:
    """Return when a digest came that stands in its channel (its `ts` says so); None: it does not yet."""
    post = posts.find(tx, f"digest:{channel}/{claim.day}") if claim else None
    return datetime.fromtimestamp(float(post.ts), UTC) if post and post.ts else None


def _end_of(day: date, zone: str) -> datetime:
    """Return the last moment of a board's day: what is told of it later still counts its days until then."""
    return datetime.combine(day + schedule.DAY, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)


def _run(tx: Connection, channel: str, now: datetime, claim: Claim | None) -> Run | None:
    """Return what a run for the digest said of the channel's facts, else what was last seen of them."""
    if claim is None or claim.run_id is None:
        return together(facts.seen(tx, channel), now)
    run, ours = runs.get(tx, claim.run_id), facts.known(tx, channel)
    return replace(run, readings=tuple(reading for reading in run.readings if reading.name in ours))


def _week(tx: Connection, record: Record, now: datetime, day: date) -> week.Week | None:
    """Look back on the week, from the last digest before it; None: not today, or not wanted."""
    if not record.plan.weekly or not schedule.is_last_of_week(record.plan, day):
        return None
    last = digests.before(tx, record.id, day - schedule.DAY * day.weekday())
    since = max(last.claimed, now - 2 * week.SPAN) if last else now - week.SPAN
    happened, ours = events.since(tx, record.id, since - LIMIT), facts.known(tx, record.channel)
    looks = {name: count for name, count in runs.counts(tx, since).items() if name in ours}
    began = events.began(tx, record.id)
    answers = week.Answers(checkins.count_since(tx, record.id, since), digests.count_since(tx, record.id, since))
    return week.look_back(record.board, happened, record.plan, since, now, week.uptime(looks), began, answers)
