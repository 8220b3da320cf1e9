"""How the bot itself is, for whoever asks in a channel."""

import asyncio

from bot.services import doctor as service
from bot.services.findings import NOTE, WELL, Finding
from bot.slack import scopes
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.desk import Desk
from bot.slack.directory import PATIENCE
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import doctor as views


async def doctor(desk: Desk, request: Request) -> Reply:
    """Show how the bot is, and what it does for this board."""
    found, slack = await asyncio.gather(desk.door.call(service.check_up, request.channel, request.at), _slack(desk))
    desk.listed.facts()  # reads the file again if somebody wrote to it
    return Say(views.spoken(found, slack, desk.listed.fault), views.doctor(found, slack, desk.listed.fault))


async def _slack(desk: Desk) -> list[Finding]:
    """Ask Slack who we are and what we may; this very question came through it, so at worst it is slow."""
    try:
        async with asyncio.timeout(PATIENCE):
            myself = await desk.slack.whoami()
    except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError):
        return [Finding("Slack", "your words came through, but it does not answer me just now", NOTE)]
    return [Finding("Slack", scopes.connected(myself), WELL), *scopes.of_scopes(myself["scopes"])]
