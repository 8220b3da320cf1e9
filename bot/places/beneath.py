"""Files beneath a folder, reached from its descriptor name by name: no link on the way is followed.

Whoever may change what stands in the folder (who pushes to its repository) could else have any file of the machine read
and overwritten. What is checked is what is used: every name is opened relative to the folder before it, so nothing can
be exchanged in between.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from secrets import token_hex

from bot.places.place import Moved, PlaceFailed

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe is not waited for
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
RIGHTS = 0o644  # of a file that is new; another keeps its own


def require(folder: Path) -> None:
    """Refuse a folder that was deleted, renamed or unmounted, or that a link leads to. Raises PlaceFailed."""
    if not folder.is_dir():
        raise PlaceFailed(f"the directory {folder.name} is not there: it was deleted, renamed or unmounted")
    try:
        with _folder_of(folder, ".", make=False):
            pass
    except OSError as error:
        raise PlaceFailed(f"the directory {folder.name} can't be opened: {error.strerror}") from error


def content(folder: Path, name: str) -> bytes | None:
    """Read a file; None: it is not there. Raises PlaceFailed."""
    last = PurePosixPath(name).name
    try:
        with _folder_of(folder, name, make=False) as parent:
            return _content(parent, last)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlaceFailed(f"{last} can't be read: {error.strerror}") from error


def check(folder: Path, name: str) -> None:
    """Raise PlaceFailed when a file can't be read, or its folder is not there; there need be no file."""
    require(folder)
    content(folder, name)


def put(folder: Path, name: str, before: bytes | None, after: bytes) -> None:
    """Write a file if it still is `before`, atomically: a temporary file, fsync, replace. Raises Moved, PlaceFailed."""
    last = PurePosixPath(name).name
    try:
        with _folder_of(folder, name, make=before is None) as parent:
            current = _content(parent, last)
            if current == after:
                return
            if current != before:
                raise Moved(last)
            _replace(parent, last, after)
    except FileNotFoundError:  # its folder is gone
        raise Moved(last) from None
    except OSError as error:
        raise PlaceFailed(f"{last} can't be written: {error.strerror}") from error


@contextlib.contextmanager
def _folder_of(folder: Path, name: str, *, make: bool) -> Iterator[int]:
    """Open the folder that a file stands in, and give its descriptor; `make` it where it is not there."""
    anchor = _anchor(folder)
    if make:
        anchor.mkdir(parents=True, exist_ok=True)
    handle = os.open(anchor, FOLDER)
    try:
        for part in (*folder.relative_to(anchor).parts, *PurePosixPath(name).parts[:-1]):
            step = _step(handle, part, make=make)
            os.close(handle)
            handle = step
        yield handle
    finally:
        os.close(handle)


def _anchor(folder: Path) -> Path:
    """Return where following links ends: at the folder, or at the checkout around it, whose folders others can change.

    The links above that are those of whoever runs the bot.
    """
    checkouts = [each for each in (folder, *folder.parents) if (each / ".git").exists()]
    return checkouts[-1] if checkouts else folder


def _step(parent: int, part: str, *, make: bool) -> int:
    if make:
        with contextlib.suppress(FileExistsError):
            os.mkdir(part, dir_fd=parent)
    try:
        return os.open(part, FOLDER | os.O_NOFOLLOW, dir_fd=parent)
    except OSError:
        _refuse_link(parent, part, "folder")
        raise


def _content(parent: int, name: str) -> bytes | None:
    try:
        handle = os.open(name, FILE, dir_fd=parent)
    except FileNotFoundError:
        return None
    except OSError:
        _refuse_link(parent, name, "file")
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PlaceFailed(f"{name} is no file: put one in its place")
        return file.read()


def _refuse_link(parent: int, name: str, what: str) -> None:
    with contextlib.suppress(OSError):
        if stat.S_ISLNK(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise linked(name, what)


def linked(name: str, what: str) -> PlaceFailed:
    """Say that a link is refused, and what to do; `what` is to stand in its place: file or folder."""
    return PlaceFailed(f"{name} is a link, and links are not followed: put the {what} itself in its place")


def _replace(parent: int, name: str, after: bytes) -> None:
    temporary = f".{name}.{token_hex(4)}"
    handle = os.open(temporary, NEW, RIGHTS, dir_fd=parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fchmod(handle, _rights(parent, name))
            os.fsync(handle)
        os.replace(temporary, name, src_dir_fd=parent, dst_dir_fd=parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=parent)
        raise
    os.fsync(parent)  # the new name outlives a power cut


def _rights(parent: int, name: str) -> int:
    try:
        found = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return RIGHTS
    return found & 0o777 if stat.S_ISREG(found) else RIGHTS
