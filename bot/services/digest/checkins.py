"""Checking in: answering the last digest, in it, as often as one likes until the next; and what is in the way."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from bot.core.board import moves
from bot.core.board.model import Item
from bot.core.digest.checkin import (
    Checkin,
    Obstacle,
    carried,
    checked_in,
    consequence,
    is_waiting,
    owned,
    standing,
    with_obstacle,
)
from bot.core.people import Person
from bot.errors import NotAllowed, NotFound, Offer, RuleBroken
from bot.services.change import Ask, Change
from bot.store import outbox, posts
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.board.people import known
from bot.store.database import Database
from bot.store.digest import checkins, digests, standups
from bot.store.outbox import Owed

RECENT = 3  # claims to look through for the last one that was posted: the newest may be on its way, or skipped
NONE_YET = "There is no digest to answer to yet. `/board digest at 09:00` sets its time."
ELSEWHERE = "These words are not in the thread of the last digest, so they are no answer to it. Nothing was changed."
NOT_THEIRS = "These are somebody else's words. Everybody answers for themselves; nothing was changed."
ANSWERED = "You have answered already, so your words stay what they are. *Add yours* changes your answer."
NO_OBSTACLE = "Nothing that {who} said is in the way any more. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: to the digest of a day, whose message stands at `thread`. What they answered so far."""

    day: date
    thread: str
    said: Checkin | None
    item: Item | None  # in progress and theirs, so that what blocks them blocks it
    obstacle: Obstacle | None = None  # what is in their way by what they said last
    flagged: Item | None = None  # the item that is flagged, or parked, by that


def place(db: Database, channel: str, who: Person) -> Place:
    """Find where somebody's answer goes. Raises NotFound when no digest was posted yet."""
    with db.read() as tx:
        return _place(tx, boards.look(tx, channel), who)


def check_in(
    db: Database, ask: Ask, who: Person, did: str, following: str, blockers: str, *, park: bool = False
) -> Place:
    """Keep an answer and owe the digest that shows it; what blocks somebody flags their item in progress, or parks it.

    A flag, and what was parked, is taken back with the words that put it there. Raises NotFound when no digest was
    posted yet.
    """
    said = checked_in(who, did, following, blockers, ask.at)
    with db.begin() as tx:
        change = Change(tx, ask)
        place = _place(tx, change.record, who)
        last = place.said or _last(tx, change.record, place.day, who)
        before = last.blockers if last else ""
        verb, number = consequence(change.board, place.item, said, place.obstacle, before, park=park)
        _bring_about(change, ask, verb, number, said.blockers)
        bearing = number if number and is_waiting(change.board, number, said.blockers) else None
        return _kept(tx, change, ask, place, replace(carried(said, place.obstacle), number=bearing))


def take_words(db: Database, ask: Ask, author: str, thread: str, text: str) -> Place:
    """Keep somebody's own words from the thread of the last digest as their answer to it; they have given none yet.

    They say nothing of what was in their way before, so that stands. Raises NotAllowed for the words of somebody else,
    NotFound for words from elsewhere, RuleBroken when they have answered.
    """
    if ask.who is None or author != ask.who.id:
        raise NotAllowed(NOT_THEIRS)
    said = checked_in(ask.who, "", "", "", ask.at, text)
    with db.begin() as tx:
        change = Change(tx, ask)
        place = _place(tx, change.record, ask.who)
        if place.thread != thread:
            raise NotFound(ELSEWHERE, offers=(ADD,))
        if place.said is not None:
            raise RuleBroken(ANSWERED, offers=(ADD,))
        return _kept(tx, change, ask, place, with_obstacle(said, place.obstacle))


ADD = Offer("checkin", "", "Add yours")


def clear(db: Database, ask: Ask, user: str) -> Person:
    """Note that what somebody said to be in their way is gone, and unblock what it blocked. Returns who it was.

    Raises NotFound where nothing is.
    """
    with db.begin() as tx:
        change = Change(tx, ask)
        said = next(iter(checkins.latest(tx, change.record.id, date.max, user)), None)
        obstacle = standing(said, change.board)
        if said is None or obstacle is None:
            person = known(tx).get(user)
            raise NotFound(NO_OBSTACLE, who=person.name if person else "they")
        _bring_about(change, ask, "unblock" if obstacle.number else "", obstacle.number, "")
        checkins.end(tx, change.record.id, user, ask.at)
        day, _ = last_posted(tx, change.record.id, ask.channel) or (None, "")
        if day:
            outbox.owe(tx, Owed.DIGEST, f"{ask.channel}/{day}", ask.at)
        return said.who


def read(db: Database, channel: str, day: date, user: str) -> Place:
    """Read somebody's answer to the digest of a day, to show it. Raises NotFound."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        said = checkins.get(tx, record.id, day, user) if record else None
        thread = _standing(tx, channel, day)
        if record is None or said is None or thread is None:
            raise NotFound("There is no such check-in.")
        return _placed(record, day, thread, said, said)


def last_posted(tx: Connection, board_id: int, channel: str) -> tuple[date, str] | None:
    """Return the day of the last digest that landed, and where it stands; None: none has."""
    for claim in digests.latest(tx, board_id, RECENT):
        thread = None if claim.skipped else _standing(tx, channel, claim.day)
        if thread:
            return claim.day, thread
    return None


def _place(tx: Connection, record: Record | None, who: Person) -> Place:
    posted = last_posted(tx, record.id, record.channel) if record else None
    if record is None or posted is None:
        raise NotFound(NONE_YET)
    said = checkins.get(tx, record.id, posted[0], who.id)
    return _placed(record, *posted, said, said or _last(tx, record, posted[0], who), who)


def _last(tx: Connection, record: Record, day: date, who: Person) -> Checkin | None:
    return next(iter(checkins.latest(tx, record.id, day, who.id)), None)


def _placed(
    record: Record, day: date, thread: str, said: Checkin | None, last: Checkin | None, who: Person | None = None
) -> Place:
    owner = who or (said.who if said else None)
    obstacle = standing(last, record.board)
    flagged = record.board.item(obstacle.number) if obstacle and obstacle.number else None
    return Place(day, thread, said, owned(record.board, owner) if owner else None, obstacle, flagged)


def _standing(tx: Connection, channel: str, day: date) -> str | None:
    """Where the message of a digest stands; None: it has not landed."""
    post = posts.find(tx, f"digest:{channel}/{day}")
    return post.ts if post else None


def _bring_about(change: Change, ask: Ask, verb: str, number: int | None, reason: str) -> None:
    """Flag, park or bring back an item."""
    if not verb or number is None:
        return
    if verb == "unblock":
        change.make("unblock", number, moves.unblock(change.board, number, ask.at))
    else:
        make = moves.block if verb == "block" else moves.park
        change.make(verb, number, make(change.board, number, ask.at, reason), note=reason)


def _kept(tx: Connection, change: Change, ask: Ask, place: Place, said: Checkin) -> Place:
    """Keep the answer, and owe what shows it: the digest, its own message in the thread, and the question for it."""
    checkins.keep(tx, change.record.id, place.day, said)
    outbox.owe(tx, Owed.DIGEST, f"{ask.channel}/{place.day}", ask.at)
    outbox.owe(tx, Owed.CHECKIN, f"{ask.channel}/{place.day}/{said.who.id}", ask.at)
    asked = standups.asked_last(tx, said.who.id)
    if asked and posts.find(tx, f"ask:{said.who.id}/{asked}"):
        outbox.owe(tx, Owed.ASK, f"{said.who.id}/{asked}", ask.at)
    return _placed(change.record, place.day, place.thread, said, said)
