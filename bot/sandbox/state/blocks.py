"""What Slack adds to blocks before it keeps them: the ids that were left out."""

import copy
import secrets
from typing import Any

from bot.sandbox.wire import Json


def furnished(blocks: list[Json]) -> list[Json]:
    """Return a copy of `blocks` in which every block and every interactive element has its id."""
    done = copy.deepcopy(blocks)
    for block in done:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    return done


def elements(block: Json) -> list[Json]:
    """Return the interactive elements of a block, wherever that kind of block keeps them."""
    candidates: list[Any] = [block.get("accessory"), block.get("element")]
    if block.get("type") == "actions":
        candidates += block.get("elements", [])
    return [element for element in candidates if isinstance(element, dict) and element.get("type") != "image"]
