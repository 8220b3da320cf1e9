"""Whose the items in progress of a document are, where people wrote it down: `Owner: Maria`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.board.model import Board, Item, Lane, Slots
from bot.core.people import Person

# The labels that documents have for it, in the languages that are read, bold or not, in a list or not.
OWNER = re.compile(
    r"^[-* \t]*(?:owner|assignee|assigned to|υπεύθυνος|verantwortlich|zuständig|responsable)\b"
    r"[*_ \t]*:[*_ \t]*@?(?P<name>.+)$",
    re.IGNORECASE | re.MULTILINE,
)


def with_owners(board: Board, called: Callable[[str], Sequence[Person]]) -> Board:
    """Return a document's board on which items in progress belong to whoever their notes name.

    Only where each person has a slot, nothing else says whose an item is, and one person alone is `called` so. The line
    stays in the notes.
    """
    if board.slots is Slots.BOARD:
        return board
    return board.having(_owned(item, called) for item in board.items if item.lane is Lane.WIP and item.owner is None)


def _owned(item: Item, called: Callable[[str], Sequence[Person]]) -> Item:
    line = OWNER.search(item.notes)
    people = called(line["name"].strip(" *_")) if line else ()
    return replace(item, owner=people[0]) if len(people) == 1 else item
