"""The bot as it runs, connected to the sandbox by a line on which payloads are bent, and what is seen of both."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from sqlalchemy import select

from bot.effects.means import Means
from bot.effects.worker import Worker
from bot.facts.listed import Listed
from bot.sandbox.delivery.envelopes import Envelopes
from bot.sandbox.server import Sandbox
from bot.sandbox.wire import Json, Refused
from bot.services.door import Door
from bot.slack.client import Slack
from bot.slack.command import Desk
from bot.slack.connection import Socket, bolt_app, introduce
from bot.slack.directory import Directory
from bot.slack.listeners import register
from bot.store import tables
from bot.store.database import Database
from tests.fuzz.bending import bent
from tests.sandbox.stage import Clock

CHANNEL = "C0STANDUP"
State = Mapping[int, tuple[int, Any]]  # by board: the number of its last change, and what stands on it


class Complaints(logging.Handler):
    """Everything that was logged with a traceback, and other errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.tracebacks: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        kept = self.tracebacks if record.exc_info else self.errors
        kept.append(logging.Formatter().format(record))


class Line:
    """The carrier of the sandbox's envelopes: it hands them to the bot's socket, some of them bent."""

    online = True

    def __init__(self, socket: Socket, random: Random) -> None:
        self.logger = logging.getLogger(__name__)  # where the library says what was not answered
        self.sent: Any = None  # the last payload, as it was bent
        self.is_bent = False
        self.unanswered: list[Json] = []
        self._socket, self._random = socket, random
        self._acks: list[SocketModeResponse] = []

    async def carry(self, envelope: Json) -> Json:
        self.is_bent = self._random.random() < 0.5
        self.sent = bent(envelope["payload"], self._random) if self.is_bent else envelope["payload"]
        self._acks.clear()
        request = SocketModeRequest(envelope["type"], envelope["envelope_id"], self.sent)
        client: Any = self
        await self._socket.handle(client, request)
        if not self._acks:
            self.unanswered.append(self.sent)
            raise Refused("operation_timeout")
        ack: Json = self._acks[-1].payload or {}
        return ack

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self._acks.append(response)


class World:
    """A workspace, and the bot in it."""

    def __init__(self, db: Database, sandbox: Sandbox, line: Line, means: Means, clock: Clock) -> None:
        self.db, self.sandbox, self.line, self.clock = db, sandbox, line, clock
        self.complaints = Complaints()
        self._means = means

    async def pay(self) -> None:
        """Pay what is owed, so that boards, posts and Homes are there to be clicked on."""
        worker = Worker(self._means)
        worker.stop()
        await worker.run()

    def state(self) -> State:
        """What stands on each board."""
        with self.db.read() as tx:
            boards = tx.execute(select(tables.boards)).all()
            items = tx.execute(select(tables.items).order_by(tables.items.c.id)).all()
            criteria = tx.execute(select(tables.criteria).order_by(tables.criteria.c.item_id)).all()
        owners = {item.id: item.board_id for item in items}
        standing: dict[int, list[Any]] = {
            row.id: [row.digest_at, row.digest_days, row.zone, row.owners] for row in boards
        }
        for item in items:
            standing[item.board_id].append(item)
        for criterion in criteria:
            standing[owners[criterion.item_id]].append(criterion)
        return {row.id: (row.version, standing[row.id]) for row in boards}

    def told(self) -> set[tuple[int, int]]:
        """The changes that history tells of: board, number."""
        with self.db.read() as tx:
            return {tuple(row) for row in tx.execute(select(tables.events.c.board_id, tables.events.c.change))}


@asynccontextmanager
async def world(db: Database, folder: Path, random: Random) -> AsyncIterator[World]:
    """Set everything up, and take it down however the run ends."""
    clock = Clock()
    sandbox = Sandbox(folder / "workspace.db", 0, clock)
    await sandbox.start()
    async with aiohttp.ClientSession() as session:
        slack = Slack(session, Sandbox.bot_token, sandbox.api_url)
        myself = await introduce(slack, Sandbox.app_token)
        door, directory, listed = Door(db), Directory(slack, clock), Listed()
        bolt = bolt_app(slack, Sandbox.bot_token, myself)
        register(bolt, Desk(door, slack, clock, listed, directory))
        socket = Socket(bolt, slack, Sandbox.app_token)
        line = Line(socket, random)
        sandbox.box.envelopes = Envelopes(line, sandbox.box.calls, sandbox.box.faults)
        made = World(db, sandbox, line, Means(door, slack, clock, _nothing_to_see, directory, listed), clock)
        logging.getLogger().addHandler(made.complaints)
        try:
            yield made
        finally:
            logging.getLogger().removeHandler(made.complaints)
            await socket.close_async()  # type: ignore[no-untyped-call]
            door.close()
            await sandbox.stop()


async def _nothing_to_see(_facts: object) -> tuple[()]:
    return ()
