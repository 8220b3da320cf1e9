"""Checking in: answering the last digest, in its thread, as often as one likes until the next."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.core.board import moves
from bot.core.board.model import Item
from bot.core.digest.checkin import Checkin, checked_in, owned
from bot.core.people import Person
from bot.errors import NotFound
from bot.services.change import Ask, Change
from bot.store import outbox, posts
from bot.store.board import boards
from bot.store.board.boards import Record
from bot.store.database import Database
from bot.store.digest import checkins, digests
from bot.store.digest.digests import Claim
from bot.store.outbox import Owed

RECENT = 3  # claims to look through for the last one that was posted: the newest may be on its way, or skipped


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: to the digest of a day, whose message stands at `thread`. What they answered so far."""

    day: date
    thread: str
    said: Checkin | None
    item: Item | None  # in progress and theirs, so that what blocks them blocks it


def place(db: Database, channel: str, who: Person) -> Place:
    """Find where somebody's answer goes. Raises NotFound when no digest was posted yet."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        return _place(tx, record, who)


def check_in(db: Database, ask: Ask, who: Person, did: str, following: str, blockers: str) -> Place:
    """Keep an answer and owe its message; what blocks somebody flags their item in progress, and unflags it again.

    Raises NotFound when no digest was posted yet.
    """
    said = checked_in(who, did, following, blockers, ask.at)
    with db.begin() as tx:
        change = Change(tx, ask)
        place = _place(tx, change.record, who)
        _flag(change, ask, place, said)
        checkins.keep(tx, change.record.id, place.day, said)
        outbox.owe(tx, Owed.CHECKIN, f"{ask.channel}/{place.day}/{who.id}", ask.at)
        return Place(place.day, place.thread, said, owned(change.board, who))


def read(db: Database, channel: str, day: date, user: str) -> Place:
    """Read somebody's answer to the digest of a day, to show it. Raises NotFound."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        said = checkins.get(tx, record.id, day, user) if record else None
        thread = _standing(tx, channel, day)
        if record is None or said is None or thread is None:
            raise NotFound("There is no such check-in.")
        return Place(day, thread, said, owned(record.board, said.who))


def _place(tx: Connection, record: Record | None, who: Person) -> Place:
    for claim in digests.latest(tx, record.id, RECENT) if record else ():
        thread = _thread(tx, record, claim) if record else None
        if record and thread:
            return Place(claim.day, thread, checkins.get(tx, record.id, claim.day, who.id), owned(record.board, who))
    raise NotFound("There is no digest to answer to yet. `/board digest at 09:00` sets its time.")


def _thread(tx: Connection, record: Record, claim: Claim) -> str | None:
    return None if claim.skipped else _standing(tx, record.channel, claim.day)


def _standing(tx: Connection, channel: str, day: date) -> str | None:
    """Where the message of a digest stands; None: it has not landed."""
    post = posts.find(tx, f"digest:{channel}/{day}")
    return post.ts if post else None


def _flag(change: Change, ask: Ask, place: Place, said: Checkin) -> None:
    """Flag the item, or take off the flag that an earlier answer put on; a flag that somebody else put on stays."""
    item = place.item
    if item is None:
        return
    before = place.said.blockers if place.said else ""
    is_ours = item.blocked is None or item.blocked.reason == before
    if said.blockers and is_ours and said.blockers != before:
        after = moves.block(change.board, item.number, ask.at, said.blockers)
        change.make("block", item.number, after, note=said.blockers)
    elif not said.blockers and before and item.blocked and is_ours:
        change.make("unblock", item.number, moves.unblock(change.board, item.number, ask.at))
