"""The baseline: a sandbox and the smallest Bolt app there is, which acks every command."""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T", bot_token=Sandbox.bot_token)


async def main() -> None:
    box = Sandbox(Path(mkdtemp()) / "bare.db", int(os.environ["PORT"]), lambda: datetime.now(UTC))
    await box.start()
    client = AsyncWebClient(Sandbox.bot_token, base_url=box.api_url)
    app = AsyncApp(client=client, authorize=authorize, process_before_response=True, signing_secret="-")

    @app.command(re.compile("^/"))
    async def command(ack: AsyncAck) -> None:
        await ack(text="ok")

    await AsyncSocketModeHandler(app, Sandbox.app_token, web_client=client).connect_async()  # type: ignore[no-untyped-call]
    print(box.address, flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
