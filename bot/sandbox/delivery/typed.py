"""Text as a person typed it, made into what Slack keeps and sends."""

import re

from bot.sandbox.state.people import BOT_NAME, BOT_USER, PEOPLE
from bot.sandbox.state.workspace import Workspace

# docs.slack.dev/messaging/formatting-message-text, "Escaping text".
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NAMES = {**{user: str(known["real_name"]) for user, known in PEOPLE.items()}, BOT_USER: BOT_NAME}


def as_kept(workspace: Workspace, text: str) -> str:
    """Return a typed message as Slack keeps it: escaped, with names of people and channels as references.

    References the page already made stay what they are; everything else between < and > becomes plain text.
    """
    escaped = _mentions(text, "").translate(_ESCAPES)
    escaped = re.sub(r"&lt;@(U\w+)&gt;", lambda m: f"<@{m[1]}>" if m[1] in _NAMES else m[0], escaped)
    for key, name in _rooms(workspace).items():
        escaped = escaped.replace(f"&lt;#{key}|{name}&gt;", f"<#{key}|{name}>")
        escaped = re.sub(rf"(?<!\S)#{name}\b", f"<#{key}|{name}>", escaped)
    return escaped


def with_references(workspace: Workspace, text: str) -> str:
    """Return the text of a slash command whose manifest says `should_escape`: names as `<@U…|name>`, `<#C…|name>`.

    docs.slack.dev/interactivity/implementing-slash-commands, "Escape channels, users, and links".
    """
    text = re.sub(r"<@(U\w+)>", lambda m: f"<@{m[1]}|{_NAMES[m[1]].lower()}>" if m[1] in _NAMES else m[0], text)
    text = _mentions(text, "|")
    for key, name in _rooms(workspace).items():
        text = re.sub(rf"(?<!\S)#{name}\b", f"<#{key}|{name}>", text)
    return text


def user_named(text: str) -> str | None:
    """Return whom `@Carol`, `carol` or `<@U0CAROL>` means; nobody of that name is None."""
    name = text.strip().removeprefix("@").strip("<@>").casefold()
    return next((user for user, known in _NAMES.items() if name in (user.casefold(), known.casefold())), None)


def name_of(user: str) -> str:
    """Return the name that a person, or the bot, goes by."""
    return _NAMES[user]


def _mentions(text: str, bar: str) -> str:
    for user, name in _NAMES.items():
        reference = f"<@{user}|{name.lower()}>" if bar else f"<@{user}>"
        text = re.sub(rf"(?<!\S)@{name}\b", reference, text, flags=re.IGNORECASE)
    return text


def _rooms(workspace: Workspace) -> dict[str, str]:
    return {key: channel["name"] for key, channel in workspace.channels.items() if not channel["is_im"]}
