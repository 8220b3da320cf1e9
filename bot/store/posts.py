"""Messages in channels: the intent to post each one, and where it stands once Slack has told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.store import outbox, tables
from bot.store.outbox import Owed
from bot.store.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is to stand once in a channel; without `ts` it may or may not have arrived."""

    key: str
    channel: str
    ts: str | None
    intent_at: datetime
    is_new: bool


def intend(tx: Connection, key: str, channel: str, now: datetime) -> Post:
    """Write down that a message is about to be posted; `is_new` is False when that was written before."""
    if insert_new(tx, tables.posts, {"key": key, "channel": channel, "ts": None, "intent_at": now}):
        return Post(key, channel, None, now, is_new=True)
    row = tx.execute(select(tables.posts).where(tables.posts.c.key == key)).one()
    return Post(row.key, row.channel, row.ts, row.intent_at, is_new=False)


def find(tx: Connection, key: str) -> Post | None:
    """Return a message that was intended before; None: it never was."""
    row = tx.execute(select(tables.posts).where(tables.posts.c.key == key)).one_or_none()
    return Post(row.key, row.channel, row.ts, row.intent_at, is_new=False) if row else None


def landed(tx: Connection, key: str, ts: str, now: datetime, *, pin_in: str = "") -> None:
    """Write down where a message stands; `pin_in`: the channel in which it is owed a pin."""
    tx.execute(update(tables.posts).where(tables.posts.c.key == key).values(ts=ts))
    if pin_in:
        outbox.owe(tx, Owed.PIN, pin_in, now)


def where(tx: Connection, key: str) -> str:
    """Return where a message stands that has landed."""
    return str(tx.scalars(select(tables.posts.c.ts).where(tables.posts.c.key == key)).one())


def unsaid(tx: Connection, key: str) -> None:
    """Forget the intent to post: Slack has said that it did not take the message."""
    tx.execute(delete(tables.posts).where(tables.posts.c.key == key))


def gone(tx: Connection, key: str, now: datetime) -> None:
    """Write down that a message is no longer there, and that another is about to be posted."""
    tx.execute(update(tables.posts).where(tables.posts.c.key == key).values(ts=None, intent_at=now))
