"""What the app asked Slack for: the scopes it was granted, its commands, its events."""

from dataclasses import dataclass

from bot.sandbox.wire import Json


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest the sandbox acts on (docs.slack.dev/reference/app-manifest)."""

    scopes: tuple[str, ...]
    commands: tuple[Json, ...]
    events: frozenset[str]
    shortcuts: tuple[Json, ...] = ()
    verbs: tuple[Json, ...] = ()  # of its command, for the page to complete: `usage` and what it `does`; Slack has none


# The twin of manifests/socket-mode.yaml; a test compares them.
SOCKET_MODE = Manifest(
    scopes=(
        "commands",
        "chat:write",
        "pins:write",
        "users:read",
        "channels:read",
        "groups:read",
        "files:read",
        "files:write",
        "im:history",
        "im:write",
        "dnd:read",
        "channels:history",
        "groups:history",
    ),
    commands=(
        {
            "command": "/board",
            "description": "One thing at a time: the board of this channel",
            "usage_hint": "add · start · tick · status · finish · park · facts · help",
            "should_escape": True,
        },
    ),
    events=frozenset(
        {
            "app_home_opened",
            "member_joined_channel",
            "member_left_channel",
            "channel_archive",
            "channel_unarchive",
            "channel_left",
            "group_archive",
            "group_unarchive",
            "group_left",
            "user_change",
            "message.im",
        }
    ),
    shortcuts=(
        {
            "name": "Add to board",
            "type": "message",
            "callback_id": "do:add:message",
            "description": "Make an item from this message",
        },
        {
            "name": "Add as my answer",
            "type": "message",
            "callback_id": "do:checkin:message",
            "description": "Make your words in the digest's thread your answer",
        },
        {
            "name": "Add item",
            "type": "global",
            "callback_id": "do:add:anywhere",
            "description": "Add an item to a channel's board",
        },
    ),
)
