"""How the bot itself is: what it owes, what it gave up, when it last did what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.services.digest import outlook
from bot.services.digest.outlook import Outlook
from bot.store import documents, outbox
from bot.store.board import boards
from bot.store.database import BUSY_TIMEOUT_MS, Database
from bot.store.documents import Kept
from bot.store.ops import backup, condition
from bot.store.outbox import Lost, Owed

Refusals = Mapping[tuple[str, str], str]  # why files can't be reached, by channel and kind
NONE: Refusals = {}
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
    paused: str = ""  # Slack's word for why it takes no call, so that what is owed waits; nothing: it takes them

    @property
    def is_stuck(self) -> bool:
        """Whether debts are not paid: then nobody hears from the bot."""
        return self.oldest is not None and self.oldest > STUCK_AFTER


@dataclass(frozen=True, slots=True)
class FileState:
    """How one of a board's files is. `error`: what the last try to write it failed with."""

    channel: str
    name: str
    is_written: bool
    is_current: bool  # the board has not changed since
    is_changed: bool  # by hand, and nobody chose yet what is to hold
    error: str
    is_given_up: bool
    refusal: str = ""  # why it can't be reached where it is kept


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


def check_up(db: Database, channel: str, now: datetime, refusals: Refusals = NONE) -> Checkup:
    """Examine the bot for somebody in a channel."""
    with db.read() as tx:
        files = _files(tx, channel, refusals)
    return Checkup(channel, examine(db, now), outlook.outlook(db, channel, now), files)


def files_everywhere(db: Database, refusals: Refusals) -> tuple[FileState, ...]:
    """Return how the files of every board are."""
    with db.read() as tx:
        return tuple(file for channel in boards.channels(tx) for file in _files(tx, channel, refusals))


def _files(tx: Connection, channel: str, refusals: Refusals) -> tuple[FileState, ...]:
    version = boards.version_of(tx, channel)
    return tuple(
        _file(file, version, *outbox.trouble(tx, Owed(file.kind), channel), refusals.get((channel, file.kind), ""))
        for file in documents.of(tx, channel)
    )


def _file(file: Kept, version: int | None, error: str, is_given_up: bool, refusal: str) -> FileState:
    return FileState(
        file.channel,
        file.name,
        is_written=file.written is not None,
        is_current=file.version is not None and file.version == version,
        is_changed=file.drift is not None,
        error=error,
        is_given_up=is_given_up,
        refusal=refusal,
    )


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
            paused=condition.paused(tx),
        )


def revive(db: Database, now: datetime, channel: str = "") -> int:
    """Owe anew what was given up, of one board or of all. Returns how much it was."""
    with db.begin() as tx:
        return outbox.revive(tx, now, channel)


def as_plain(condition: Condition) -> dict[str, Any]:
    """Return the figures as plain data, without the words of what was given up: they may name people's channels."""
    return {
        "last_digest": condition.last_digest.isoformat() if condition.last_digest else None,
        "last_run": condition.last_run.isoformat() if condition.last_run else None,
        "owed": condition.owed,
        "paused": condition.paused,
        "oldest_s": round(condition.oldest.total_seconds()) if condition.oldest is not None else None,
        "given_up": len(condition.given_up),
        "database_bytes": condition.size,
        "last_backup": condition.last_backup.isoformat() if condition.last_backup else None,
    }
