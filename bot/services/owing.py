"""Paying what is owed: claiming debts, settling them, and keeping where their messages stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import outbox, posts
from bot.store.database import Database
from bot.store.outbox import Debt, Owed
from bot.store.posts import Post


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn brought: debts to pay, and paid ones that are to be struck out at the next."""

    taken: tuple[Debt, ...]
    unsettled: tuple[Debt, ...]


def take_turn(db: Database, paid: Sequence[Debt], room: int, now: datetime) -> Turn:
    """Strike out what was paid and take what is due longest, as much as there is room for, in one transaction.

    A disk takes its time for each transaction, however small: one for each debt would be what thousands wait for.
    """
    with db.begin() as tx:
        unsettled = outbox.settle(tx, paid) if paid else ()
        return Turn(outbox.claim(tx, now, room) if room else (), unsettled)


def is_due(db: Database, now: datetime) -> bool:
    """Tell whether anything is due, without taking a lock."""
    with db.read() as tx:
        return outbox.is_due(tx, now)


def renew(db: Database, debt: Debt, now: datetime) -> None:
    """Hold a debt for another lease."""
    with db.begin() as tx:
        outbox.renew(tx, debt, now)


def put_off(db: Database, debt: Debt, error: str, now: datetime, wait: timedelta | None = None) -> None:
    """Try a debt again later."""
    with db.begin() as tx:
        outbox.put_off(tx, debt, error, now, wait)


def bury(db: Database, debt: Debt, error: str) -> None:
    """Give a debt up."""
    with db.begin() as tx:
        outbox.bury(tx, debt, error)


def intend(db: Database, key: str, channel: str, now: datetime) -> Post:
    """Write down that a message is about to be posted."""
    with db.begin() as tx:
        return posts.intend(tx, key, channel, now)


def landed(db: Database, key: str, ts: str, now: datetime, *, pin_in: str = "") -> None:
    """Write down where a message stands; `pin_in`: the channel in which it is owed a pin."""
    with db.begin() as tx:
        posts.landed(tx, key, ts)
        if pin_in:
            outbox.owe(tx, Owed.PIN, pin_in, now)


def find(db: Database, key: str) -> Post | None:
    """Give a message that is to stand in a channel; None: there never was one."""
    with db.read() as tx:
        return posts.find(tx, key)


def where(db: Database, key: str) -> str:
    """Tell where a message stands: its `ts`."""
    with db.read() as tx:
        return posts.where(tx, key)


def unsaid(db: Database, key: str) -> None:
    """Forget the intent to post a message that Slack did not take."""
    with db.begin() as tx:
        posts.unsaid(tx, key)


def gone(db: Database, key: str, now: datetime) -> None:
    """Write down that a message is no longer there, and that another is about to be posted."""
    with db.begin() as tx:
        posts.gone(tx, key, now)
