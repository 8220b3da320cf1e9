"""When the digest is wanted, and claiming it when it is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core import times
from bot.core.board.model import Slots
from bot.core.digest import holidays, nudging, schedule
from bot.core.digest.schedule import Due, Plan, beat
from bot.core.people import Person
from bot.core.times import CLOCKS_DIFFER
from bot.errors import BadInput
from bot.services.board.slots import switch
from bot.services.change import Ask, Change, claimed_lately, plan_next
from bot.store import outbox
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.digest import digests, nudges
from bot.store.digest.digests import Claim
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class Planned:
    """The digest's settings after a change, and when the next one is due (UTC; None: there is none)."""

    plan: Plan
    due: datetime | None


def set_time(db: Database, ask: Ask, at: time | None) -> Planned:
    """Set the digest's local time; None switches it off. For owners, as every setting. Raises NotAllowed."""
    return _set(db, ask, lambda plan: replace(plan, at=at), f"digest at {at:%H:%M}" if at else "no digest")


def set_zone(db: Database, ask: Ask, zone: str) -> Planned:
    """Set the IANA zone that the board lives in."""
    return _set(db, ask, lambda plan: replace(plan, zone=zone), f"zone {zone}")


def set_days(db: Database, ask: Ask, days: frozenset[int]) -> Planned:
    """Set the weekdays that have a digest; Monday is 0."""
    return _set(db, ask, lambda plan: replace(plan, days=days), f"digest {times.say_days(days)}")


def set_holidays(db: Database, ask: Ask, place: str) -> Planned:
    """Set the place whose public holidays have no digest (`GR`, `DE-BY`); nothing: every place's are days as any."""
    note = f"not on holidays of {holidays.say_place(place)}" if place else "holidays are days as any other"
    return _set(db, ask, lambda plan: replace(plan, holidays=place), note)


def set_days_off(db: Database, ask: Ask, off: frozenset[date]) -> Planned:
    """Set the days that have no digest beside holidays."""
    note = f"days off {times.say_dates(off)}" if off else "no days off"
    return _set(db, ask, lambda plan: replace(plan, off=off), note)


def set_weekly(db: Database, ask: Ask, *, weekly: bool) -> Planned:
    """Set whether the week's last workday tells of the week."""
    return _set(db, ask, lambda plan: replace(plan, weekly=weekly), f"weekly digest {'on' if weekly else 'off'}")


def set_all(db: Database, ask: Ask, wanted: Plan, owners: tuple[Person, ...], slots: Slots | None = None) -> Planned:
    """Set the digest's plan, the board's owners and whose the slots are (None: as they are), in one change.

    Raises BadInput, NotAllowed; RuleBroken where the slots can't be switched.
    """
    if not owners:
        raise BadInput("Name at least one owner.", field="owners")
    if not wanted.days:
        raise BadInput("Choose at least one day.", field="days")
    with db.begin() as tx:
        change = Change(tx, ask)
        change.for_owners("settings")
        if slots is not None:
            switch(change, ask, slots)
        if wanted != change.record.plan:
            change.set_plan(wanted, schedule.say(wanted))
        if owners != change.record.owners:
            change.set_owners(owners, f"owners {', '.join(owner.name for owner in owners)}")
        return Planned(wanted, change.record.digest_due)


def post_now(db: Database, ask: Ask) -> None:
    """Claim today's digest at once, out of turn; nothing happens when it has been claimed."""
    with db.begin() as tx:
        record = boards.open_settings(tx, ask.channel)
        _claim(tx, record, Due(ask.at.astimezone(ZoneInfo(record.plan.zone)).date(), ask.at), ask.at)
        plan_next(tx, record, ask.at, ask.at)


def due(db: Database, now: datetime) -> tuple[str, ...]:
    """Name the channels for which something is due: a digest, a nudge, or a plan made by a clock that was wrong."""
    with db.read() as tx:
        return digests.due(tx, now, now + CLOCKS_DIFFER)


def claim_due(db: Database, channel: str, now: datetime) -> None:
    """Claim what is due for a board: its digest (or note that it is skipped) and its nudge; plan the next ones."""
    with db.begin() as tx:
        _claim_due(tx, channel, now)


def claim_all(db: Database, channels: Iterable[str], now: datetime) -> None:
    """Claim what is due for several boards, all or none: thousands would wait for a transaction each."""
    with db.begin() as tx:
        for channel in sorted(channels):  # as every process does, so that none waits for the other
            _claim_due(tx, channel, now)


def _claim_due(tx: Connection, channel: str, now: datetime) -> None:
    record = boards.open_settings(tx, channel)
    turn = beat(record.plan, record.coming, now, claimed_lately(tx, record, now))
    if turn.digest:
        _claim(tx, record, turn.digest, now)
    if turn.nudge:
        _claim_nudge(tx, record, turn.nudge, now)
    if turn.coming != record.coming:  # otherwise another process was here first
        boards.set_coming(tx, record, turn.coming)


def _claim(tx: Connection, record: Record, due: Due, now: datetime) -> None:
    is_mine = digests.claim(tx, Claim(record.id, due.day, due.at, claimed=now, skipped=due.is_too_late))
    if is_mine and not due.is_too_late:
        # Owed since it was due: boards that are due together all have their digests before their ages are counted on.
        outbox.owe(tx, Owed.DIGEST, f"{record.channel}/{due.day}", due.at)
        outbox.owe(tx, Owed.BOARD, record.channel, now)  # its ages are counted in days


def _claim_nudge(tx: Connection, record: Record, due: Due, now: datetime) -> None:
    """Claim the day's asking for notes, if there is somebody to ask: each is owed a question of their own."""
    seen = boards.look(tx, record.channel, done_since=now)
    items = nudging.wanted(seen.board, seen.plan, now) if seen else ()
    if items and nudges.claim(tx, record.id, due.day, now):
        for owner in sorted({item.owner.id for item in items if item.owner}):
            outbox.owe(tx, Owed.NUDGE, f"{record.channel}/{due.day}/{owner}", now)


def _set(db: Database, ask: Ask, change_plan: Callable[[Plan], Plan], note: str) -> Planned:
    with db.begin() as tx:
        change = Change(tx, ask)
        change.for_owners("settings")
        plan = change_plan(change.record.plan)
        if plan != change.record.plan:
            change.set_plan(plan, note)
        return Planned(plan, change.record.digest_due)
