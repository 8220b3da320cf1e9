"""Short answers to one person: a line, a refusal with its ways on, an error of ours."""

import json
from collections.abc import Sequence

from bot.errors import UserError
from bot.slack.layout.blocks import MODAL_TITLE, Block, View, esc, offered, plain, section


def line(text: str) -> list[Block]:
    """Return one paragraph; people's words in it are escaped by the caller."""
    return [section(text)]


def refusal(error: UserError) -> list[Block]:
    """Say what holds, and show the legal moves as buttons."""
    return [section(error.say(esc)), *offered(error.offers)]


def unsaved(written: Sequence[str]) -> list[Block]:
    """Return what somebody wrote into a dialog that could not be taken, so that they can copy it; none, if nothing."""
    texts = [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]} for text in written]
    return [section("*What you wrote, to copy*"), {"type": "rich_text", "elements": texts}] if texts else []


def notice(channel: str, blocks: Sequence[Block]) -> View:
    """Return a dialog that only says something; its buttons belong to that channel's board."""
    return {
        "type": "modal",
        "title": plain("Onewip", MODAL_TITLE),
        "close": plain("Close", MODAL_TITLE),
        "private_metadata": json.dumps({"channel": channel, "notice": True}),
        "blocks": list(blocks),
    }
