"""Uploads that the bot has announced: an address for each, and its bytes until it is made a file."""

import secrets
from dataclasses import dataclass

from bot.sandbox.state.files import new_id
from bot.sandbox.wire import Refused


@dataclass
class Announcement:
    """One upload: the file that it will be, and its bytes once they came."""

    file_id: str
    name: str
    length: int  # bytes
    content: bytes | None = None


class Announced:
    """The open uploads by the last part of their address; in memory, for what is never completed is thrown away."""

    def __init__(self) -> None:
        self._open: dict[str, Announcement] = {}

    def announce(self, name: str, length: int) -> tuple[str, str]:
        """Expect a file of `length` bytes; give the last part of its address, and the id that it will have."""
        key, announcement = secrets.token_urlsafe(24), Announcement(new_id(), name, length)
        self._open[key] = announcement
        return key, announcement.file_id

    def receive(self, key: str, content: bytes) -> None:
        """Take the bytes, once. Refuses with `file_not_found`, `already_uploaded` or `length_mismatch`."""
        announcement = self._open.get(key)
        if announcement is None:
            raise Refused("file_not_found")
        if announcement.content is not None:
            raise Refused("already_uploaded")
        if len(content) != announcement.length:
            raise Refused("length_mismatch")
        announcement.content = content

    def find(self, file_id: str) -> tuple[str, bytes]:
        """Return the name and bytes of an upload that can be completed; refuses with `file_not_found`."""
        for announcement in self._open.values():
            if announcement.file_id == file_id and announcement.content is not None:
                return announcement.name, announcement.content
        raise Refused("file_not_found")

    def forget(self, file_id: str) -> None:
        """Strike out an upload that was completed."""
        self._open = {key: announcement for key, announcement in self._open.items() if announcement.file_id != file_id}
