"""Who belongs to a board's standup, what people wish of standups, and asking them for their answer in their morning."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core.digest import standup
from bot.core.digest.schedule import Plan
from bot.core.digest.standup import Candidate, Standup, Wish
from bot.core.people import Person
from bot.errors import NotFound
from bot.services.change import Ask
from bot.services.digest.checkins import last_posted
from bot.store import outbox, posts
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.digest import checkins, digests, nudges, standups
from bot.store.digest.standups import Due
from bot.store.outbox import Owed

OPEN = timedelta(days=14)  # a standup that is older waits for nobody: its board has had no digest since


@dataclass(frozen=True, slots=True)
class Waiting:
    """A board whose standup waits for somebody's answer: how many have answered, of how many, and its plan."""

    channel: str
    answered: int
    total: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody is asked in their morning: the standups that wait for them, and what they wish.

    `is_early`: the digest of one of them is still on its way.
    """

    waiting: tuple[Waiting, ...]
    wish: Wish
    is_early: bool = False


def key(user: str, day: str) -> str:
    """Return what names the question of a day among all messages."""
    return f"ask:{user}/{day}"


def held(tx: Connection, record: Record, day: date) -> Standup:
    """Return the standup of a day as it stands now."""
    members = standups.members(tx, record.id, day)
    answers = checkins.of_day(tx, record.id, day)
    return standup.hold(members, answers, checkins.latest(tx, record.id, day), record.board)


def today(db: Database, channel: str, now: datetime) -> tuple[date, Standup]:
    """Return the standup that is open, and its day; before any digest, what is in the way by the board's day."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        if record is None:
            return now.date(), Standup()
        posted = last_posted(tx, record.id, channel)
        day = posted[0] if posted else now.astimezone(ZoneInfo(record.plan.zone)).date()
        return day, held(tx, record, day)


def ungathered(db: Database, channel: str, day: date) -> Plan | None:
    """Return the plan of a board of which nobody knows yet who belongs to the standup of a day; None: it is known."""
    with db.read() as tx:
        record = boards.look(tx, channel, done_since=None)
        return record.plan if record and not standups.members(tx, record.id, day) else None


def gather(db: Database, channel: str, day: date, candidates: Iterable[Candidate], now: datetime) -> None:
    """Keep who belongs to the standup of a day, of those whom Slack tells to be there."""
    candidates = tuple(candidates)
    with db.begin() as tx:
        record = boards.open_settings(tx, channel)
        wishes = standups.wishes(tx, (candidate.person.id for candidate in candidates))
        standups.gather(tx, record.id, day, standup.roster(candidates, record.plan, wishes, day, now))


def due(db: Database, now: datetime) -> tuple[Due, ...]:
    """Return who is to be asked by now."""
    with db.read() as tx:
        return standups.due(tx, now)


def claim(db: Database, due: Iterable[Due], now: datetime) -> None:
    """Owe their question to those who are due: one a day for each person, and none once their morning is over."""
    with db.begin() as tx:
        for each in due:
            if (
                standups.take(tx, each)
                and not each.asking.is_too_late(now)
                and standups.claim(tx, each.person, each.asking.on)
            ):
                outbox.owe(tx, Owed.ASK, f"{each.person}/{each.asking.on}", now)


def question(db: Database, user: str, now: datetime) -> Question:
    """Read what somebody is to be asked now."""
    with db.read() as tx:
        theirs = standups.boards_of(tx, user, (now - OPEN).date())
        open_ones = [(board, day) for board, day in theirs if _is_last(tx, board, day)]
        waiting = [_waiting(tx, board, day) for board, day in open_ones if not checkins.get(tx, board, day, user)]
        is_early = any(not _has_landed(tx, board, day) for board, day in open_ones)
        return Question(tuple(waiting), standups.wish(tx, user), is_early)


def ask_at(db: Database, ask: Ask, who: Person, at: time | None) -> Wish:
    """Ask somebody for their answer in their morning, from the next digest on; None: do not."""
    return _wish(db, ask, who, lambda wish: replace(wish, ask_at=at, never=wish.never and at is None))


def never(db: Database, ask: Ask, who: Person) -> Wish:
    """Leave somebody out of every standup, and never ask them for anything."""
    with db.begin() as tx:
        nudges.be_quiet(tx, who.id, None)
        return _wished(tx, ask, who, lambda wish: replace(wish, ask_at=None, never=True))


def rejoin(db: Database, ask: Ask, who: Person) -> Wish:
    """Let somebody belong to standups again, from the next digest on."""
    return _wish(db, ask, who, lambda wish: replace(wish, never=False))


def keep_holidays(db: Database, ask: Ask, who: Person, place: str) -> Wish:
    """Count somebody as away on the public holidays of a place; nothing: of none."""
    return _wish(db, ask, who, lambda wish: replace(wish, holidays=place))


def _wish(db: Database, ask: Ask, who: Person, change: Callable[[Wish], Wish]) -> Wish:
    with db.begin() as tx:
        return _wished(tx, ask, who, change)


def _wished(tx: Connection, ask: Ask, who: Person, change: Callable[[Wish], Wish]) -> Wish:
    """Keep what somebody wishes now; the last question that they were asked is to say so."""
    wish = change(standups.wish(tx, who.id))
    standups.keep_wish(tx, who.id, wish)
    day = standups.asked_last(tx, who.id)
    if day and posts.find(tx, key(who.id, str(day))):
        outbox.owe(tx, Owed.ASK, f"{who.id}/{day}", ask.at)
    return wish


def _is_last(tx: Connection, board_id: int, day: date) -> bool:
    """Return whether no later digest was posted, or is on its way."""
    claims = [claim for claim in digests.latest(tx, board_id, 3) if not claim.skipped]
    return bool(claims) and claims[0].day == day


def _has_landed(tx: Connection, board_id: int, day: date) -> bool:
    posted = last_posted(tx, board_id, boards.channel_of(tx, board_id))
    return posted is not None and posted[0] == day


def _waiting(tx: Connection, board_id: int, day: date) -> Waiting:
    channel = boards.channel_of(tx, board_id)
    record = boards.look(tx, channel)
    if record is None:
        raise NotFound("The board was forgotten meanwhile.")
    stands = held(tx, record, day)
    return Waiting(channel, len(stands.answers), stands.total, record.plan)
