"""The words of an item: drafts of new ones, edits of old ones, and the limits of each field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.core.board.dod import Keep, changeable, checked_criteria
from bot.core.board.model import TEXT_LIMIT, TITLE_LIMIT, Board, Item
from bot.core.board.slots import assignable
from bot.core.board.words import Overtaken, mark, title_of, within
from bot.core.people import Person

NOTES_LIMIT = 20_000  # characters; an import may bring long ones, a dialog shows 3,000 of them


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as it was asked for: `dod` has one criterion a line, `keep`: the vague ones that a person judges."""

    title: str
    scope: str = ""
    dod: str = ""
    estimate: str = ""
    source: str = "command"
    keep: Keep = False


def again(item: Item) -> Draft:
    """Return a draft with an item's words, for another one like it."""
    lines = "\n".join(criterion.text for criterion in item.dod)
    judged = frozenset(mark(criterion.text) for criterion in item.dod if criterion.judged)
    return Draft(item.title, item.scope, lines, item.estimate, keep=judged)


def checked(draft: Draft) -> Draft:
    """Return the draft trimmed, or refuse the field that is missing or too long. Raises BadInput."""
    title = title_of(draft.title)
    within(draft.scope, TEXT_LIMIT, "The scope", "scope")
    within(draft.estimate, TITLE_LIMIT, "The estimate", "estimate")
    checked_criteria(draft.dod)
    return replace(draft, title=title, scope=draft.scope.strip(), estimate=draft.estimate.strip())


@dataclass(frozen=True, slots=True)
class Edit:
    """An item's words as they are to be; None leaves a field as it is. `links` has one a line."""

    title: str | None = None
    scope: str | None = None
    estimate: str | None = None
    priority: str | None = None
    links: str | None = None
    notes: str | None = None


FIELDS = ("title", "scope", "estimate", "priority", "links", "notes")


def fields(item: Item) -> dict[str, str]:
    """Return an item's words as they are edited: each field's text, the links one a line."""
    texts = {name: getattr(item, name) for name in FIELDS if name != "links"}
    return texts | {"links": "\n".join(item.links)}


def marks(item: Item) -> dict[str, str]:
    """Return the mark of each field that an edit may change."""
    return {name: mark(text) for name, text in fields(item).items()}


def edit(board: Board, number: int, words: Edit, seen: Mapping[str, str] = MappingProxyType({})) -> Board:
    """Change an item's words. Raises BadInput on the field that is missing or too long.

    `seen` has a mark of each field as the person saw it (`marks`); a field that they left alone stays as it is, whoever
    changed it meanwhile.

    Raises Overtaken when somebody else changed a field meanwhile that this edit changes too.
    """
    item = changeable(board, number)
    words = _own(item, words, seen)
    limits = {"scope": TEXT_LIMIT, "estimate": TITLE_LIMIT, "priority": TITLE_LIMIT, "notes": NOTES_LIMIT}
    given = {name: getattr(words, name) for name in limits if getattr(words, name) is not None}
    changed: dict[str, Any] = {name: within(text, limits[name], f"The {name}", name) for name, text in given.items()}
    if words.title is not None:
        changed["title"] = title_of(words.title)
    if words.links is not None:
        changed["links"] = _lines(within(words.links, TEXT_LIMIT, "The list of links", "links"))
    return board.having([replace(item, **changed)])


def _own(item: Item, words: Edit, seen_marks: Mapping[str, str]) -> Edit:
    """Leave of an edit only what the person changed."""
    now = marks(item)
    given = {name: mark(text) for name in FIELDS if (text := getattr(words, name)) is not None}
    seen = {name: seen_marks.get(name, now[name]) for name in given}
    both = tuple(name for name in given if given[name] not in (seen[name], now[name]) and seen[name] != now[name])
    if both:
        names = " and ".join(both)
        raise Overtaken(f"Somebody else changed the {names} while you wrote, so nothing was saved.", both)
    untouched: dict[str, None] = {name: None for name in given if given[name] == seen[name]}
    return replace(words, **untouched)


def assign(board: Board, number: int, owner: Person | None, at: datetime, *, by: Person | None = None) -> Board:
    """Give an item to somebody, or to nobody. Raises RuleBroken where each person has a slot and theirs is taken."""
    item = changeable(board, number)
    assignable(board, item, owner, by, at)
    return board.having([replace(item, owner=owner)])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
