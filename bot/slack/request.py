"""What somebody asks for, however they asked: typed, clicked or sent with a dialog, it is one Request."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.core.people import Person
from bot.services.change import Ask
from bot.slack.layout.blocks import board_of, card_of

MENU = "menu"  # the action `do:menu` is a menu or a list to choose from, each of whose choices is a typed command
READ_LIMIT = 40_000  # characters; docs.slack.dev, chat.postMessage: Slack cuts a message's text there
# What Slack writes into a text between `<` and `>`; it escapes these marks elsewhere, so none stands inside.
MENTION = re.compile(r"<@(\w+)")
NAMED = re.compile(r"<([@#])(\w+)(?:\|([^<>]*))?>")
LINK = re.compile(r"<(https?://[^|<>]+|mailto:[^|<>]+)(?:\|[^<>]*)?>")
CURLED = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'"})
# Where Slack puts what was chosen in a field that has no plain `value`.
VALUES = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "file_input": "files",
}


class Via(StrEnum):
    """How somebody asked."""

    COMMAND = "command"
    BUTTON = "button"
    DIALOG = "dialog"
    SHORTCUT = "shortcut"
    SEARCH = "search"  # in a list of a dialog or a message
    MESSAGE = "message"  # to the bot, in a direct message


class Taken(NamedTuple):
    """A piece of a title that was typed, and the item that it was taken for."""

    piece: str
    number: int
    title: str


class Fields(dict[str, Any]):
    """What a dialog was filled in with, by field; one that Slack leaves out was left empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked for. `words` is what stands behind the verb; `fields` is what a dialog was filled in with."""

    verb: str
    words: str
    channel: str
    who: Person
    at: datetime
    via: Via
    trigger: str = ""
    step: str = ""  # which view of a dialog was sent, where it has several
    fields: Mapping[str, Any] = field(default_factory=Fields)
    # What the dialog carried in its `private_metadata`; of a shortcut, which message it was on.
    metadata: Mapping[str, Any] = field(default_factory=dict)
    response_url: str = ""
    from_own: bool = False  # clicked on a message that only they can see, or in a dialog that was opened from one
    card: int | None = None  # the item on whose card it was clicked, there or in a dialog that was opened from it
    view_id: str = ""  # clicked within a dialog
    view_hash: str = ""  # of that dialog as it was when it was clicked
    people: tuple[str, ...] = ()  # ids of the people named in the words, as `@Maria`
    is_admin: bool = False  # of the workspace
    zone: str = ""  # the one that they live in; nothing: not known
    written: tuple[str, ...] = ()  # what they wrote into the fields of a dialog
    # What pieces of titles were taken for, noted by whoever reads the words (`which`), so that the answer says it.
    taken: list[Taken] = field(default_factory=list)
    # Asked from a place that is not the board's own: the App Home, a direct message, a field, a dialog from there.
    elsewhere: bool = False

    @property
    def ask(self) -> Ask:
        """Who asks, where and when, as services want it."""
        return Ask(self.channel, self.who, self.at, self.is_admin)

    @property
    def is_direct(self) -> bool:
        """Whether this was asked in a direct message, which has no board of its own."""
        return self.channel.startswith("D")

    @property
    def is_sent(self) -> bool:
        """Whether a dialog was filled in, rather than asked for."""
        return self.via is Via.DIALOG

    @property
    def is_typed(self) -> bool:
        """Whether it was typed, so that an answer is expected even where a message shows what was done."""
        return self.via is Via.COMMAND

    def number(self) -> tuple[int | None, str]:
        """Read the item's number in front of the words: `12`, `#12`. Returns it (None without one) and the rest."""
        first, _, rest = self.words.strip().partition(" ")
        digits = first.removeprefix("#")
        if digits.isdecimal() and len(digits) <= 6:
            return int(digits), rest.strip()
        return None, self.words.strip()

    def choice(self, name: str) -> bool:
        """Return whether a dialog's single box was ticked."""
        return bool(self.fields.get(name))


def identity(body: Mapping[str, Any]) -> str:
    """Return what a request has in common with a second delivery of it; nothing where it has nothing of the kind.

    docs.slack.dev: an event keeps its `event_id`, a click or a command its `trigger_id`. A dialog's trigger is another
    at each click on its button, but its hash changes with every view that it shows.
    """
    view = body.get("view") or {}
    if body.get("type") == "view_submission" and view.get("hash"):
        filled = json.dumps((view.get("state") or {}).get("values"), sort_keys=True)
        root = view.get("root_view_id") or ""
        return f"view {root} {view.get('id')} {view['hash']} {hashlib.sha256(filled.encode()).hexdigest()[:16]}"
    return next((f"{name} {body[name]}" for name in ("event_id", "trigger_id") if body.get(name)), "")


