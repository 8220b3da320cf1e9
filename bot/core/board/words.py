"""What people write of items: limits, reasons, what they saw when they wrote, and titles they name items by."""

import hashlib
import re
from collections.abc import Sequence
from itertools import accumulate, takewhile

from bot.core.board.model import LIVE, TEXT_LIMIT, TITLE_LIMIT, Board, Item
from bot.errors import BadInput, RuleBroken

# What to say to somebody who gave no reason; {number} is the item's.
REASONS = {
    "park": "Why does it wait? Write the reason, for example `/board park waiting for the Stripe keys`.",
    "queue": "It is in progress. Say why it goes back, for example `/board queue {number} the keys are missing`.",
    "block": "What is in its way? For example `/board block {number} the Stripe keys are missing`.",
    "drop": "Why is it dropped? For example `/board drop {number} nobody asked for it in a year`.",
    "waive": "Why need it not be met? The reason stays visible. For example `/board waive {number} 3 no data yet`.",
    "reopen closed": "#{number} is CLOSED. What fails now? Give a link or what you saw: `/board reopen {number} TEXT`.",
    "reopen stable": "Why does #{number} come back? For example `/board reopen {number} the importer is slow again`.",
}


class Overtaken(RuleBroken):
    """Somebody else changed what the dialog shows. `fields` are those that both changed, where it has several."""

    def __init__(self, words: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.fields = fields


def mark(text: str) -> str:
    """Return a short mark of a text: the same for the same words, whatever space surrounds them."""
    return hashlib.blake2s(text.strip().encode(), digest_size=4).hexdigest()


def mark_of_criteria(item: Item) -> str:
    """Return the mark of an item's criteria: their texts in their order, ticked or not."""
    return mark("\n".join(criterion.text for criterion in item.dod))


def check_criteria(item: Item, seen: str) -> None:
    """Refuse a change by somebody who saw other criteria. `seen`: the mark of what they saw; "" when they typed.

    Criteria are ticked by their number, so a dialog from before a rewrite would tick the wrong ones. Raises Overtaken.
    """
    if seen and seen != mark_of_criteria(item):
        raise Overtaken(
            "The criteria were rewritten while this was open, so nothing was saved. This is how they stand now."
        )


def titled(board: Board, piece: str) -> tuple[Item, ...]:
    """Return the items whose title has a piece in it, in any case: live ones first, then the newest done ones."""
    wanted = piece.casefold()
    return _live_first([item for item in board.items if wanted in item.title.casefold()])


def titled_in_front(board: Board, words: str) -> tuple[tuple[Item, ...], str]:
    """Return the items whose title the words begin with a piece of, and the words behind that piece.

    The longest piece counts, and it begins where a word of the title does: `drop pay nobody asked` means “Payments”
    and not “Repay”. In quotes it is as long as they say.
    """
    if words[:1] in ("'", '"') and (end := words.find(words[0], 1)) > 0:
        return titled(board, words[1:end].strip()), words[end + 1 :].strip()
    titles = [(f" {' '.join(item.title.casefold().split())}", item) for item in board.items]
    parts = words.split()
    for length in range(_longest(parts, max((len(title) for title, _ in titles), default=0)), 0, -1):
        piece = f" {' '.join(parts[:length]).casefold()}"
        items = [item for title, item in titles if piece in title]
        if items:
            return _live_first(items), " ".join(parts[length:])
    return (), words


def _longest(parts: Sequence[str], room: int) -> int:
    """Return how many of the first words a title of so many characters could hold; folding case shortens none."""
    ends = accumulate(len(part) + 1 for part in parts)
    return sum(1 for _ in takewhile(lambda end: end <= room, ends))


def _live_first(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.lane not in LIVE, -item.number)))


def within(text: str, limit: int, what: str, field: str) -> str:
    """Return the text trimmed; refuse one that is over `limit` characters. Raises BadInput."""
    text = text.strip()
    if len(text) > limit:
        raise BadInput(
            f"{what} is {len(text):,} characters long; {limit:,} is the most. Shorten it and send it again.",
            field=field,
        )
    return text


def title_of(text: str) -> str:
    """Return a title on one line; refuse one that is empty or too long. Raises BadInput on the field `title`."""
    title = " ".join(text.split())
    if not title:
        raise BadInput("What is it about? An item needs a title.", field="title")
    return within(title, TITLE_LIMIT, "The title", "title")


# What points at something: an address or a path, a number (a status, a count, a pull request), a quotation, a command.
POINTS = re.compile(r"https?://\S|\B/\w|\d|`[^`]+`|[“«\"][^“”«»\"]+[”»\"]")

FEWEST_WORDS = 3


def new_evidence(item: Item, text: str) -> str:
    """Return what shows that closed work fails again, trimmed: a link, or words that say what was seen.

    Refuses a word or two that point at nothing, and what was already known when the item was closed. Raises BadInput.
    """
    text = reason_for("reopen closed", item, text)
    has_no_spaces = not text.isascii() and len(text) >= 12  # some scripts write no spaces between words
    if not (len(re.findall(r"\w+", text)) >= FEWEST_WORDS or has_no_spaces or POINTS.search(text)):
        refusal = "“{text}” does not show what fails. Give a link, or say what you saw."
        raise BadInput(refusal, field="reason", text=text)
    known = {_alike(words) for words in (item.result, *(c.evidence for c in item.dod), *item.links)}
    if _alike(text) in known:
        raise BadInput("That was known when it was closed. What fails now that did not then?", field="reason")
    return text


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


def reason_for(verb: str, item: Item, reason: str) -> str:
    """Return the reason trimmed; refuse an empty one with an example. Raises BadInput."""
    if not reason.strip():
        raise BadInput(REASONS[verb].replace("{number}", str(item.number)), field="reason")
    return within(reason, TEXT_LIMIT, "The reason", "reason")
