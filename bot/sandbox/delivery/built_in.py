"""The slash commands that Slack has itself, as far as the sandbox knows them: who is in a channel, and what it is."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.box import Box
from bot.sandbox.delivery.events import announce
from bot.sandbox.delivery.typed import name_of, user_named
from bot.sandbox.state.people import BOT_USER, TEAM
from bot.sandbox.wire import Json, Refused

# slack.com/help/articles/201402297: lower case, no spaces and full stops, at most 80 characters.
_NAME = re.compile(r"[^\sA-Z.,!?#@/\\<>&\"']{1,80}")


@dataclass(frozen=True)
class BuiltIn:
    """A command: who does it, what it does in a few words, and where else than in a channel of one's own it works."""

    run: Callable[[Box, str, Json, str], Awaitable[None]]
    usage: str
    does: str
    outside: bool = False  # by somebody who is not in the channel
    archived: bool = False  # in an archived channel


async def _invite(box: Box, person: str, channel: Json, text: str) -> None:
    user = _somebody(text, "Type /invite with the name of a person, or of the bot: /invite @Onewip")
    if user in channel["members"]:
        raise Refused(f"{name_of(user)} is already in this channel.")
    await _joined(box, channel, user, {"inviter": person})


async def _join(box: Box, person: str, channel: Json, text: str) -> None:
    if person in channel["members"]:
        raise Refused("You are in this channel already.")
    await _joined(box, channel, person, {})


async def _joined(box: Box, channel: Json, user: str, more: Json) -> None:
    box.workspace.join(channel, user)
    event = {"type": "member_joined_channel", "user": user, "channel": channel["id"], "channel_type": "C"}
    await _tell(box, channel, event | {"team": TEAM["id"]} | more)


async def _remove(box: Box, person: str, channel: Json, text: str) -> None:
    user = _somebody(text, "Type /remove with the name of a person, or of the bot: /remove @Onewip")
    if user not in channel["members"]:
        raise Refused(f"{name_of(user)} is not in this channel.")
    words = "has left the channel" if user == person else f"was removed from the channel by <@{person}>"
    await _left(box, channel, user, words)


async def _leave(box: Box, person: str, channel: Json, text: str) -> None:
    await _left(box, channel, person, "has left the channel")


async def _left(box: Box, channel: Json, user: str, words: str) -> None:
    """docs.slack.dev/reference/events/channel_left: the bot hears so of its own removal, and of others' otherwise."""
    box.workspace.leave(channel, user, words)
    if user == BOT_USER:
        name = "group_left" if channel["is_private"] else "channel_left"
        return await announce(box, name, {"type": name, "channel": channel["id"]})
    event = {"type": "member_left_channel", "user": user, "channel": channel["id"], "channel_type": "C"}
    return await _tell(box, channel, event | {"team": TEAM["id"]})


async def _rename(box: Box, person: str, channel: Json, text: str) -> None:
    name = text.removeprefix("#")
    if not _NAME.fullmatch(name):
        raise Refused("A channel's name is in lower case, without spaces and punctuation: /rename daily-board")
    if any(name == other["name"] for other in box.workspace.channels.values()):
        raise Refused(f"There is a #{name} already.")
    box.workspace.rename(channel, name, person)
    renamed = {"id": channel["id"], "name": name, "created": 0, "is_channel": True, "is_mpim": False}
    await _tell(box, channel, {"type": _kind(channel, "rename"), "channel": renamed})


async def _archive(box: Box, person: str, channel: Json, text: str) -> None:
    box.workspace.archive(channel, person, archived=True)
    await _tell(box, channel, {"type": _kind(channel, "archive"), "channel": channel["id"], "user": person})


async def _unarchive(box: Box, person: str, channel: Json, text: str) -> None:
    if not channel["is_archived"]:
        raise Refused(f"#{channel['name']} is not archived.")
    box.workspace.archive(channel, person, archived=False)
    await _tell(box, channel, {"type": _kind(channel, "unarchive"), "channel": channel["id"], "user": person})


def _kind(channel: Json, what: str) -> str:
    """docs.slack.dev/reference/events: `channel_archive`, and `group_archive` for a private channel."""
    return f"{'group' if channel['is_private'] else 'channel'}_{what}"


async def _tell(box: Box, channel: Json, event: Json) -> None:
    """The bot hears of the channels that it is in."""
    if BOT_USER in channel["members"]:
        await announce(box, str(event["type"]), event)


def _somebody(text: str, otherwise: str) -> str:
    user = user_named(text)
    if user is None:
        raise Refused(otherwise)
    return user


BUILT_IN = {
    "/invite": BuiltIn(_invite, "@name", "Bring a person into this channel, or the bot"),
    "/remove": BuiltIn(_remove, "@name", "Take a person out of this channel, or the bot"),
    "/join": BuiltIn(_join, "", "Join the channel you look at", outside=True),
    "/leave": BuiltIn(_leave, "", "Leave this channel"),
    "/rename": BuiltIn(_rename, "new-name", "Give this channel another name"),
    "/archive": BuiltIn(_archive, "", "Archive this channel: it can be read, and nothing is said in it"),
    "/unarchive": BuiltIn(_unarchive, "", "Bring this channel back", outside=True, archived=True),
}


async def run(box: Box, person: str, channel: Json, name: str, text: str) -> None:
    """Do one of the commands above; refuses with a sentence for the person."""
    command = BUILT_IN[name]
    if channel["is_im"]:
        raise Refused(f"{name} works in a channel.")
    if channel["is_archived"] and not command.archived:
        raise Refused("is_archived")
    if person not in channel["members"] and not command.outside:
        raise Refused("not_in_channel")
    await command.run(box, person, channel, text)
