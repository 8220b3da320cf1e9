"""Whose database it is: looked at before a byte of it changes."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text

from bot.errors import Unavailable
from bot.store.faults import OF_SQLITE, State, illness

APPLICATION_ID = int.from_bytes(b"1wip")  # in the header of every SQLite file of ours (sqlite.org/pragma.html)
MAGIC = b"SQLite format 3\0"  # sqlite.org/fileformat.html, 1.3; the application's id is at 68
HEADER = 100  # bytes
OURS = frozenset({"alembic_version", "board", "item", "event", "outbox"})  # in every version that there was

Identity = tuple[int, int]  # device and inode


class File:
    """The file of a SQLite database, which is to be ours, and to stay the one that was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: Identity | None = None

    def check(self) -> None:
        """Look at it before it is opened. Raises Unavailable when it is not ours or not the one of before.

        A new file is made by opening it, and so is its folder.
        """
        if self._opened is not None:
            self.check_same()
        elif self._path.is_file() and self._path.stat().st_size:
            _check_content(self._path)
        else:
            _make_folder(self._path.parent)

    def opened(self) -> None:
        """Remember which file was opened."""
        if self._opened is None:
            self._opened = _identity(self._path)

    def check_same(self) -> None:
        """Raise Unavailable when another file, or none, is in the place of the one that was opened.

        SQLite would go on with a file that has no name any more, and everything that is written to it would be lost.
        """
        if self._opened is not None and _identity(self._path) != self._opened:
            raise illness(State.MOVED, str(self._path))


def check_tables(names: Iterable[str]) -> None:
    """Raise Unavailable when a database holds tables, and not ours."""
    there = set(names)
    if there and not there >= OURS:
        shown = ", ".join(sorted(there)[:5])
        raise illness(State.FOREIGN, f"it holds the tables {shown}" + (" and others" if len(there) > 5 else ""))


def tables_of_postgresql(tx: Connection) -> list[str]:
    """Name the tables in the schema that new ones are made in; those of extensions, such as PostGIS, do not count."""
    query = (
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(current_schema())"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"
    )
    return list(tx.scalars(text(query)))


def sign(tx: Connection) -> None:
    """Write our name into the header of a SQLite file; one of an earlier version has none."""
    tx.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def is_signed(tx: Connection) -> bool:
    """Whether a SQLite file has our name in its header."""
    return tx.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise illness(State.GONE, f"{folder} can't be made: {error.strerror}") from error


def _check_content(path: Path) -> None:
    try:
        with path.open("rb") as opened:
            header = opened.read(HEADER)
    except OSError as error:
        raise illness(State.GONE, f"{path} can't be read: {error.strerror}") from error
    if not header.startswith(MAGIC[: len(header)]) or len(header) < len(MAGIC):
        raise illness(State.FOREIGN, f"{path} is no SQLite database")
    name = int.from_bytes(header[68:72])
    if name == APPLICATION_ID:
        return
    if name:
        raise illness(State.FOREIGN, f"{path} belongs to another program")
    check_tables(_tables(path))


def _tables(path: Path) -> list[str]:
    """Name the tables of a file without touching it, nor making files beside it where its log is not in use."""
    has_log = path.with_name(path.name + "-wal").exists()
    address = f"{path.resolve().as_uri()}?{'mode=ro' if has_log else 'immutable=1'}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            return [name for (name,) in connection.execute(query)]
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: sqlite3.Error) -> Unavailable:
    state = OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, State.FAILING)
    return illness(state, f"{path}: {error}")
