"""Asking the owners of items in progress for a status note: what it takes, and who is left in peace."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.core.board.model import Item, Note
from bot.core.digest import nudging
from bot.core.digest.nudging import Quiet
from bot.core.digest.schedule import DAY, Plan
from bot.core.people import Person
from bot.services.change import Ask
from bot.store import outbox, posts
from bot.store.board import boards
from bot.store.database import Database
from bot.store.digest import nudges, standups
from bot.store.outbox import Owed


@dataclass(frozen=True, slots=True)
class Nudge:
    """Whom to ask about what, and when the digest comes for which it is asked."""

    item: Item
    owner: Person
    plan: Plan
    due: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question: the note that was left since, and whether whoever answered is left in peace."""

    item: Item | None
    note: Note | None
    quiet: Quiet | None


def key(channel: str, day: str, user: str) -> str:
    """Return what names somebody's question of a day among all messages."""
    return f"nudge:{channel}/{day}/{user}"


def read(db: Database, channel: str, user: str, now: datetime) -> Nudge | None:
    """Read what somebody is to be asked now.

    None: there is a fresh note, nothing of theirs is in progress, they do not want to be asked, or it is too late.
    """
    with db.read() as tx:
        record = boards.look(tx, channel)
        items = nudging.wanted(record.board, record.plan, now) if record else ()
        item = next((item for item in items if item.owner and item.owner.id == user), None)
        if record is None or item is None or item.owner is None or record.digest_due is None:
            return None
        is_asked_in_the_morning = standups.wish(tx, item.owner.id).ask_at is not None  # and nobody is asked twice a day
        if now >= record.digest_due or is_asked_in_the_morning or nudges.quiet(tx, item.owner.id, now):
            return None
        return Nudge(item, item.owner, record.plan, record.digest_due)


def answer(db: Database, channel: str, user: str, asked: datetime, now: datetime) -> Answer:
    """Read what somebody answered to a question that was asked at a moment."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        item = record.board.in_progress_of(user) if record else None
        note = item.status if item and item.status and item.status.at and item.status.at >= asked else None
        return Answer(item, note, nudges.quiet(tx, user, now))


def snooze(db: Database, ask: Ask, who: Person) -> datetime:
    """Leave somebody in peace for a week. Returns the moment until which."""
    until = ask.at + nudging.SNOOZE
    with db.begin() as tx:
        nudges.be_quiet(tx, who.id, until)
        answered(tx, ask, who)
    return until


def stop(db: Database, ask: Ask, who: Person) -> None:
    """Leave somebody in peace until they say otherwise."""
    with db.begin() as tx:
        nudges.be_quiet(tx, who.id, None)
        answered(tx, ask, who)


def resume(db: Database, ask: Ask, who: Person) -> None:
    """Ask somebody again."""
    with db.begin() as tx:
        nudges.speak_up(tx, who.id)
        answered(tx, ask, who)


def answered(tx: Connection, ask: Ask, who: Person) -> None:
    """Owe the last question that somebody was asked about a board what was answered, in the caller's transaction."""
    board_id = boards.id_of(tx, ask.channel)
    day = nudges.lately(tx, board_id, ask.at - DAY) if board_id else None
    if day and posts.find(tx, key(ask.channel, str(day), who.id)):
        outbox.owe(tx, Owed.NUDGE, f"{ask.channel}/{day}/{who.id}/answered", ask.at)
