"""What every place can do, and how it says that it can't."""

from typing import Protocol


class PlaceFailed(Exception):
    """A file could not be read or written; the words say why, for people. Trying again later may help."""


class Moved(PlaceFailed):
    """The file is no longer what it was when it was read: somebody else was faster. Nothing was written."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed by somebody else at the same moment")


class Place(Protocol):
    """A place for files, by their names in it. Every call raises PlaceFailed."""

    async def read(self, name: str) -> bytes | None:
        """Return a file's content; None: there is no such file."""

    async def check(self, name: str) -> None:
        """Raise PlaceFailed when a file can't be reached, as far as this machine knows: nobody elsewhere is asked."""

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Write a file whole, or not at all, if it still is `before` (None: it is not there).

        `message` says what for, where the place keeps a history. Written again it is the same. Raises Moved.
        """
