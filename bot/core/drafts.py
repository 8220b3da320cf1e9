"""What people may write: a new item's fields, a reason, and the limits that each must keep."""

from dataclasses import dataclass, replace

from bot.core.board import TEXT_LIMIT, TITLE_LIMIT, Item
from bot.core.dod import checked_criteria
from bot.errors import BadInput

REASONS = {
    "park": "Why does it wait? Write the reason, for example `/board park waiting for the Stripe keys`.",
    "queue": "It is in progress. Say why it goes back, for example `/board queue {number} the keys are missing`.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as it was asked for: `dod` holds one criterion a line."""

    title: str
    scope: str = ""
    dod: str = ""
    estimate: str = ""
    source: str = "command"


def checked(draft: Draft) -> Draft:
    """Give the draft trimmed, or refuse the field that is missing or too long. Raises BadInput."""
    title = " ".join(draft.title.split())
    if not title:
        raise BadInput("What is it about? An item needs a title.", field="title")
    within(title, TITLE_LIMIT, "The title", "title")
    within(draft.scope, TEXT_LIMIT, "The scope", "scope")
    within(draft.estimate, TITLE_LIMIT, "The estimate", "estimate")
    checked_criteria(draft.dod)
    return replace(draft, title=title, scope=draft.scope.strip(), estimate=draft.estimate.strip())


def within(text: str, limit: int, what: str, field: str) -> str:
    """Give the text trimmed; refuse one that is over `limit` characters. Raises BadInput."""
    text = text.strip()
    if len(text) > limit:
        raise BadInput(
            f"{what} is {len(text):,} characters long; {limit:,} is the most. Shorten it and send it again.",
            field=field,
        )
    return text


def reason_for(verb: str, item: Item, reason: str) -> str:
    """Give the reason trimmed; refuse an empty one with an example. Raises BadInput."""
    if not reason.strip():
        raise BadInput(REASONS[verb].replace("{number}", str(item.number)), field="reason")
    return within(reason, TEXT_LIMIT, "The reason", "reason")
