"""Which conversations the bot sees, and with which scope it may ask about them."""

from bot.sandbox.box import Box
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused


def seen(box: Box, key: str) -> Json:
    """Return a channel by id, name or person; one that the bot can't look into is `channel_not_found`, like none."""
    channel = box.workspace.channel(key)
    if not is_seen(channel, BOT_USER):
        raise Refused("channel_not_found")
    return channel


def kind(channel: Json) -> str:
    """Return the type of a conversation (docs.slack.dev/reference/methods/conversations.list, `types`)."""
    if channel["is_im"]:
        return "im"
    return "private_channel" if channel["is_private"] else "public_channel"


_SCOPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def need_scope(box: Box, wanted: str, right: str) -> None:
    """Refuse with `missing_scope` when the app may not `right` conversations of a type; `invalid_types` is no type."""
    if wanted not in _SCOPES:
        raise Refused("invalid_types")
    scope = f"{_SCOPES[wanted]}:{right}"
    if scope not in box.manifest.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(box.manifest.scopes))
