"""The scopes of manifests/socket-mode.yaml: what does not work without one, for an app that was installed without."""

from collections.abc import Callable
from typing import Any

from bot.services.ops.findings import NOTE, UNKNOWN, Finding

WITHOUT = {
    "commands": "nobody can type `/board`",
    "chat:write": "the bot can't post anything",
    "pins:write": "the board message can't be pinned",
    "users:read": "people go by their handles, and admins are not known",
    "channels:read": "nobody can be checked to be in a channel",
    "groups:read": "nobody can be checked to be in a private channel",
    "files:read": "`/board import` can't take a document",
    "files:write": "`/board export` can't give a file",
    "im:history": "direct messages to the bot are not heard",
    "im:write": "nobody is asked for a status note or an answer, and `/board export` can't give a file",
    "dnd:read": "people are asked for a status note although their notifications are paused",
}
OPTIONAL = ("channels:history", "groups:history")
DOUBLE = (
    "optional, and without it a double is preferred to a gap: after a broken connection the bot can't look whether its "
    "message arrived, so it may stand twice"
)
ADDED = "whoever set the app up adds them at api.slack.com/apps and installs it again"


def lacking(scopes: frozenset[str] | None) -> tuple[str, ...]:
    """Return the scopes of the manifest that the app was not granted; none where Slack does not say what it was."""
    return tuple(scope for scope in (*WITHOUT, *OPTIONAL) if scope not in scopes) if scopes is not None else ()


def of_scopes(scopes: frozenset[str] | None) -> list[Finding]:
    """Say what does not work for want of scopes; nothing where all were granted, or nobody knows."""
    lost = lacking(scopes)
    needed = tuple(f"`{scope}`: without it {WITHOUT[scope]}" for scope in lost if scope in WITHOUT)
    optional = ", ".join(f"`{scope}`" for scope in lost if scope in OPTIONAL)
    findings = [Finding("scopes", f"some are missing; {ADDED}", NOTE, needed)] if needed else []
    return findings + ([Finding("history scope", f"{optional} not granted; {DOUBLE}", UNKNOWN)] if optional else [])


def connected(myself: dict[str, Any], esc: Callable[[str], str] = str) -> str:
    """Say as whom Slack knows the bot, and where; names go through `esc`."""
    return f"yes, as {esc(str(myself.get('user')))} in {esc(str(myself.get('team')))}"
