"""Who asks, and whether they may use a channel's board: asked of Slack at the click."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.core.people import Person
from bot.errors import BadInput, NotAllowed
from bot.slack.client import Profile, Room, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk
from bot.slack.request import Request

log = logging.getLogger(__name__)

LOST = "I lost track of which board this belongs to, so nothing was changed. Please open it once more."
UNSEEN = "I'm not in this channel yet. Type `/invite @Onewip` in it, then try again."
UNJOINED = "I'm not in {room} yet. Type `/invite @Onewip` there, then try again."
SHARED = "{room} is shared with another organisation. Onewip keeps no boards there yet."
ARCHIVED = "{room} is archived, so its board stands still. Nothing was changed."
STRANGER = "Only members of the channel can use its board. Join it, then try again. Nothing was changed."
UNKNOWN = "I can't ask Slack right now whether you are in that channel. Nothing was changed; try again in a minute."


async def check(desk: Desk, request: Request) -> None:
    """Refuse somebody who is not in the channel, and a channel that can have no board. Raises BadInput, NotAllowed.

    Slack being slow or ill keeps no member out: it shows a channel's messages, and its box to type in, to the people in
    that channel alone, so a request from there stands for itself. One from elsewhere (the App Home, a direct message, a
    field in which a channel is chosen) has nothing that stands for it, and waits until Slack answers.
    """
    if not request.channel:
        raise BadInput(LOST)
    try:
        room, is_member = await asyncio.gather(
            desk.directory.room(request.channel), desk.directory.is_member(request.channel, request.who.id)
        )
    except SlackRefused as refused:
        _refused(refused, request)
    except (SlackBusy, SlackUnreachable) as error:
        log.warning("can't check whether %s is in %s: %s", request.who.id, request.channel, error)
        if request.elsewhere:
            raise NotAllowed(UNKNOWN, field="channel") from error
    else:
        _judge(room, is_member=is_member)


def _refused(refused: SlackRefused, request: Request) -> None:
    """Slack shows us a private channel only when we are in it; without the scopes to ask, it stands for itself."""
    if refused.code == "channel_not_found":
        raise NotAllowed(UNSEEN, field="channel") from refused
    if not refused.is_of_the_token:  # that is logged once, where it is noticed
        log.error("Slack does not say who is in %s: %s. `manifests/` lists the scopes.", request.channel, refused)
    if request.elsewhere:
        raise NotAllowed(UNKNOWN, field="channel") from refused


def _judge(room: Room, *, is_member: bool) -> None:
    if not is_member:
        raise NotAllowed(STRANGER, field="channel")
    for holds, words in ((room.is_shared, SHARED), (room.is_archived, ARCHIVED), (not room.is_joined, UNJOINED)):
        if holds:
            raise NotAllowed(words, field="channel", room=f"#{room.name}")


async def asker(desk: Desk, body: Mapping[str, Any]) -> Profile:
    """Return the person behind a request, with the name they go by, and whether they are an admin of the workspace."""
    user = body.get("user") or {}
    user_id = str(body.get("user_id") or user.get("id") or (body.get("event") or {}).get("user") or "")
    try:
        return await desk.directory.profile(user_id)
    except (SlackBusy, SlackRefused, SlackUnreachable):
        # What Slack sends along is a handle, not the name; better than no answer, and not remembered.
        handle = body.get("user_name") or user.get("username") or user.get("name") or user_id
        return Profile(Person(user_id, str(handle)))
