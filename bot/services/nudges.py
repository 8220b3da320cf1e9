"""Asking the owner of the item in progress for a status note: what it takes, and who is left in peace."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import nudging
from bot.core.board import Item, Person
from bot.core.schedule import Plan
from bot.store import boards, nudges
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Nudge:
    """Whom to ask about what, and when the digest comes for which it is asked."""

    item: Item
    owner: Person
    plan: Plan
    due: datetime


def read(db: Database, channel: str, now: datetime) -> Nudge | None:
    """Read what is to be asked now; None: there is a fresh note, they do not want to be asked, or it is too late."""
    with db.read() as tx:
        record = boards.look(tx, channel)
        item = nudging.is_wanted(record.board, record.plan, now) if record else None
        if record is None or item is None or item.owner is None or record.digest_due is None:
            return None
        if now >= record.digest_due or nudges.is_quiet(tx, item.owner.id, now):
            return None
        return Nudge(item, item.owner, record.plan, record.digest_due)


def snooze(db: Database, who: Person, now: datetime) -> datetime:
    """Leave somebody in peace for a week. Gives the moment until which."""
    until = now + nudging.SNOOZE
    with db.begin() as tx:
        nudges.be_quiet(tx, who.id, until)
    return until


def stop(db: Database, who: Person) -> None:
    """Leave somebody in peace until they say otherwise."""
    with db.begin() as tx:
        nudges.be_quiet(tx, who.id, None)


def resume(db: Database, who: Person) -> None:
    """Ask somebody again."""
    with db.begin() as tx:
        nudges.speak_up(tx, who.id)
