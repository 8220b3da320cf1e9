"""Connecting to Slack: checking the tokens first, then Socket Mode, and leaving without dropping what is under way."""

import asyncio
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import Slack, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.incoming.payload import fault_of
from bot.slack.troubles import unread

log = logging.getLogger(__name__)
bolt_log = logging.getLogger("bot.slack.bolt")

RETRY = (1, 2, 5, 10, 30)  # seconds between tries to reach Slack; the last one goes on
DRAIN = 3.0  # seconds: Slack waits no longer for an answer either
PING = 5.0  # seconds; a connection that broke without a word is noticed within four of them


class TokenRefused(Exception):
    """Slack does not take a token; the words say which, and what to do."""


class Socket(AsyncSocketModeHandler):
    """Socket Mode that can be left in peace: what Slack has sent is answered first."""

    def __init__(self, bolt: AsyncApp, slack: Slack, app_token: str) -> None:
        chatter = logging.getLogger("bot.slack.socket")  # of the library: every session it makes and abandons
        super().__init__(bolt, app_token, chatter, slack.web, slack.web.proxy, PING)
        self.client.proxy = slack.web.proxy  # the library takes HTTP_PROXY even for this machine itself
        self._answering = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope. One that can't be read is acked too, or Slack would send it again."""
        self._answering += 1
        self._idle.clear()
        try:
            if fault := fault_of(req.payload):
                log.warning("Left out what Slack sent in %s: %s", req.type, fault)
                await client.send_socket_mode_response(SocketModeResponse(req.envelope_id, unread(req.payload)))
            else:
                await super().handle(client, req)
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()

    async def is_connected(self) -> bool:
        """Return whether Slack is on the line."""
        return bool(await self.client.is_connected())

    async def leave(self) -> None:
        """Close the connection when nothing is being answered any more, or Slack has stopped waiting."""
        try:
            async with asyncio.timeout(DRAIN):
                await self._idle.wait()
        except TimeoutError:
            log.warning("Left Slack with %s requests unanswered.", self._answering)
        await self.close_async()  # type: ignore[no-untyped-call]


async def introduce(slack: Slack, app_token: str) -> dict[str, Any]:
    """Ask Slack who we are, and again until it can be reached. Raises TokenRefused."""
    tries = 0
    while True:
        try:
            return await _checked(slack, app_token)
        except (SlackUnreachable, SlackBusy) as error:
            wait = RETRY[min(tries, len(RETRY) - 1)]
            log.warning("Slack can't be reached (%s). Trying again in %s s.", error, wait)
            tries += 1
            await asyncio.sleep(wait)


async def _checked(slack: Slack, app_token: str) -> dict[str, Any]:
    try:
        myself = await slack.whoami()
    except SlackRefused as refused:
        raise TokenRefused(
            f"Slack refuses SLACK_BOT_TOKEN ({refused.code}). Copy the Bot User OAuth Token from your app's page, "
            "under OAuth & Permissions."
        ) from refused
    try:
        await slack.check_socket(app_token)
    except SlackRefused as refused:
        raise TokenRefused(
            f"Slack refuses SLACK_APP_TOKEN ({refused.code}). Make an app-level token with the scope "
            "connections:write on your app's page, under Basic Information, and switch Socket Mode on."
        ) from refused
    return myself


def bolt_app(slack: Slack, token: str, myself: dict[str, Any]) -> AsyncApp:
    """Make Bolt's app. Everything is passed in, or it would read SLACK_* from the environment itself."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=myself.get("team_id"),
            bot_user_id=myself.get("user_id"),
            bot_id=myself.get("bot_id"),
            bot_token=token,
        )

    bolt_log.addFilter(_not_about_its_token)
    return AsyncApp(
        name="onewip",
        logger=bolt_log,
        client=AsyncWebClient(base_url=slack.web.base_url),  # Bolt's own, never used: a token in it would be ignored
        authorize=authorize,
        signing_secret="",  # Socket Mode is not signed; HTTP mode would pass it here
        process_before_response=True,  # the ack goes out when a listener returns, without a poll
        request_verification_enabled=False,
    )


def _not_about_its_token(record: logging.LogRecord) -> bool:
    """Leave out Bolt's warnings that it does not use the token it found: it is told who we are by `authorize`."""
    return "`token`" not in record.getMessage()
