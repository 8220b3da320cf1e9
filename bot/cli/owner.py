"""One bot for each SQLite file and what lies beside it: a lock that its process holds for as long as it lives."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import Busy
from bot.store.faults import State, illness
from bot.store.identity import File

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
TAKEN = (
    "Another bot is running on the same files, and two would write over each other's. Stop it first, or give this one "
    "a database of its own, for example `DATABASE_URL=sqlite:///data/second.db`."
)


def database_file(database_url: str) -> Path | None:
    """Return the file of a database; None: it is on a server, where several bots are as good as one."""
    url = make_url(database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@contextmanager
def owned(file: Path | None) -> Iterator[None]:
    """Own a database's file and what lies beside it while the context is open.

    The lock is the system's and ends with the process, however it ends, so the file that it is on may stay.
    Raises Busy when another process owns it, Unavailable when it is not ours or its folder can't be written.
    """
    if file is None:
        yield
        return
    File(file).check()
    lock = file.resolve().with_suffix(".lock")  # whatever name it is called by
    with _opened(lock) as held:
        _take(held, lock)
        _sign(held, lock)
        yield


@contextmanager
def _opened(lock: Path) -> Iterator[int]:
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise illness(State.READ_ONLY, f"{lock}: {error.strerror}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, lock: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode().strip()
        raise Busy(TAKEN, state="owned", reason=f"process {holder} holds {lock}") from error


def _sign(descriptor: int, lock: Path) -> None:
    """Write into the lock who holds it."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except OSError as error:
        state = State.FULL if error.errno in NO_ROOM else State.FAILING
        raise illness(state, f"{lock}: {error.strerror}") from error
