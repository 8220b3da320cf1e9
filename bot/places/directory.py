"""A directory on this machine."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.places import beneath


@dataclass(frozen=True, slots=True)
class Directory:
    """Files under a folder. Folders inside it are made; itself it is not: where it is gone, so are the files."""

    folder: Path

    async def read(self, name: str) -> bytes | None:
        """Return a file's content; None: there is no such file."""
        await asyncio.to_thread(beneath.require, self.folder)
        return await asyncio.to_thread(beneath.content, self.folder, name)

    async def check(self, name: str) -> None:
        """Look whether a file can be read, or is not there."""
        await asyncio.to_thread(beneath.check, self.folder, name)

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Put the whole content in the file's place at once; a crash leaves the old file or the new one."""
        await asyncio.to_thread(beneath.require, self.folder)
        await asyncio.to_thread(beneath.put, self.folder, name, before, after)
