"""Which conversations the bot sees, and with which scope it may ask about them."""

from bot.sandbox.box import Box
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused


def seen(box: Box, key: str) -> Json:
    """Return a channel by its id; one that the bot can't look into is `channel_not_found`, like none."""
    return _visible(box.workspace.channels.get(key))


def addressed(box: Box, key: str) -> Json:
    """Return where a new message goes: by id, `#name`, or a person's id for their DM; refuses as `seen` does."""
    return _visible(box.workspace.channel(key))


def _visible(channel: Json | None) -> Json:
    if channel is None or not is_seen(channel, BOT_USER):
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
