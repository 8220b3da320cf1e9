"""Short answers to one person: a line, a refusal with its ways on, an error of ours."""

import json
from collections.abc import Sequence

from bot.errors import Offer, UserError
from bot.slack.layout.blocks import MODAL_TITLE, Block, View, esc, offered, plain, section


def line(text: str) -> list[Block]:
    """Return one paragraph; people's words in it are escaped by the caller."""
    return [section(text)]


def refusal(error: UserError, ways: Sequence[Offer] | None = None) -> list[Block]:
    """Say what holds, and show the ways on as buttons: its own, or those given."""
    return [section(error.say(esc)), *offered(error.offers if ways is None else ways)]


def unsaved(written: Sequence[str]) -> list[Block]:
    """Return what somebody wrote into a dialog that could not be taken, so that they can copy it; none, if nothing."""
    texts = [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]} for text in written]
    return [section("*What you wrote, to copy*"), {"type": "rich_text", "elements": texts}] if texts else []


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
