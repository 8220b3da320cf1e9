"""A whole stack as its own process, and a page without a browser to drive it."""

import asyncio
import contextlib
import json
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[1]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
START_LIMIT = 60.0  # seconds


@dataclass(frozen=True)
class Stack:
    """A running sandbox with a bot: its address, its process, and how long it took to say so."""

    address: str
    pid: int
    started_in: float


@contextlib.asynccontextmanager
async def running(folder: Path, *arguments: str) -> AsyncIterator[Stack]:
    """Run `python ARGUMENTS` until the context is left; it prints its address when it is ready."""
    # Of the environment only what Python needs: no proxy, no token, no database of the person who runs this.
    environment = {"PATH": os.environ["PATH"], "PORT": "0", "DATABASE_URL": f"sqlite:///{folder}/stack.db"}
    began = time.perf_counter()
    with (folder / "stack.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_LIMIT):
            line = await process.stdout.readline()
        address = ADDRESS.search(line.decode())
        assert address, (folder / "stack.log").read_text()
        yield Stack(address[0], process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        await process.wait()


class Watcher:
    """The live stream of the page: tells when a message of a channel was posted or edited."""

    def __init__(self, stream: aiohttp.StreamReader) -> None:
        self._stream = stream

    async def until_edited(self, kind: str) -> None:
        """Wait for the next edit of the channel message that has this kind in its metadata."""
        async for change in self._changes():
            message = change.get("message") or {}
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if change["type"] == "message" and payload.get("kind") == kind:
                return

    async def _changes(self) -> AsyncIterator[dict[str, Any]]:
        while line := await self._stream.readline():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])


@contextlib.asynccontextmanager
async def watching(http: aiohttp.ClientSession, address: str) -> AsyncIterator[Watcher]:
    """Watch the page's live stream as Alice."""
    url = f"{address}/sandbox/live?person=U0ALICE"
    async with http.get(url, timeout=aiohttp.ClientTimeout(total=None)) as response:
        await response.content.readline()  # `: watching`: from here on nothing is missed
        yield Watcher(response.content)


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]
