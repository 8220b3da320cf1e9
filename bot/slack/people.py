"""Who somebody is: asked of Slack once, then remembered."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.core.board import Person
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.desk import Desk

PATIENCE = 1.0  # seconds: Slack waits three for an answer, and a name is not worth missing it


async def asker(desk: Desk, body: Mapping[str, Any]) -> Person:
    """Give the person behind a command, a click or a dialog, with the name they go by."""
    user = body.get("user") or {}
    user_id = str(body.get("user_id") or user.get("id") or "")
    if user_id not in desk.names:
        try:
            async with asyncio.timeout(PATIENCE):
                desk.names[user_id] = await desk.slack.person(user_id)
        except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError):
            # What Slack sends along is a handle, not the name; better than no answer, and not remembered.
            return Person(user_id, str(body.get("user_name") or user.get("username") or user.get("name") or user_id))
    return desk.names[user_id]
