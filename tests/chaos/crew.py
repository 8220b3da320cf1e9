"""The workers: processes that are killed, and started again as a supervisor does."""

import asyncio
import multiprocessing
import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.chaos.worker import fill_the_disk, work
from tests.waiting import until

FORKS = multiprocessing.get_context("forkserver")
TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t].*\n)+(?P<what>\S.*)")
RESTART = 0.3  # seconds between a worker's end and the next one


def preload() -> None:
    """Let everything be loaded once, before the first worker is forked."""
    FORKS.set_forkserver_preload([work.__module__])


class Worker:
    """A command of the bot in a process of its own, and what it says."""

    def __init__(self, folder: Path, environment: Mapping[str, str], number: int, *arguments: str) -> None:
        self.number, self.port = number, _free_port()
        self._said = bytearray()
        pipe = folder / f"worker-{number}"
        os.mkfifo(pipe)
        self._reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        asyncio.get_running_loop().add_reader(self._reading, self._listen)
        told = {**environment, "HEALTH_PORT": str(self.port)}
        self._process = FORKS.Process(target=work, args=(told, arguments, folder, pipe), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def said(self) -> str:
        return self._said.decode(errors="replace")

    @property
    def has_ended(self) -> bool:
        return not self._process.is_alive()

    @property
    def is_running(self) -> bool:
        return b"Onewip is running" in self._said and not self.has_ended

    async def ended(self) -> int:
        """Wait for its end. Gives its exit code."""
        await until(lambda: self.has_ended)
        self._listen()
        self.close()
        assert self._process.exitcode is not None
        return self._process.exitcode

    async def killed(self) -> None:
        """End it without a chance to clean up."""
        self._process.kill()
        await self.ended()

    def close(self) -> None:
        if self._reading >= 0:
            asyncio.get_running_loop().remove_reader(self._reading)
            os.close(self._reading)
            self._reading = -1

    def _listen(self) -> None:
        try:
            while self._reading >= 0 and (piece := os.read(self._reading, 65536)):
                self._said += piece
        except BlockingIOError:
            return
        if self._said and self._reading >= 0:  # nobody writes any more
            self.close()


class Crew:
    """Workers on one database, of which there are always as many."""

    def __init__(self, folder: Path, environment: Mapping[str, str], size: int) -> None:
        self.kills = 0
        self.ended: list[Worker] = []
        self.size = size
        self._folder, self._environment = folder, environment
        self._count = 0
        self._doctors: list[Worker] = []
        self.workers: list[Worker] = []

    @property
    def running(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.is_running]

    @property
    def tracebacks(self) -> list[str]:
        """Return what anybody wrote of an error that nobody expected; those that end alike, once."""
        said = "\n".join(worker.said for worker in (*self.ended, *self.workers))
        return list({error["what"]: error[0][-1500:] for error in TRACEBACK.finditer(said)}.values())

    async def keep(self) -> None:
        """Replace whoever ends, until it is cancelled."""
        while True:
            await self.fill()
            await asyncio.sleep(RESTART)

    async def fill(self) -> None:
        for worker in [worker for worker in self.workers if worker.has_ended]:
            await worker.ended()
            self.ended.append(worker)
            self.workers.remove(worker)
        while len(self.workers) < self.size:
            self.workers.append(self._start("run"))

    async def kill(self, random: Random) -> None:
        """Kill one, as soon as one is there that works."""
        await until(lambda: self.running)
        await random.choice(self.running).killed()
        self.kills += 1

    async def leave(self) -> None:
        leaving = [*self.workers, *self._doctors]
        self.workers.clear()
        self._doctors.clear()
        for worker in leaving:
            await worker.killed()
        self.ended += leaving

    def fill_the_disk(self, *, is_full: bool = True) -> None:
        """Let nobody who is there now write another byte into a file; or let them again."""
        for worker in [*self.workers, *self._doctors]:
            with suppress(ProcessLookupError):
                fill_the_disk(worker.pid, is_full=is_full)

    async def doctor(self) -> tuple[int, str]:
        """Ask the doctor of the command line. Gives its exit code and its words."""
        doctor = self._start("doctor")
        self._doctors.append(doctor)
        code = await doctor.ended()
        self._doctors.remove(doctor)
        return code, doctor.said

    def _start(self, *arguments: str) -> Worker:
        self._count += 1
        return Worker(self._folder, self._environment, self._count, *arguments)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
