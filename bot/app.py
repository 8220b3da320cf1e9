"""The bot, tied together: the only file that knows everyone."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from bot import health
from bot.effects.heartbeat import beat_on
from bot.effects.means import Means
from bot.effects.production.facts import take_note
from bot.effects.production.github import GitHub
from bot.effects.pulse import Pulse
from bot.effects.worker import Worker
from bot.facts import running
from bot.facts.listed import Listed, WatchedFile
from bot.facts.masking import secret_values
from bot.facts.web.sessions import Web
from bot.places import library
from bot.services.documents import files
from bot.services.door import Door
from bot.settings import Settings
from bot.slack.asked.awaited import Awaited
from bot.slack.client import Slack
from bot.slack.command import Desk
from bot.slack.connection import Socket, bolt_app, introduce
from bot.slack.directory import Directory
from bot.slack.listeners import register
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.ops import condition

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)  # seconds; for Slack, GitHub and the ping
PORTS = {"https": 443, "http": 80}


@contextlib.asynccontextmanager
async def running_bot(settings: Settings, clock: Clock, environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Run the bot while the context is open. `environment` is what scripts of prod facts get their PATH from.

    Raises TokenRefused when Slack does not take a token, BadInput when the facts file or documents.toml is wrong,
    Unavailable when the database can't be used.
    """
    listed = Listed(WatchedFile(settings.facts_file) if settings.facts_file else None)
    documents = library.load(settings.documents_file) if settings.documents_file else ()
    db = Database(settings.database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(db.close)
        migrate(db)
        db.query(condition.check_whole)
        door = Door(db)
        stack.callback(door.close)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=TIMEOUT))
        slack = Slack(session, settings.slack_bot_token, settings.slack_api_url)
        myself = await introduce(slack, settings.slack_app_token)
        outside = await stack.enter_async_context(aiohttp.ClientSession(timeout=TIMEOUT, trust_env=True))
        directory = Directory(slack, clock)
        shelves = library.opened(documents, environment, lambda: outside)
        await door.change(files.register, {channel: shelf.names for channel, shelf in shelves.items()}, clock())
        web = await stack.enter_async_context(Web())
        asking = partial(
            running.run, environment=environment, web=web, clock=clock, reference=reference(settings.slack_api_url)
        )
        awaited = Awaited()
        means = Means(
            door,
            slack,
            clock,
            asking,
            directory,
            listed,
            github=_github(settings, outside),
            report=settings.facts_report,
            library=shelves,
            secrets=secret_values(environment),
            awaited=awaited,
        )
        await take_note(means)
        await stack.enter_async_context(_paying(means))
        bolt = bolt_app(slack, settings.slack_bot_token, myself)
        register(bolt, Desk(door, slack, clock, listed, directory, shelves, awaited))
        socket = Socket(bolt, slack, settings.slack_app_token)
        stack.push_async_callback(socket.leave)
        await socket.connect_async()  # type: ignore[no-untyped-call]
        check = partial(health.checked, door, clock, socket.is_connected, slack.refusal, means.pulse)
        await stack.enter_async_context(_told(settings, outside, check, means.pulse))
        log.info("Connected to %s as %s.", myself.get("team"), myself.get("user"))
        yield


@contextlib.asynccontextmanager
async def _paying(means: Means) -> AsyncIterator[None]:
    """Pay what is owed and let the heart beat; at the end, finish what is being paid."""
    worker = Worker(means)
    taking = asyncio.create_task(worker.run())
    beating = asyncio.create_task(beat_on(means))
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait({beating})
        worker.stop()
        await taking


@contextlib.asynccontextmanager
async def _told(
    settings: Settings, session: aiohttp.ClientSession, check: health.Check, pulse: Pulse
) -> AsyncIterator[None]:
    """Tell whoever watches the bot how it is: who asks for it, and whom it pings."""
    async with contextlib.AsyncExitStack() as stack:
        if settings.health_port:
            await stack.enter_async_context(health.served(settings.health_port, check))
        if settings.ping_url:
            watchdog = partial(ping, session, settings.ping_url)
            await stack.enter_async_context(health.pinging(watchdog, check, pulse.has_begun.wait))
        yield


def reference(slack_api_url: str) -> tuple[str, int]:
    """Name a host and a port that are up whenever we are: where Slack is. If they are silent too, so is our line."""
    parts = urlsplit(slack_api_url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def _github(settings: Settings, session: aiohttp.ClientSession) -> GitHub | None:
    if not (settings.github_token and settings.github_repository):
        return None
    return GitHub(session, settings.github_repository, settings.github_token, settings.github_api_url.rstrip("/"))


async def ping(session: aiohttp.ClientSession, url: str) -> None:
    """Fetch the address that is to know that the bot is alive. Raises aiohttp.ClientError, TimeoutError."""
    async with session.get(url) as response:
        response.raise_for_status()
