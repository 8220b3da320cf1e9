"""Who asks: the person behind a command, a click, a dialog or an event."""

from collections.abc import Mapping
from typing import Any

from bot.core.board import Person
from bot.slack.client import Profile, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.desk import Desk


async def asker(desk: Desk, body: Mapping[str, Any]) -> Profile:
    """Give the person behind a request, with the name they go by, and whether they are an admin of the workspace."""
    user = body.get("user") or {}
    user_id = str(body.get("user_id") or user.get("id") or (body.get("event") or {}).get("user") or "")
    try:
        return await desk.directory.profile(user_id)
    except (SlackBusy, SlackRefused, SlackUnreachable):
        # What Slack sends along is a handle, not the name; better than no answer, and not remembered.
        handle = body.get("user_name") or user.get("username") or user.get("name") or user_id
        return Profile(Person(user_id, str(handle)))
