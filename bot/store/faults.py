"""What an error of the database means: a refusal of a rule, an illness in words, or a bug of ours."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.errors import Busy, RuleBroken, Unavailable

# PostgreSQL names the constraint, SQLite the columns (of a unique one) or the name (of a check).
MEANING = {
    (
        "one_wip",
        "item.board_id, item.slot",
    ): "Somebody else just started an item. Nothing was changed; `/board` shows what holds.",
    ("item_number", "item.board_id, item.number"): "Somebody else just added an item. Send yours again.",
    ("one_place", "item.board_id, item.lane, item.position"): "Somebody else just moved an item. Try again.",
    ("next_is_three", "next_is_three"): "NEXT holds three items at most. Defer one first.",
}
OTHERWISE = "Somebody else changed the board at the same moment. Nothing was changed; try again."


class State(StrEnum):
    """What is wrong with a database, in a word."""

    LOCKED = "locked"
    SLOW = "slow"
    FULL = "full"
    READ_ONLY = "read-only"
    FAILING = "failing"
    GONE = "gone"
    DAMAGED = "damaged"
    MOVED = "moved"
    FOREIGN = "foreign"
    NEWER = "newer"


WORDS = {
    State.LOCKED: "Somebody else is changing a board, and it takes longer than usual. Nothing was changed; try again.",
    State.SLOW: "The database takes longer than usual. Nothing was changed; try again.",
    State.FULL: "The database can't be written: its disk is full. Nothing was changed. "
    "It needs free space; then try again.",
    State.READ_ONLY: "The database can't be written: it is read-only. Nothing was changed. "
    "The bot must be allowed to write its file and its folder, or on the server.",
    State.FAILING: "The database can't be used: its disk or its server fails. Nothing was changed. "
    "`python -m bot doctor` on the bot's machine says more.",
    State.GONE: "The database can't be used: it is out of reach. Nothing was changed; try again in a minute. "
    "`python -m bot doctor` on the bot's machine says more.",
    State.DAMAGED: "The database can't be used: its file is damaged. Nothing was changed. "
    "Stop the bot, put the file aside, and bring back the newest backup.",
    State.MOVED: "The database can't be used: its file was moved, replaced or deleted while the bot ran. Nothing was "
    "changed. Put it back, or start the bot anew to use what is there now.",
    State.FOREIGN: "The database that DATABASE_URL names is not Onewip's, so it was left as it is. "
    "Name another one; a file that is not there yet is made.",
    State.NEWER: "The database was written by a newer Onewip than this one, so it was left as it is. "
    "Start that version, or name another database in DATABASE_URL.",
}

# The low byte of SQLite's extended codes (sqlite.org/rescode.html). What is not here is a bug of ours.
OF_SQLITE = {
    sqlite3.SQLITE_BUSY: State.LOCKED,
    sqlite3.SQLITE_LOCKED: State.LOCKED,
    sqlite3.SQLITE_FULL: State.FULL,
    sqlite3.SQLITE_READONLY: State.READ_ONLY,
    sqlite3.SQLITE_PERM: State.READ_ONLY,
    sqlite3.SQLITE_IOERR: State.FAILING,
    sqlite3.SQLITE_NOMEM: State.FAILING,
    sqlite3.SQLITE_PROTOCOL: State.FAILING,
    sqlite3.SQLITE_CANTOPEN: State.GONE,
    sqlite3.SQLITE_CORRUPT: State.DAMAGED,
    sqlite3.SQLITE_NOTADB: State.DAMAGED,
}
# The beginning of PostgreSQL's SQLSTATE, the longest first (postgresql.org/docs/current/errcodes-appendix.html).
OF_POSTGRESQL = {
    "55P03": State.LOCKED,  # lock_not_available
    "40P01": State.LOCKED,  # deadlock_detected
    "40001": State.LOCKED,  # serialization_failure
    "57014": State.SLOW,  # query_canceled, by statement_timeout
    "53100": State.FULL,  # disk_full
    "25006": State.READ_ONLY,  # read_only_sql_transaction: a standby, or default_transaction_read_only
    "53": State.FAILING,  # insufficient resources
    "58": State.FAILING,  # system error, such as io_error
    "XX": State.DAMAGED,  # data_corrupted, index_corrupted
    "57P": State.GONE,  # shut down, or starting up
    "08": State.GONE,  # connection exception
    "28": State.GONE,  # invalid authorization
    "3D": State.GONE,  # there is no such database
}
COLLIDED = frozenset({"40P01", "40001"})  # nobody is to blame but the moment, and the next one is a better one
WAITING = frozenset({State.LOCKED, State.SLOW})


class Collided(Busy):
    """Two transactions stood in each other's way, and the database ended this one: done again, it is likely to pass."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the database, and whether doing it once more may help at once."""

    state: State
    is_collision: bool = False


def meaning(error: DBAPIError) -> RuleBroken | Unavailable | None:
    """Return what is to be said of an error. None: it is a bug of ours, and keeps its traceback."""
    if isinstance(error, IntegrityError):
        return _rule(error)
    fault = _of_sqlite(error.orig) if isinstance(error.orig, sqlite3.Error) else _of_postgresql(error)
    return illness(fault.state, str(error.orig), is_collision=fault.is_collision) if fault else None


def illness(state: State, reason: str, *, is_collision: bool = False) -> Unavailable:
    """Return what is to be said of a state. `reason` is told only to whoever runs the bot."""
    kind = Collided if is_collision else Busy if state in WAITING else Unavailable
    return kind(WORDS[state], state=state, reason=" ".join(reason.split()))


def is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone, so that nobody heard what became of the last thing that was sent."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) is None


def _rule(error: IntegrityError) -> RuleBroken:
    """Turn a violated constraint into the refusal of the rule that it guards."""
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for (constraint, sqlite_says), words in MEANING.items():
        if name == constraint or (name is None and str(error.orig).endswith(f": {sqlite_says}")):
            return RuleBroken(words)
    return RuleBroken(OTHERWISE)


def _of_sqlite(error: sqlite3.Error) -> Fault | None:
    code = getattr(error, "sqlite_errorcode", None)  # what Python's module raises by itself has none
    state = OF_SQLITE.get(code & 0xFF) if code is not None else None
    return Fault(state) if state else None


def _of_postgresql(error: DBAPIError) -> Fault | None:
    code: str | None = getattr(error.orig, "sqlstate", None)
    if code is None:  # the server did not say it: the line is broken, or was never there
        return Fault(State.GONE) if isinstance(error, OperationalError) else None
    state = next((state for beginning, state in OF_POSTGRESQL.items() if code.startswith(beginning)), None)
    return Fault(state, code in COLLIDED) if state else None
