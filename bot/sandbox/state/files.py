"""Files that people and the bot put into the workspace: what Slack knows of each, and its bytes."""

import mimetypes
import secrets
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import PurePath

from bot.sandbox.state.storage import Storage
from bot.sandbox.wire import Json, Refused

# docs.slack.dev/reference/block-kit/block-elements/file-input-element: "There is a 10MB file size limit."
MOST_BYTES = 10_000_000


class Files:
    """The uploaded files, kept in the workspace's own file."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now

    def add(self, person: str, name: str, content: bytes) -> Json:
        """Keep a file of `person`; give what is known of it. Refuses with `file_too_large` and `file_empty`."""
        if len(content) > MOST_BYTES:
            raise Refused("file_too_large")
        if not content:
            raise Refused("file_empty")
        return self.keep(new_id(), person, name, content)

    def keep(
        self, file_id: str, person: str, name: str, content: bytes, *, title: str = "", shared: Collection[str] = ()
    ) -> Json:
        """Keep bytes as a file of `person`, shared in channels; give what is known of it."""
        created = int(self._now().timestamp())
        extension = extension_of(name)
        file: Json = {
            "id": file_id,
            "created": created,
            "timestamp": created,
            "name": name,
            "title": title or name,
            "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "filetype": extension or "binary",
            "pretty_type": extension.upper() or "Binary",
            "user": person,
            "size": len(content),
            "channels": [channel for channel in shared if not channel.startswith("D")],
            "ims": [channel for channel in shared if channel.startswith("D")],
        }
        self._storage.put("file", file_id, file)
        self._storage.put_bytes(file_id, content)
        return file

    def find(self, file_id: str) -> Json:
        """Return what is known of a file; refuses with `file_not_found`."""
        file = self._storage.get("file", file_id)
        if file is None:
            raise Refused("file_not_found")
        return file

    def content(self, file_id: str) -> bytes:
        """Return the bytes of a file; refuses with `file_not_found`."""
        content = self._storage.get_bytes(file_id)
        if content is None:
            raise Refused("file_not_found")
        return content


def new_id() -> str:
    """Return an id that no other file has."""
    return f"F0{secrets.token_hex(5).upper()}"


def extension_of(name: str) -> str:
    """Return the extension of a file's name in small letters, without the dot."""
    return PurePath(name).suffix.removeprefix(".").lower()
