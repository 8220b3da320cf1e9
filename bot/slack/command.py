"""A command: what it has at hand, and what it gives back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.facts.listed import Listed
from bot.places.library import Library
from bot.services.door import Door
from bot.slack.asked.awaited import Awaited
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.layout.blocks import Block, View
from bot.slack.request import Request


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole program. The directory knows who is who and who is where."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    listed: Listed
    directory: Directory
    library: Library = field(default_factory=dict)  # where documents live, by channel
    awaited: Awaited = field(default_factory=Awaited)


@dataclass(frozen=True, slots=True)
class Say:
    """Words for their eyes only. `text` is read aloud where blocks can't be shown; it is plain, not escaped."""

    text: str
    blocks: Sequence[Block]
    is_refusal: bool = False  # nothing was changed, so a dialog stays to say so


@dataclass(frozen=True, slots=True)
class Later:
    """Words that stand until their answer comes, and become it. `key` is what is owed."""

    text: str
    blocks: Sequence[Block]
    key: str


@dataclass(frozen=True, slots=True)
class Open:
    """A dialog; from within one, on top of it."""

    view: View


@dataclass(frozen=True, slots=True)
class Change:
    """The dialog that was sent, or that a button was pressed in, shown otherwise.

    `anew` is the command that shows it as it is now, for when another click changed it first.
    """

    view: View
    anew: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a dialog's fields, each in its place."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Back:
    """The dialog that was sent closes, and the one beneath it, by its id, is shown as it is now."""

    beneath: str
    view: View


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to say: what they did shows by itself. A dialog closes."""


Reply = Say | Later | Open | Change | Back | Wrong | Nothing


class Group(StrEnum):
    """What a command is for, as help groups them."""

    WORK = "Work"
    LOOK = "Look"
    PRODUCTION = "Production"
    SETTINGS = "Settings"


@dataclass(frozen=True, slots=True)
class Command:
    """One verb: what is typed, what it does in a few words, what help on it alone tells beside that, who does it.

    Taught ones are in the first help. `aliases` are other words for the same.
    """

    verb: str
    group: Group
    usage: str
    does: str
    detail: str
    run: Callable[[Desk, Request], Awaitable[Reply]]
    taught: bool = False
    aliases: tuple[str, ...] = ()
    anywhere: bool = False  # needs no board, so it may be asked for by everybody and in a direct message