def from_command(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read a typed command; the first word is the verb, none is the board itself."""
    text = str(body.get("text") or "")[:READ_LIMIT]
    verb, _, words = _straight(plain(text)).partition(" ")
    return Request(
        verb=verb.lower() or "board",
        words=words.strip(),
        people=tuple(MENTION.findall(text)),
        channel=str(body["channel_id"]),
        who=who,
        at=at,
        via=Via.COMMAND,
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
    )


def from_button(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read a click: `do:VERB` with its value is the typed command."""
    action = body["actions"][0]
    container = body.get("container") or {}
    view = body.get("view") or {}
    metadata = _metadata(view)
    verb, words = _pressed(action)
    elsewhere = board_of(str(action.get("block_id") or ""))
    here = (body.get("channel") or {}).get("id") or metadata.get("channel")
    return Request(
        verb=verb,
        words=words,
        channel=elsewhere or str(here or ""),
        who=who,
        at=at,
        via=Via.BUTTON,
        trigger=str(body.get("trigger_id") or ""),
        metadata=metadata,
        response_url=str(body.get("response_url") or metadata.get("answer") or ""),
        from_own=bool(container.get("is_ephemeral") or metadata.get("answer")),
        card=card_of(str(action.get("block_id") or "")) or metadata.get("card"),
        view_id="" if view.get("type") == "home" else str(view.get("id") or ""),
        view_hash=str(view.get("hash") or ""),
        elsewhere=bool(elsewhere or metadata.get("elsewhere")),
    )


def from_search(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read what is typed into a list to search in: `words`; `verb` is the list's name, a field's or `menu`.

    docs.slack.dev/reference/interaction-payloads/block_suggestion-payload.
    """
    action, block_id = str(body.get("action_id") or ""), str(body.get("block_id") or "")
    metadata = _metadata(body.get("view") or {})
    here = (body.get("channel") or {}).get("id") or metadata.get("channel")
    elsewhere = board_of(block_id)
    return Request(
        verb=_verb(action)[0] if action.startswith("do:") else block_id,
        words=storable(str(body.get("value") or ""))[:READ_LIMIT],
        channel=elsewhere or str(here or ""),
        who=who,
        at=at,
        via=Via.SEARCH,
        elsewhere=bool(elsewhere or metadata.get("elsewhere")),
    )


def from_shortcut(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read a shortcut `do:VERB`: on a message, whose text are the words; or a global one, which knows no channel."""
    message = body.get("message") or {}
    return Request(
        verb=_verb(str(body["callback_id"]))[0],
        words=plain(str(message.get("text") or "")),
        channel=str((body.get("channel") or {}).get("id") or ""),
        who=who,
        at=at,
        via=Via.SHORTCUT,
        trigger=str(body.get("trigger_id") or ""),
        metadata={name: str(message[name]) for name in ("ts", "thread_ts", "user") if name in message},
        response_url=str(body.get("response_url") or ""),
    )


def from_message(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read what somebody wrote to the bot in a direct message, like a typed command."""
    event = body["event"]
    verb, _, words = _straight(plain(str(event.get("text") or ""))).partition(" ")
    return Request(verb.lower(), words.strip(), str(event["channel"]), who, at, Via.MESSAGE)


def from_dialog(body: Mapping[str, Any], who: Person, at: datetime) -> Request:
    """Read a dialog that was sent: `do:VERB` with fields, and `do:VERB:STEP` for a later view of it."""
    view = body["view"]
    metadata = _metadata(view)
    fields = _fields(view)
    verb, step = _verb(str(view["callback_id"]))
    return Request(
        verb=verb,
        words=str(metadata.get("item") or ""),
        channel=str(fields.get("channel") or metadata.get("channel") or ""),
        who=who,
        at=at,
        via=Via.DIALOG,
        trigger=str(body.get("trigger_id") or ""),
        step=step,
        fields=fields,
        metadata=metadata,
        response_url=str(metadata.get("answer") or ""),
        from_own=bool(metadata.get("answer")),
        card=metadata.get("card"),
        view_id=str(view.get("id") or ""),
        written=written(body),
        elsewhere="channel" in fields or bool(metadata.get("elsewhere")),
    )


def _verb(name: str) -> tuple[str, str]:
    _, verb, *suffix = name.split(":", 2)
    return verb, suffix[0] if suffix else ""


def _pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """Return the verb and the words of a button; a menu's choice is a whole typed command."""
    verb, _ = _verb(str(action["action_id"]))
    if verb != MENU:
        return verb, str(action.get("value") or "")
    chosen, _, words = str((action.get("selected_option") or {}).get("value") or "").partition(" ")
    return chosen, words


def _metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        metadata = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return metadata if isinstance(metadata, dict) else {}


def _fields(view: Mapping[str, Any]) -> Fields:
    values = (view.get("state") or {}).get("values") or {}
    return Fields({block: _value(next(iter(elements.values()), {})) for block, elements in values.items()})


def written(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what somebody wrote into the text fields of a dialog that was sent, in their order, without empty ones."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    elements = [element for block in values.values() for element in block.values()]
    texts = [_value(element) for element in elements if element.get("type") == "plain_text_input"]
    return tuple(text for text in texts if text.strip())


def _value(element: Mapping[str, Any]) -> Any:
    kind = str(element.get("type"))
    if kind in ("checkboxes", "multi_static_select"):
        return [option["value"] for option in element.get("selected_options") or []]
    if kind in ("radio_buttons", "static_select", "external_select"):
        return (element.get("selected_option") or {}).get("value")
    value = element.get(VALUES.get(kind, "value")) or ""
    return storable(value) if isinstance(value, str) else value


def plain(text: str) -> str:
    """Read a command's text as it was typed: Slack sends names, channels, links and `& < >` in its own form.

    docs.slack.dev/interactivity/implementing-slash-commands, "Escaping user and channel IDs".
    """
    text = NAMED.sub(lambda match: f"{match[1]}{match[3] or match[2]}", text[:READ_LIMIT])
    text = LINK.sub(r"\1", text)
    return storable(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def storable(text: str) -> str:
    """Leave out what no database and no message takes: control characters and halves of characters."""
    return "".join(
        character for character in text if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )


def _straight(text: str) -> str:
    """Make what phones and editors curl or widen plain again: quotes and spaces."""
    return re.sub(r"\s+", " ", text.translate(CURLED)).strip()
