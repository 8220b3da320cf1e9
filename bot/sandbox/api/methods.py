"""The methods the sandbox knows, as one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.api import chat, conversations, files, listing, pins, users, views
from bot.sandbox.api.args import Args
from bot.sandbox.box import Box
from bot.sandbox.wire import Json


@dataclass(frozen=True)
class Method:
    """What answers one method, the scopes of which one is enough (none: no scope needed), and whose token it takes.

    `takes_json`: arguments may come as a JSON body; the methods that only read take forms and queries alone.
    """

    answer: Callable[[Box, Args], Json]
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app"] = "bot"
    takes_json: bool = True


def _form(answer: Callable[[Box, Args], Json], scopes: tuple[str, ...] = ()) -> Method:
    return Method(answer, scopes, takes_json=False)


def _each(right: str) -> tuple[str, ...]:
    """Return the scopes of a conversations.* method: one for each kind of conversation."""
    return (f"channels:{right}", f"groups:{right}", f"mpim:{right}", f"im:{right}")


# Scopes: docs.slack.dev/reference/methods/<method>, "Bot token". Which take no JSON: `consumes` in
# github.com/slackapi/slack-api-specs. Some pages name JSON since ("Content types"), but users.info was seen to leave it
# unread in August 2026 (github.com/kortix-ai/suna/pull/6616): what Slack may not read is not sent.
METHODS: dict[str, Method] = {
    "auth.test": Method(users.auth_test),
    "apps.connections.open": Method(users.open_connection, ("connections:write",), "app"),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": _form(chat.get_permalink),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
    "pins.add": Method(pins.add, ("pins:write",)),
    "pins.remove": Method(pins.remove, ("pins:write",)),
    "pins.list": _form(pins.list_pins, ("pins:read",)),
    "reactions.add": Method(pins.add_reaction, ("reactions:write",)),
    "users.info": _form(users.info, ("users:read",)),
    "users.list": _form(users.list_users, ("users:read",)),
    "users.conversations": _form(listing.of_person, _each("read")),
    "dnd.info": _form(users.do_not_disturb, ("dnd:read",)),
    "files.info": _form(files.info, ("files:read",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "conversations.info": _form(conversations.info, _each("read")),
    "conversations.list": _form(listing.list_channels, _each("read")),
    "conversations.members": _form(conversations.members, _each("read")),
    "conversations.history": _form(conversations.history, _each("history")),
    "conversations.replies": _form(conversations.replies, _each("history")),
    "conversations.open": Method(
        conversations.open_direct, ("channels:manage", "groups:write", "mpim:write", "im:write")
    ),
    "conversations.join": Method(conversations.join, ("channels:join",)),
}
