"""An imported board put into one that may hold items already: nothing is lost, and no limit is broken."""

from dataclasses import dataclass, replace

from bot.core.board import NEXT_LIMIT, Board, Item, Lane
from bot.core.moves import RANK_STEP


@dataclass(frozen=True, slots=True)
class Merged:
    """The board after an import: the numbers that are new, the ones that were here already, and what to know.

    `lacking`: live items that the document does not have; they stay.
    """

    board: Board
    added: tuple[int, ...]
    matched: tuple[int, ...]
    warnings: tuple[str, ...]
    lacking: tuple[int, ...] = ()


def merge(board: Board, incoming: Board) -> Merged:
    """Add the incoming items whose title is not here yet; those that find no room go to LATER with a warning.

    A dropped item, or one whose import was undone, is no longer here.
    """
    here = {item.title: item.number for item in board.items if item.lane is not Lane.DROPPED}
    fresh = [item for item in incoming.items if item.title not in here]
    matched = tuple(sorted({here[item.title] for item in incoming.items if item.title in here}))
    warnings: list[str] = []
    added: list[int] = []
    for item in fresh:
        new = placed(board, replace(item, number=board.next_number), warnings)
        board = replace(board.having([new]), next_number=board.next_number + 1)
        added.append(new.number)
    return Merged(board, tuple(added), matched, tuple(warnings))


def placed(board: Board, item: Item, warnings: list[str]) -> Item:
    """Give the item its place in its lane; one that finds no room there goes to LATER, with a warning."""
    if item.lane is Lane.WIP and board.wip is not None:
        warnings.append(f"#{item.number} {item.title}: WIP is taken by #{board.wip.number}, so it went to LATER")
        return at_the_end_of_later(board, item)
    if item.lane is Lane.NEXT:
        if len(board.next) == NEXT_LIMIT:
            warnings.append(f"#{item.number} {item.title}: NEXT is full, so it went to LATER")
            return at_the_end_of_later(board, item)
        return replace(item, position=len(board.next) + 1)
    return at_the_end_of_later(board, item) if item.lane is Lane.LATER else item


def at_the_end_of_later(board: Board, item: Item) -> Item:
    """Give the item the last place in LATER."""
    last = max((other.position for other in board.later), default=0)
    return replace(item, lane=Lane.LATER, position=last + RANK_STEP)
