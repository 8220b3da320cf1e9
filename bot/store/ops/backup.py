"""A consistent copy of a SQLite database while others write to it."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from bot.store import tables
from bot.store.upsert import insert_or_update

HALF = ".half"  # behind the name of a copy that is not whole yet: half a backup must not look like one


class CopyFailed(Exception):
    """The copy could not be made; the words say why, and nothing of it is left."""


def copy(source: Path, target: Path) -> int:
    """Copy a database into a new file, in a folder that is there. Returns its size in bytes. Raises CopyFailed.

    All pages are read in one step, so in one snapshot (sqlite.org/backup.html); in WAL mode nobody waits for that.
    """
    half = target.with_name(target.name + HALF)
    try:
        half.unlink(missing_ok=True)
        _copy(source, half)
        os.link(half, target)  # unlike a rename it never takes the place of a file that is there
    except (OSError, sqlite3.Error) as error:
        raise CopyFailed(getattr(error, "strerror", None) or str(error)) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return target.stat().st_size


def made(tx: Connection, at: datetime, size: int) -> None:
    """Remember that a backup was made; a database that waits for its upgrade may have no place for that."""
    if inspect(tx).has_table(tables.backups.name):
        insert_or_update(tx, tables.backups, {"at": at, "size": size}, ("at",), {"size": size})


def last(tx: Connection) -> datetime | None:
    """Return when the last backup was made; None: never, or not by us."""
    newest = select(tables.backups.c.at).order_by(tables.backups.c.at.desc()).limit(1)
    return tx.scalars(newest).one_or_none()


def _copy(source: Path, half: Path) -> None:
    half.touch()
    shutil.copymode(source, half)  # whoever may not read the database may not read its copy
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(half)) as theirs:
        ours.backup(theirs)
        theirs.execute("PRAGMA journal_mode=DELETE")  # one file, without one beside it
        faults = [row[0] for row in theirs.execute("PRAGMA quick_check")]
    if faults != ["ok"]:
        raise sqlite3.DatabaseError(f"the copy is not whole: {faults[0]}")
    with half.open("rb") as written:
        os.fsync(written.fileno())
