"""Changing an item's words, and giving it to somebody."""

from dataclasses import dataclass, replace
from typing import Any

from bot.core.board import TEXT_LIMIT, TITLE_LIMIT, Board, Person
from bot.core.dod import changeable
from bot.core.words import title_of, within

NOTES_LIMIT = 20_000  # characters; an import may bring long ones, a dialog shows 3,000 of them


@dataclass(frozen=True, slots=True)
class Edit:
    """An item's words as they are to be; None leaves a field as it is. `links` has one a line."""

    title: str | None = None
    scope: str | None = None
    estimate: str | None = None
    priority: str | None = None
    links: str | None = None
    notes: str | None = None


def edit(board: Board, number: int, words: Edit) -> Board:
    """Change an item's words. Raises BadInput on the field that is missing or too long."""
    item = changeable(board, number)
    limits = {"scope": TEXT_LIMIT, "estimate": TITLE_LIMIT, "priority": TITLE_LIMIT, "notes": NOTES_LIMIT}
    given = {name: getattr(words, name) for name in limits if getattr(words, name) is not None}
    changed: dict[str, Any] = {name: within(text, limits[name], f"The {name}", name) for name, text in given.items()}
    if words.title is not None:
        changed["title"] = title_of(words.title)
    if words.links is not None:
        changed["links"] = _lines(within(words.links, TEXT_LIMIT, "The list of links", "links"))
    return board.having([replace(item, **changed)])


def assign(board: Board, number: int, owner: Person | None) -> Board:
    """Give an item to somebody, or to nobody."""
    return board.having([replace(changeable(board, number), owner=owner)])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
