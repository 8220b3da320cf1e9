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


# The twin of manifests/socket-mode.yaml; a test compares them.
SOCKET_MODE = Manifest(
    scopes=("commands", "chat:write", "pins:write", "users:read", "channels:history", "groups:history"),
    commands=(
        {
            "command": "/board",
            "description": "One thing at a time: the board of this channel",
            "usage_hint": "add · start · tick · status · finish · park · facts · help",
            "should_escape": False,
        },
    ),
    events=frozenset(),
)
