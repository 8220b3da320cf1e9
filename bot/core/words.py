"""What people may write beside an item: how long it may be, and the reasons that some moves need."""

import re

from bot.core.board import TEXT_LIMIT, TITLE_LIMIT, Item
from bot.errors import BadInput

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


def within(text: str, limit: int, what: str, field: str) -> str:
    """Give the text trimmed; refuse one that is over `limit` characters. Raises BadInput."""
    text = text.strip()
    if len(text) > limit:
        raise BadInput(
            f"{what} is {len(text):,} characters long; {limit:,} is the most. Shorten it and send it again.",
            field=field,
        )
    return text


def title_of(text: str) -> str:
    """Give a title on one line; refuse one that is empty or too long. Raises BadInput on the field `title`."""
    title = " ".join(text.split())
    if not title:
        raise BadInput("What is it about? An item needs a title.", field="title")
    return within(title, TITLE_LIMIT, "The title", "title")


# What points at something: an address or a path, a number (a status, a count, a pull request), a quotation, a command.
POINTS = re.compile(r"https?://\S|\B/\w|\d|`[^`]+`|[“«\"][^”»\"]+[”»\"]")
FEWEST_WORDS = 3


def new_evidence(item: Item, text: str) -> str:
    """Give what shows that closed work fails again, trimmed: a link, or words that say what was seen.

    Refuses a word or two that point at nothing, and what was already known when the item was closed. Raises BadInput.
    """
    text = reason_for("reopen closed", item, text)
    has_no_spaces = not text.isascii() and len(text) >= 12  # some scripts write no spaces between words
    if not (len(re.findall(r"\w+", text)) >= FEWEST_WORDS or has_no_spaces or POINTS.search(text)):
        told = "“{text}” does not show what fails. Give a link, or say what you saw."
        raise BadInput(told, field="reason", text=text)
    known = {_alike(words) for words in (item.result, *(c.evidence for c in item.dod), *item.links)}
    if _alike(text) in known:
        raise BadInput("That was known when it was closed. What fails now that did not then?", field="reason")
    return text


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


def reason_for(verb: str, item: Item, reason: str) -> str:
    """Give the reason trimmed; refuse an empty one with an example. Raises BadInput."""
    if not reason.strip():
        raise BadInput(REASONS[verb].replace("{number}", str(item.number)), field="reason")
    return within(reason, TEXT_LIMIT, "The reason", "reason")
