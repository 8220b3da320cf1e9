"""How long all the blocks of one message are together.

No page of docs.slack.dev gives a figure, but Slack refuses with `msg_blocks_too_long`. The figures are those that were
measured in github.com/slackapi/bolt-js/issues/2509: 13,297 characters of text, and 125 fewer with a divider beside it.
"""

from typing import Any

from bot.sandbox.rules.whole import CELL_LIMITS

LIMIT = 13_297  # characters of text, in one block
_PER_BLOCK = 125  # characters that each further block costs


def blocks_fit(blocks: list[dict[str, Any]]) -> bool:
    """Return whether Slack takes blocks, each of which is sound, in one message; tables have limits of their own."""
    length = sum(_characters(block) for block in blocks if block["type"] not in CELL_LIMITS)
    return length + _PER_BLOCK * (len(blocks) - 1) <= LIMIT


def _characters(value: object) -> int:
    """Count the characters of every text in a block, however deep it lies."""
    if isinstance(value, list):
        return sum(_characters(part) for part in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(part) if name == "text" and isinstance(part, str) else _characters(part) for name, part in value.items()
    )
