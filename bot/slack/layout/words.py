"""Short answers to one person: a line, a refusal with its ways on, an error of ours."""

import json
from collections.abc import Sequence

from bot.errors import Offer, UserError
from bot.slack.layout.blocks import MODAL_TITLE, Block, View, offered, plain, section
from bot.slack.layout.richtext import Line, lines, preformatted, told


def line(text: str | Line) -> list[Block]:
    """Return one paragraph: a line, or a sentence of ours with Slack's marks and nobody else's words."""
    return lines(text) if isinstance(text, Line) else [section(text)]


def refusal(error: UserError, ways: Sequence[Offer] | None = None) -> list[Block]:
    """Say what holds, and show the ways on as buttons: its own, or those given."""
    return [*lines(told(error.say)), *offered(error.offers if ways is None else ways)]


def unsaved(written: Sequence[str]) -> list[Block]:
    """Return what somebody wrote into a dialog that could not be taken, so that they can copy it; none, if nothing."""
    return [section("*What you wrote, to copy*"), *lines(*map(preformatted, written))] if written else []


def notice(channel: str, blocks: Sequence[Block], *, elsewhere: bool = False) -> View:
    """Return a dialog that only says something; its buttons belong to that channel's board.

    `elsewhere`: it stands away from that board.
    """
    metadata = {"channel": channel, "notice": True} | ({"elsewhere": True} if elsewhere else {})
    return {
        "type": "modal",
        "title": plain("Onewip", MODAL_TITLE),
        "close": plain("Close", MODAL_TITLE),
        "private_metadata": json.dumps(metadata),
        "blocks": list(blocks),
    }
