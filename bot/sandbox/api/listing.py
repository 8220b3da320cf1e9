"""Lists of conversations: all that the bot sees, and those that somebody is in."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.paging import page
from bot.sandbox.api.sight import kind, need_scope
from bot.sandbox.box import Box
from bot.sandbox.state.objects import channel_object
from bot.sandbox.state.people import BOT_USER, PEOPLE
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused

_MOST = 999  # docs.slack.dev/reference/methods/users.conversations: "limit … with a max value of 999"


def list_channels(box: Box, args: Args) -> Json:
    """Answer conversations.list (docs.slack.dev/reference/methods/conversations.list)."""
    channels = [channel_object(channel) for channel in _seen(box, args)]
    return _paged(channels, args)


def of_person(box: Box, args: Args) -> Json:
    """Answer users.conversations (docs.slack.dev/reference/methods/users.conversations): where `user`, or the bot, is.

    Of another person it tells the private ones only that the bot is in too. `is_member` and `num_members` are left out.
    """
    user = args.text("user") or BOT_USER
    if user not in (*PEOPLE, BOT_USER):
        raise Refused("user_not_found")
    if args.number("limit", 100) > _MOST:
        raise Refused("invalid_limit")
    channels = [channel_object(channel) for channel in _seen(box, args) if user in channel["members"]]
    for channel in channels:
        for name in ("is_member", "num_members"):
            channel.pop(name, None)
    return _paged(channels, args)


def _seen(box: Box, args: Args) -> list[Json]:
    types = [word.strip() for word in args.text("types", "public_channel").split(",")]
    for word in types:
        need_scope(box, word, "read")
    return [
        channel
        for channel in box.workspace.channels.values()
        if kind(channel) in types
        and is_seen(channel, BOT_USER)
        and not (args.flag("exclude_archived") and channel["is_archived"])
    ]


def _paged(channels: list[Json], args: Args) -> Json:
    shown, cursor = page(channels, args, 100)
    return {"channels": list(shown), "response_metadata": {"next_cursor": cursor}}
