"""A directory on this machine."""

import asyncio
import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.places.place import Moved, PlaceFailed


@dataclass(frozen=True, slots=True)
class Directory:
    """Files under a folder. Folders inside it are made; itself it is not: where it is gone, so are the files."""

    folder: Path

    async def read(self, name: str) -> bytes | None:
        """Return a file's content; None: there is no such file."""
        await asyncio.to_thread(require, self.folder)
        return await asyncio.to_thread(content, self.folder / name)

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Put the whole content in the file's place at once; a crash leaves the old file or the new one."""
        await asyncio.to_thread(require, self.folder)
        await asyncio.to_thread(put, self.folder / name, before, after)


def require(folder: Path) -> None:
    """Refuse a folder that was deleted, renamed or unmounted. Raises PlaceFailed."""
    if not folder.is_dir():
        raise PlaceFailed(f"the directory {folder.name} is not there: it was deleted, renamed or unmounted")


def content(file: Path) -> bytes | None:
    """Read a file; None: it is not there. Raises PlaceFailed."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlaceFailed(f"{file.name} can't be read: {error.strerror}") from error


def put(file: Path, before: bytes | None, after: bytes) -> None:
    """Write a file if it still is `before`, atomically: a temporary file, fsync, replace. Raises Moved, PlaceFailed."""
    current = content(file)
    if current == after:
        return
    if current != before:
        raise Moved(file.name)
    try:
        _replace(file.resolve(), after)  # a link stays a link: what it points to is written
    except OSError as error:
        raise PlaceFailed(f"{file.name} can't be written: {error.strerror}") from error


def _replace(file: Path, after: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(after)
            temporary.flush()
            os.fchmod(temporary.fileno(), file.stat().st_mode & 0o777 if file.exists() else 0o644)
            os.fsync(temporary.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make the new name in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
