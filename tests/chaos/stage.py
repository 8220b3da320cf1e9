"""The bot as a real process, and the Slack in a box that it talks to."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.core.board.model import Board
from bot.core.digest.schedule import Coming
from bot.sandbox.server import Sandbox
from bot.services.board import look
from bot.store import tables
from bot.store.board import boards
from bot.store.database import Database
from tests.effects.ledger import owed
from tests.waiting import until

ROOT = Path(__file__).parent.parent.parent
CHANNEL = "C0STANDUP"


def clock() -> datetime:
    """The real time: processes have no other."""
    return datetime.now(UTC)


class Bot:
    """`python -m bot run`, and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said: list[str] = []
        self._listening = asyncio.create_task(self._listen())

    @property
    def said(self) -> str:
        """Everything that it has written so far, on either stream."""
        return "".join(self._said)

    @property
    def is_running(self) -> bool:
        return "Onewip is running" in self.said

    @property
    def has_ended(self) -> bool:
        return self._process.returncode is not None

    async def ended(self) -> int:
        """Wait for its end. Gives its exit code."""
        async with asyncio.timeout(60):
            code = await self._process.wait()
            await self._listening
        return code

    async def killed(self) -> None:
        """End it without a chance to clean up."""
        self._process.kill()
        await self.ended()

    async def asked_to_stop(self) -> int:
        """End it as `docker stop` and Ctrl-C do. Gives its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self._said.append(line.decode())


class Scene:
    """A database, a Slack in a box, and the bots between them."""

    def __init__(self, db: Database, sandbox: Sandbox, folder: Path) -> None:
        self.db, self.sandbox = db, sandbox
        self._folder = folder
        self._bots: list[Bot] = []

    async def bot(self, *, waiting: bool = True, **environment: str) -> Bot:
        """Start a bot, and wait until it is connected."""
        told = {
            **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("PG")},
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": Sandbox.bot_token,
            "SLACK_APP_TOKEN": Sandbox.app_token,
            "DATABASE_URL": self.db.url.render_as_string(hide_password=False),
            "SLACK_API_URL": self.sandbox.api_url,
            **environment,
        }
        pipe, joined = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
        command = (sys.executable, "-u", "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(*command, env=told, cwd=self._folder, stdout=pipe, stderr=joined)
        bot = Bot(process)
        self._bots.append(bot)
        if waiting:
            await until(lambda: bot.is_running or bot.has_ended)
            assert bot.is_running, bot.said
        return bot

    def board(self) -> Board:
        return look.whole(self.db, CHANNEL)

    def posted(self, kind: str) -> list[dict[str, Any]]:
        """The bot's messages of a kind in the channel."""
        messages = self.sandbox.box.workspace.messages[CHANNEL].values()
        return [m for m in messages if (m.get("metadata") or {}).get("event_payload", {}).get("kind") == kind]

    def meets(self, method: str, kind: str, seconds: float = 1) -> None:
        """Let the next call of a Slack method fail."""
        self.sandbox.box.faults.plan({"method": method, "kind": kind, "seconds": seconds})

    async def fault_was_met(self) -> None:
        await until(lambda: not self.sandbox.box.faults.state()["planned"])

    async def all_is_paid(self) -> None:
        await until(lambda: not owed(self.db))

    def hurry(self) -> bool:
        """Let what was put off for some seconds be due at once. Gives whether all is paid."""
        off = tables.outbox.c.due > clock()
        with self.db.read() as tx:
            is_put_off = tx.execute(select(tables.outbox.c.id).where(off)).first() is not None
        if is_put_off:
            with self.db.begin() as tx:
                tx.execute(update(tables.outbox).where(off).values(due=clock()))
        return not owed(self.db)

    def let_leases_end(self) -> None:
        """What a dead process held is free a quarter of a minute later; nobody waits for that here."""
        with self.db.begin() as tx:
            tx.execute(update(tables.outbox).values(leased_until=None))

    def let_the_digest_be_due(self) -> None:
        with self.db.begin() as tx:
            record = boards.open_board(tx, CHANNEL)
            boards.set_coming(tx, record, Coming(clock(), None, clock()))

    async def leave(self) -> None:
        for bot in self._bots:
            if not bot.has_ended:
                await bot.killed()


@asynccontextmanager
async def scene(db: Database, folder: Path) -> AsyncIterator[Scene]:
    """Set everything up, and take it down however the test ends."""
    sandbox = Sandbox(folder / "workspace.db", 0, clock)
    await sandbox.start()
    made = Scene(db, sandbox, folder)
    try:
        yield made
    finally:
        await made.leave()
        await made.sandbox.stop()
