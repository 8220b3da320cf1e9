"""What is folded away in a lane: `<details>` under a summary that names another lane."""

import re
from collections.abc import Iterable, Iterator

from bot.core.board.model import Lane
from bot.documents.outline import Block, Kind
from bot.documents.vocabulary import lane_named

SUMMARY = re.compile(  # from its own beginning: one without an end would be looked for as far as the text goes
    r"<summary>(?P<words>(?:(?!<summary>).)*?)</summary>", re.DOTALL | re.IGNORECASE
)


def folds(blocks: Iterable[Block]) -> Iterator[tuple[Lane | None, list[Block]]]:
    """Divide the blocks under a heading by the lane they are folded away as; None for those that are not."""
    folded: Lane | None = None
    group: list[Block] = []
    for block in blocks:
        summary = SUMMARY.search(block.text) if block.kind is Kind.OTHER else None
        named = lane_named(summary["words"]) if summary else None
        if named or (folded and block.kind is Kind.OTHER and "</details" in block.text):
            yield folded, group
            folded, group = named, []
        group.append(block)
    yield folded, group
