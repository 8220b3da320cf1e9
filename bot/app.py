"""The bot, tied together: the only file that knows everyone."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime

import aiohttp

from bot.core.readings import Reading
from bot.effects.heartbeat import heartbeat
from bot.effects.means import Means
from bot.effects.worker import Worker
from bot.facts import factsfile, running
from bot.places import library
from bot.services import files
from bot.services.door import Door
from bot.settings import Settings
from bot.slack.client import Slack
from bot.slack.connection import Socket, bolt_app, introduce
from bot.slack.desk import Desk
from bot.slack.directory import Directory
from bot.slack.listeners import register
from bot.store.database import Database
from bot.store.migrate import migrate

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
SLACK_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)  # seconds


@contextlib.asynccontextmanager
async def running_bot(settings: Settings, clock: Clock, environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Run the bot while the context is open. `environment` is what scripts of prod facts get their PATH from.

    Raises TokenRefused when Slack does not take a token, BadInput when the facts file or documents.toml is wrong.
    """
    kept = library.load(settings.documents_file) if settings.documents_file else ()
    ask_production = _production(settings, environment, clock)
    db = Database(settings.database_url)
    migrate(db)
    door = Door(db)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(db.close)
        stack.callback(door.close)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=SLACK_TIMEOUT))
        slack = Slack(session, settings.slack_bot_token, settings.slack_api_url)
        myself = await introduce(slack, settings.slack_app_token)
        directory = Directory(slack, clock)
        shelves = library.opened(kept, environment, lambda: session)
        await door.call(files.register, {channel: shelf.names for channel, shelf in shelves.items()}, clock())
        await stack.enter_async_context(_paying(Means(door, slack, clock, ask_production, directory, shelves)))
        bolt = bolt_app(slack, settings.slack_bot_token, myself)
        register(bolt, Desk(door, slack, clock, ask_production is not None, directory))
        socket = Socket(bolt, slack, settings.slack_app_token)
        stack.push_async_callback(socket.leave)
        await socket.connect_async()  # type: ignore[no-untyped-call]
        log.info("Connected to %s as %s.", myself.get("team"), myself.get("user"))
        yield


@contextlib.asynccontextmanager
async def _paying(means: Means) -> AsyncIterator[None]:
    """Pay what is owed and let the heart beat; at the end, finish what is being paid."""
    worker = Worker(means)
    taking = asyncio.create_task(worker.run())
    beat = heartbeat(means)
    beat.start()
    try:
        yield
    finally:
        beat.shutdown(wait=False)
        worker.stop()
        await taking


def _production(
    settings: Settings, environment: Mapping[str, str], clock: Clock
) -> Callable[[], Awaitable[tuple[Reading, ...]]] | None:
    if settings.facts_file is None:
        return None
    facts = factsfile.load(settings.facts_file)
    return lambda: running.run(facts, environment, clock=clock)
