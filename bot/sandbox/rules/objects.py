"""Composition objects: text, options, dialogs and filters, which blocks and elements are made of.

Pages are below docs.slack.dev/reference/.
"""

import re
from datetime import date
from urllib.parse import urlsplit

from bot.sandbox.rules.between import one_of, some_of
from bot.sandbox.rules.shape import (
    Findings,
    Flag,
    Items,
    Kinds,
    Rule,
    Shape,
    Text,
    choice,
)

OBJECTS = "block-kit/composition-objects/"

FLAG = Flag()
ID = Text(255, least=1)
STYLE = choice("primary", "danger")


def _is_link(value: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value) is not None


def _is_web_address(value: str, schemes: tuple[str, ...] = ("http", "https")) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.netloc)


def _is_secure_address(value: str) -> bool:
    return _is_web_address(value, ("https",))


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


LINK = Text(3000, least=1, fits=_is_link, words="must be a valid URL")  # a button may also open mailto: or an app
WEB_ADDRESS = Text(3000, least=1, fits=_is_web_address, words="must be a valid URL")
SECURE_ADDRESS = Text(3000, least=1, fits=_is_secure_address, words="must be a valid HTTPS URL")
DATE = Text(fits=_is_date, words="must be in the format YYYY-MM-DD")
TIME = Text(fits=re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]").fullmatch, words="must be in the format HH:mm")


def _plain_text(most: int) -> Shape:
    return Shape(OBJECTS + "text-object", needs={"text": Text(most, least=1)}, may={"emoji": FLAG})


def _mrkdwn(most: int) -> Shape:
    return Shape(OBJECTS + "text-object", needs={"text": Text(most, least=1)}, may={"verbatim": FLAG})


def plain(most: int) -> Kinds:
    """Return the rule of a text object that can only be `plain_text`, of at most so many characters."""
    return Kinds({"plain_text": _plain_text(most)})


def words(most: int) -> Kinds:
    """Return the rule of a text object, `plain_text` or `mrkdwn`, of at most so many characters."""
    return Kinds({"plain_text": _plain_text(most), "mrkdwn": _mrkdwn(most)})


def _option(text: Rule, **more: Rule) -> Shape:
    page = OBJECTS + "option-object"
    return Shape(page, needs={"text": text, "value": Text(150, least=1)}, may={"description": text, **more})


OPTION = _option(plain(75))  # in select menus
MARKED_OPTION = _option(words(75))  # in checkboxes and radio buttons
LINKED_OPTION = _option(plain(75), url=LINK)  # in overflow menus

OPTION_GROUP = Shape(OBJECTS + "option-group-object", needs={"label": plain(75), "options": Items(OPTION, 100)})

CONFIRM_DIALOG = Shape(
    OBJECTS + "confirmation-dialog-object",
    # The page's table asks for plain_text in `text`; its own example sends mrkdwn, which Slack takes.
    needs={"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    may={"style": STYLE},
)

CONVERSATION_FILTER = Shape(
    OBJECTS + "conversation-filter-object",
    may={
        "include": Items(choice("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    },
    also=(some_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

DISPATCH_ACTION_CONFIG = Shape(
    OBJECTS + "dispatch-action-configuration-object",
    may={"trigger_actions_on": Items(choice("on_enter_pressed", "on_character_entered"), 2)},
)

SLACK_FILE = Shape(
    OBJECTS + "slack-file-object",
    may={"id": Text(least=1), "url": WEB_ADDRESS},
    also=(one_of("id", "url"),),
)

# fmt: off
ICONS = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left", "caret-right", "check", "clipboard",
    "code", "comment", "compass", "copy", "cube", "download", "edit", "email", "eye-closed", "eye-open", "file", "flag",
    "folder", "gear", "globe", "heart", "help", "image", "info", "key", "lightbulb", "link", "map", "mobile",
    "new-window", "pin", "plus", "refine", "refresh", "rocket", "save", "screen", "share", "sparkle", "star",
    "star-filled", "tag", "thumbs-down", "thumbs-up", "trash", "upload", "user", "warning",
)
# fmt: on
SLACK_ICON = Kinds({"icon": Shape(OBJECTS + "slack-icon-object", needs={"name": choice(*ICONS)})})


class _AnyValue:
    """A workflow's input: its type is whatever the workflow says."""

    def check(self, value: object, at: str, findings: Findings) -> None:
        """Find nothing wrong."""


INPUT_PARAMETER = Shape(OBJECTS + "trigger-object", needs={"name": Text(least=1), "value": _AnyValue()})
TRIGGER = Shape(
    OBJECTS + "trigger-object",
    needs={"url": WEB_ADDRESS},
    may={"customizable_input_parameters": Items(INPUT_PARAMETER)},
)
WORKFLOW = Shape(OBJECTS + "workflow-object", needs={"trigger": TRIGGER})
