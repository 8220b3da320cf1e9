"""Messages that Slack finds too long as a whole, though each of their blocks is sound."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.slack.layout.blocks import Block, fitted

# No page of docs.slack.dev says how much all blocks of a message may hold; github.com/slackapi/bolt-js/issues/2509 has
# measured 13,297 characters in one block, and 125 fewer with each further one.
ALTOGETHER = 13_297  # characters
PER_BLOCK = 125


def shortened(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their longest texts cut, all to one length, so that they fit together."""
    most = _longest(sorted(map(len, _texts(blocks))), ALTOGETHER - PER_BLOCK * len(blocks))
    return [_cut(block, most) for block in blocks]


def _longest(lengths: Sequence[int], room: int) -> int:
    """Return how long a text may be, for texts of these lengths, the shortest first, to fit into `room`."""
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return max(share, 1)
        room -= length
    return max(lengths, default=0)


def _texts(value: object) -> Iterator[str]:
    """Return every text in blocks, however deep it lies."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _cut(value: Any, most: int) -> Any:
    if isinstance(value, list):
        return [_cut(part, most) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: fitted(part, most) if name == "text" and isinstance(part, str) else _cut(part, most)
        for name, part in value.items()
    }
