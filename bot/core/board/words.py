"""What people write of items: limits, reasons, what they saw when they wrote, and titles they name items by."""

import hashlib
import re

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


WORDS = (TITLE_LIMIT + 1) // 2  # that a title may have; nothing longer can be a piece of one
PIECE = 3  # characters from which a piece of a word names an item: `pay`, and not the `x` that a title happens to have


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
    """Return the items whose title has a piece in it, in any case: live ones first, then the newest done ones.

    A piece is part of a word from `PIECE` characters on, and shorter only a whole word: a title's one `x` is no name.
    """
    return _matching(board, piece, "")


def titled_in_front(board: Board, words: str) -> tuple[tuple[Item, ...], str]:
    """Return the items whose title the words begin with a piece of, and the words behind that piece.

    The longest piece counts, and it begins where a word of the title does: `drop pay nobody asked` means “Payments”
    and not “Repay”. In quotes it is as long as they say.
    """
    if words[:1] in ("'", '"') and (end := words.find(words[0], 1)) > 0:
        return titled(board, words[1:end].strip()), words[end + 1 :].strip()
    parts = words.split()
    for length in range(min(len(parts), WORDS), 0, -1):
        matches = _matching(board, " ".join(parts[:length]), r"(?<!\S)")
        if matches:
            return matches, " ".join(parts[length:])
    return (), words


def _matching(board: Board, piece: str, begins: str) -> tuple[Item, ...]:
    wanted = _alike(piece)
    is_whole = len(wanted) < PIECE
    pattern = re.compile((begins or r"(?<!\w)" * is_whole) + re.escape(wanted) + r"(?!\w)" * is_whole)
    return _live_first([item for item in board.items if wanted and pattern.search(_alike(item.title))])


def _live_first(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.lane not in LIVE, -item.number)))


def clipped(text: str, limit: int) -> str:
    """Return a text on one line, cut to `limit` characters with … for what is missing."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


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
POINTS = re.compile(r"https?://\S|\B/\w|\d|`[^`]+`|[“«\"][^”»\"]+[”»\"]")

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
