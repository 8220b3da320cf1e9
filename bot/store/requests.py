"""Requests that were done: what Slack delivers twice finds its row here and is done once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.errors import DoneBefore
from bot.store import tables
from bot.store.upsert import insert_new

# docs.slack.dev/apis/events-api, "Retries": the last try comes about five minutes after the first; delayed events are
# tried for up to an hour.
REMEMBERED = timedelta(hours=1)


@dataclass(slots=True)
class Claim:
    """One request's right to change something: a unique row, written in the transaction of its first change.

    `is_held`: that transaction was committed, so something was changed.
    """

    key: str
    at: datetime
    is_held: bool = False

    def take(self, tx: Connection) -> None:
        """Write the row, unless this very request did so in an earlier transaction. Raises DoneBefore."""
        if not self.is_held and not insert_new(tx, tables.requests, {"key": self.key, "at": self.at}):
            raise DoneBefore(self.key)


def are_stale(tx: Connection, now: datetime) -> bool:
    """Return whether some were done so long ago that it is worth a transaction to forget them."""
    of = tables.requests.c
    return tx.execute(select(of.key).where(of.at < now - 2 * REMEMBERED).limit(1)).first() is not None


def forget(tx: Connection, now: datetime) -> None:
    """Forget those that Slack does not deliver again any more."""
    tx.execute(delete(tables.requests).where(tables.requests.c.at < now - REMEMBERED))
