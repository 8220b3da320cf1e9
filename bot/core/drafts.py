"""A new item as it was asked for, and the limits that its fields must keep."""

from dataclasses import dataclass, replace

from bot.core.board import TEXT_LIMIT, TITLE_LIMIT, Item
from bot.core.dod import checked_criteria
from bot.core.words import title_of, within


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as it was asked for: `dod` has one criterion a line, `keep` lets a person judge the vague ones."""

    title: str
    scope: str = ""
    dod: str = ""
    estimate: str = ""
    source: str = "command"
    keep: bool = False


def again(item: Item) -> Draft:
    """Give a draft with an item's words, for another one like it."""
    lines = "\n".join(criterion.text for criterion in item.dod)
    return Draft(item.title, item.scope, lines, item.estimate, keep=any(criterion.judged for criterion in item.dod))


def checked(draft: Draft) -> Draft:
    """Give the draft trimmed, or refuse the field that is missing or too long. Raises BadInput."""
    title = title_of(draft.title)
    within(draft.scope, TEXT_LIMIT, "The scope", "scope")
    within(draft.estimate, TITLE_LIMIT, "The estimate", "estimate")
    checked_criteria(draft.dod)
    return replace(draft, title=title, scope=draft.scope.strip(), estimate=draft.estimate.strip())
