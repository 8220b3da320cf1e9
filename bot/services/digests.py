"""The digest: when it is wanted, claiming it when it is due, and reading what it says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core import digest, schedule
from bot.core.board import Board, Person
from bot.core.digest import Digest
from bot.core.readings import Run
from bot.core.schedule import Plan
from bot.errors import BadInput
from bot.services.ask import Ask, Change
from bot.services.look import WEEK
from bot.store import boards, digests, events, outbox, production
from bot.store.boards import Record
from bot.store.database import Database
from bot.store.digests import Claim
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class Planned:
    """The digest's settings after a change, and when the next one is due (UTC; None: there is none)."""

    plan: Plan
    due: datetime | None


def set_time(db: Database, ask: Ask, at: time | None) -> Planned:
    """Set the digest's local time; None switches it off. For owners, as every setting."""
    return _set(db, ask, lambda plan: replace(plan, at=at), f"digest at {at:%H:%M}" if at else "no digest")


def set_zone(db: Database, ask: Ask, zone: str) -> Planned:
    """Set the IANA zone that the board lives in."""
    return _set(db, ask, lambda plan: replace(plan, zone=zone), f"zone {zone}")


def set_days(db: Database, ask: Ask, days: frozenset[int]) -> Planned:
    """Set the weekdays that have a digest; Monday is 0."""
    return _set(db, ask, lambda plan: replace(plan, days=days), f"digest {schedule.say_days(days)}")


def set_all(db: Database, ask: Ask, wanted: Plan, owners: tuple[Person, ...]) -> Planned:
    """Set the digest's plan and the board's owners in one change. Raises BadInput for no owners, or no weekday."""
    if not owners:
        raise BadInput("Name at least one owner.", field="owners")
    if not wanted.days:
        raise BadInput("Choose at least one day.", field="days")
    with db.begin() as tx:
        change = Change(tx, ask)
        change.for_owners("settings")
        if wanted != change.record.plan:
            change.set_plan(wanted, schedule.say(wanted))
        if owners != change.record.owners:
            change.set_owners(owners, f"owners {', '.join(owner.name for owner in owners)}")
        return Planned(wanted, change.record.digest_due)


def post_now(db: Database, ask: Ask) -> None:
    """Claim today's digest at once, out of turn; nothing happens when it has been claimed."""
    with db.begin() as tx:
        record = boards.open_board(tx, ask.channel)
        _claim(tx, record, due=ask.at, now=ask.at)


def due(db: Database, now: datetime) -> tuple[str, ...]:
    """Name the channels whose digest is due."""
    with db.read() as tx:
        return boards.due_digests(tx, now)


def claim_due(db: Database, channel: str, now: datetime) -> None:
    """Claim a board's digest that is due, or note that it is skipped when it is too late for it; plan the next one."""
    with db.begin() as tx:
        record = boards.open_board(tx, channel)
        if record.digest_due is None or record.digest_due > now:
            return  # another process was here first
        _claim(tx, record, due=record.digest_due, now=now)
        # What came due meanwhile is claimed in its turn, unless it is too late for it as well.
        after = max(record.digest_due, now - schedule.SKIP_AFTER)
        boards.set_plan(tx, record, record.plan, schedule.next_due(record.plan, after))


@dataclass(frozen=True, slots=True)
class Reading:
    """A digest as it reads at a moment, and the claim of its day (None: it is only looked at)."""

    digest: Digest
    claim: Claim | None


def read(db: Database, channel: str, now: datetime, day: date | None = None) -> Reading:
    """Read a claimed day's digest as it is to be posted, or (without a day) as it would be now."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=now - WEEK)
        if record is None:
            return Reading(digest.compose(Board(), (), now.date(), now, since=None), None)
        today = now.astimezone(ZoneInfo(record.plan.zone)).date()
        claim = digests.get(tx, record.id, day) if day else None
        last = digests.before(tx, record.id, day or today)
        composed = digest.compose(
            record.board,
            events.since(tx, record.id, None),
            day or today,
            now,
            since=last.claimed if last else None,
            due=claim.due if claim else None,
            run=_run_for(tx, claim),
        )
    return Reading(composed, claim)


def checked(db: Database, claim: Claim, run: Run) -> None:
    """Remember which run of prod facts a digest shows, so that a second try shows the same."""
    with db.begin() as tx:
        digests.checked(tx, claim, run.id)


def _claim(tx: Connection, record: Record, *, due: datetime, now: datetime) -> None:
    day = due.astimezone(ZoneInfo(record.plan.zone)).date()
    is_too_late = now - due > schedule.SKIP_AFTER
    is_mine = digests.claim(tx, Claim(record.id, day, due, claimed=now, skipped=is_too_late))
    if is_mine and not is_too_late:
        outbox.owe(tx, Owed.DIGEST, f"{record.channel}/{day}", now)
        outbox.owe(tx, Owed.BOARD, record.channel, now)  # its ages are counted in days


def _set(db: Database, ask: Ask, change_plan: Callable[[Plan], Plan], note: str) -> Planned:
    with db.begin() as tx:
        change = Change(tx, ask)
        change.for_owners("settings")
        plan = change_plan(change.record.plan)
        if plan != change.record.plan:
            change.set_plan(plan, note)
        return Planned(plan, change.record.digest_due)


def _run_for(tx: Connection, claim: Claim | None) -> Run | None:
    if claim is None:
        return production.latest(tx)
    return production.get(tx, claim.run_id) if claim.run_id else None
