"""What somebody had before their eyes in a dialog: marks that tell, on saving, what was changed meanwhile."""

import hashlib

from bot.core.board import Item
from bot.errors import RuleBroken


class Overtaken(RuleBroken):
    """Somebody else changed what the dialog shows. `fields` are those that both changed, where it has several."""

    def __init__(self, words: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.fields = fields


def mark(text: str) -> str:
    """Give a short mark of a text: the same for the same words, whatever space surrounds them."""
    return hashlib.blake2s(text.strip().encode(), digest_size=4).hexdigest()


def mark_of_criteria(item: Item) -> str:
    """Give the mark of an item's criteria: their texts in their order, ticked or not."""
    return mark("\n".join(criterion.text for criterion in item.dod))


def check_criteria(item: Item, seen: str) -> None:
    """Refuse a change by somebody who saw other criteria. `seen`: the mark of what they saw; "" when they typed.

    Criteria are ticked by their number, so a dialog from before a rewrite would tick the wrong ones.
    """
    if seen and seen != mark_of_criteria(item):
        raise Overtaken(
            "The criteria were rewritten while this was open, so nothing was saved. This is how they stand now."
        )
