"""How the bot itself is: what it owes, what it gave up, when it last did what it is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.services.digest import outlook
from bot.services.digest.outlook import Outlook
from bot.store import backup, condition, documents, outbox
from bot.store.database import BUSY_TIMEOUT_MS, Database
from bot.store.documents import Kept
from bot.store.outbox import Lost, Owed

STUCK_AFTER = timedelta(minutes=10)  # a debt is tried for five and a half minutes before it is given up


@dataclass(frozen=True, slots=True)
class Condition:
    """The bot's own facts. Sizes are in bytes; None: there was none yet.

    `is_sqlite`: the database is a file, and `backup` copies it; other backups are made by others, and not known here.
    """

    last_digest: datetime | None
    last_run: datetime | None
    owed: int
    oldest: timedelta | None  # how long the oldest debt is overdue
    given_up: tuple[Lost, ...]
    size: int
    last_backup: datetime | None
    is_sqlite: bool

    @property
    def is_stuck(self) -> bool:
        """Whether debts are not paid: then nobody hears from the bot."""
        return self.oldest is not None and self.oldest > STUCK_AFTER


@dataclass(frozen=True, slots=True)
class FileState:
    """How one of a board's files is. `error`: what the last try to write it failed with."""

    name: str
    is_written: bool
    is_changed: bool  # by hand, and nobody chose yet what is to hold
    error: str
    is_given_up: bool


@dataclass(frozen=True, slots=True)
class Checkup:
    """The bot as one board sees it: its own facts, the board's digests (None: no board yet) and its files."""

    channel: str
    bot: Condition
    digest: Outlook | None
    files: tuple[FileState, ...]

    @property
    def given_up_here(self) -> tuple[Lost, ...]:
        """What was given up of this board; nobody is told what it was on another one."""
        return tuple(lost for lost in self.bot.given_up if lost.channel == self.channel)


def check_up(db: Database, channel: str, now: datetime) -> Checkup:
    """Examine the bot for somebody in a channel."""
    with db.read() as tx:
        files = tuple(_file(kept, *outbox.trouble(tx, Owed(kept.kind), channel)) for kept in documents.of(tx, channel))
    return Checkup(channel, examine(db, now), outlook.outlook(db, channel, now), files)


def _file(kept: Kept, error: str, is_given_up: bool) -> FileState:
    return FileState(kept.name, kept.written is not None, kept.drift is not None, error, is_given_up)


def check_database(db: Database) -> None:
    """Raise Unavailable when the database can't be written, or is damaged."""
    db.query(condition.check_whole)
    with db.begin(wait_ms=BUSY_TIMEOUT_MS) as tx:  # who asks how it is does not want to wait for it
        condition.check_writable(tx)


def examine(db: Database, now: datetime) -> Condition:
    """Examine the database."""
    with db.read() as tx:
        due, count = condition.owed(tx)
        return Condition(
            last_digest=condition.last_digest(tx),
            last_run=condition.last_run(tx),
            owed=count,
            oldest=max(now - due, timedelta()) if due else None,
            given_up=outbox.dead(tx),
            size=condition.size(tx),
            last_backup=backup.last(tx),
            is_sqlite=db.is_sqlite,
        )


def as_plain(found: Condition) -> dict[str, Any]:
    """Return the figures as plain data, without the words of what was given up: they may name people's channels."""
    return {
        "last_digest": found.last_digest.isoformat() if found.last_digest else None,
        "last_run": found.last_run.isoformat() if found.last_run else None,
        "owed": found.owed,
        "oldest_s": round(found.oldest.total_seconds()) if found.oldest is not None else None,
        "given_up": len(found.given_up),
        "database_bytes": found.size,
        "last_backup": found.last_backup.isoformat() if found.last_backup else None,
    }
