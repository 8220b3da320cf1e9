"""One command, run in bounds: its own process group, a time limit, and a limit to what it may print."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from time import monotonic

KEPT = 64 * 1024  # bytes of output; the original script prints about 2 KiB
ENDLESS = 8 * 1024 * 1024  # bytes; a script that prints this much is not going to end
GRACE = 2.0  # seconds between TERM and KILL


class NotStarted(Exception):
    """The command could not be started; the text says why, without the server's paths."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    `exit_code` is negative for a signal and None when we stopped it, which `stopped` then explains. `cut` means that
    it printed more than the `KEPT` bytes of `output`.
    """

    output: bytes
    cut: bool
    exit_code: int | None
    stopped: str
    seconds: float


class _Listener:
    """The reading end of a pipe: keeps the first bytes, counts the rest, and calls `weary` when there is no end."""

    def __init__(self, pipe: FileIO, weary: Callable[[], None]) -> None:
        self.printed = bytearray()
        self.total = 0
        self.over = asyncio.Event()  # everybody who could write has closed the pipe
        self._pipe = pipe
        self._weary = weary
        asyncio.get_running_loop().add_reader(pipe, self._listen)

    @property
    def endless(self) -> bool:
        return self.total > ENDLESS

    def finish(self) -> None:
        """Read what is left in the pipe, without waiting for a process that escaped and still holds it."""
        while not self.endless and self._listen():
            pass

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._pipe)

    def _listen(self) -> bool:
        heard = self._pipe.read(KEPT)  # None: nothing to read now; empty: the end
        if not heard:
            if heard is not None:
                self.over.set()
                self.close()  # or the loop would call again and again
            return False
        self.printed += heard[: KEPT - len(self.printed)]
        self.total += len(heard)
        if self.endless:
            self._weary()
        return True


async def execute(command: Sequence[str], directory: Path, environment: Mapping[str, str], limit: float) -> Ended:
    """Run `command`, never through a shell, in `directory`, for at most `limit` seconds and twice `GRACE`.

    When it ends, and also when this call is cancelled, its whole process group is ended with it. A process that made
    itself a session of its own escapes that, but is not waited for. Raises NotStarted.
    """
    started = monotonic()
    with _pipe() as (reading, writing):
        process = await _start(command, directory, environment, writing)
        with closing(_Listener(reading, weary=lambda: _signal_group(process, signal.SIGKILL))) as listener:
            try:
                in_time = await _within(limit, process.wait())
                seconds = monotonic() - started
                if in_time:
                    await _within(GRACE, listener.over.wait())  # a `tee` that it left behind may still be writing
                else:
                    _signal_group(process, signal.SIGTERM)
                    await _within(GRACE, process.wait())
            finally:
                _signal_group(process, signal.SIGKILL)
                await _within(GRACE, process.wait())
            listener.finish()
    stopped = f"did not end in {limit:g} s" if not in_time else "did not stop printing" if listener.endless else ""
    exit_code = None if stopped else process.returncode
    return Ended(bytes(listener.printed), listener.total > KEPT, exit_code, stopped, seconds)


@contextmanager
def _pipe() -> Iterator[tuple[FileIO, FileIO]]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with FileIO(reading, "r") as ours, FileIO(writing, "w") as theirs:
        yield ours, theirs


async def _start(command: Sequence[str], directory: Path, environment: Mapping[str, str], output: FileIO) -> Process:
    """Start it with both of its outputs in one pipe, as a person would see them; our copy of that end is closed."""
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=directory,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    except OSError as error:
        subject = "its directory" if str(error.filename) == str(directory) else command[0]
        raise NotStarted(f"{subject}: {error.strerror}") from error
    finally:
        output.close()


async def _within(seconds: float, end: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await end
    except TimeoutError:
        return False
    return True


def _signal_group(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # nobody left in it, or only what became another user's
        os.killpg(process.pid, number)
