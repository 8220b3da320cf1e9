"""Whose the one item in progress is: the board's or each person's, and the refusals that say who holds a slot."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.board.measure import how_far
from bot.core.board.model import NEXT_LIMIT, Board, Item, Lane, Slots
from bot.core.board.ways import MOVES, offer
from bot.core.board.words import clipped
from bot.core.people import Person
from bot.errors import Offer, RuleBroken

LISTED = 5  # items in progress that a refusal names, each with a way on
TITLE = 60  # characters of a title where several are listed

SAID = {Slots.BOARD: "for the board", Slots.PERSON: "for each person"}


def switched(board: Board, slots: Slots) -> Board:
    """Return the board with its slot for the board, or one for each person.

    Raises RuleBroken with the ways on: while several are in progress, one slot can't hold them; while one has no owner,
    no person's slot does.
    """
    if slots is Slots.BOARD and len(board.in_progress) > 1:
        raise _several(board.in_progress)
    ownerless = tuple(item for item in board.in_progress if item.owner is None)
    if slots is Slots.PERSON and ownerless:
        raise _nobodys(ownerless)
    return replace(board, slots=slots)


def free_for(board: Board, item: Item, owner: Person | None, by: Person | None, at: datetime) -> None:
    """Refuse to start an item whose owner would be `owner` while the slot that it needs is taken, or is nobody's.

    Raises RuleBroken with the ways on.
    """
    if board.slots is Slots.PERSON and owner is None:
        raise no_owner(item, "so it can't start")
    holder = board.holder(owner)
    if holder is None:
        return
    words, quotes = taken(board, holder, by, at)
    raise RuleBroken(
        f"{words}\n#{item.number} was not started.", quotes=quotes, offers=_instead_of_starting(board, holder, item)
    )


def taken(board: Board, holder: Item, by: Person | None, at: datetime) -> tuple[str, dict[str, str]]:
    """Return who holds a slot, as a template and what people wrote in it; `by` is whoever reads it.

    `WIP is taken: #12 Payments, Maria, day 2, 3 of 6.`, and where each person has a slot
    `Your slot is taken: #12 Payments, 2 days, 3 of 6.`
    """
    day = holder.day(at, board.zone)
    owner = holder.owner.name if holder.owner else ""
    quotes = {"holder": holder.title, "owner": owner, "far": how_far(holder)}
    if board.slots is Slots.BOARD:
        whose = ", {owner}" if owner else ""
        return f"WIP is taken: *#{holder.number} {{holder}}*{whose}, day {day}, {{far}}.", quotes
    whose = "Your" if _is(holder.owner, by) else "{owner}'s"
    days = f"{day} day{'' if day == 1 else 's'}"
    return f"{whose} slot is taken: *#{holder.number} {{holder}}*, {days}, {{far}}.", quotes


def assignable(board: Board, item: Item, owner: Person | None, by: Person | None, at: datetime) -> None:
    """Refuse to give an item in progress to nobody, or to somebody whose slot is taken. Raises RuleBroken."""
    if board.slots is Slots.BOARD or item.lane is not Lane.WIP:
        return
    if owner is None:
        raise no_owner(item, "so it stays with {keeper}", item.owner)
    holder = board.holder(owner)
    if holder is None or holder.number == item.number:
        return
    words, quotes = taken(board, holder, by, at)
    raise RuleBroken(
        f"{words}\n#{item.number} was not given to {'you' if _is(owner, by) else '{owner}'}.",
        quotes=quotes,
        offers=(*_out_of_the_way(holder), _assign(item, "to somebody else…"), offer("park", item)),
    )


def no_owner(item: Item, so: str, keeper: Person | None = None) -> RuleBroken:
    """Return the refusal of an item in progress without an owner; `so` is a template that says what follows."""
    return RuleBroken(
        f"*#{item.number} {{title}}* needs an owner: on this board each person has one item in progress, {so}.",
        title=item.title,
        keeper=keeper.name if keeper else "",
        offers=(_assign(item, "to somebody…"), *([offer("park", item)] if item.lane is Lane.WIP else [])),
    )


def listed(items: Sequence[Item]) -> tuple[str, dict[str, str]]:
    """Return items with their owners on a line, as a template and what people wrote in it; the first of many."""
    parts: list[str] = []
    quotes: dict[str, str] = {}
    for k, item in enumerate(items[:LISTED], 1):
        parts.append(f"*#{item.number} {{title{k}}}*" + (f", {{owner{k}}}" if item.owner else ""))
        quotes |= {f"title{k}": clipped(item.title, TITLE), f"owner{k}": item.owner.name if item.owner else ""}
    parts += [f"and {len(items) - LISTED} more"] if len(items) > LISTED else []
    return "; ".join(parts), quotes


def _is(person: Person | None, other: Person | None) -> bool:
    """Return whether two are the same person; their names may have changed in between."""
    return person is not None and other is not None and person.id == other.id


def _instead_of_starting(board: Board, holder: Item, wanted: Item) -> tuple[Offer, ...]:
    ways = [*_out_of_the_way(holder)]
    if wanted.lane in MOVES["queue"].sources and len(board.next) < NEXT_LIMIT:
        ways.append(Offer("queue", f"{wanted.number} 1", f"Put #{wanted.number} first in NEXT"))
    if wanted.lane is Lane.NEXT and board.next[0] != wanted:
        ways.append(Offer("move", f"{wanted.number} first", f"Put #{wanted.number} first in NEXT"))
    return tuple(ways)


def _out_of_the_way(holder: Item) -> tuple[Offer, Offer]:
    return offer("finish" if holder.dod else "dod", holder), offer("park", holder)


def _assign(item: Item, to: str) -> Offer:
    return Offer("assign", str(item.number), f"Give #{item.number} {to}")


def _several(items: Sequence[Item]) -> RuleBroken:
    names, quotes = listed(items)
    return RuleBroken(
        f"{len(items)} items are in progress: {names}. "
        "For the board there is one: finish or park the others, then switch. Nothing was changed.",
        quotes=quotes,
        offers=tuple(offer("park", item) for item in items[:LISTED]),
    )


def _nobodys(items: Sequence[Item]) -> RuleBroken:
    names, quotes = listed(items)
    return RuleBroken(
        f"In progress without an owner: {names}. With one item for each person, each is somebody's: "
        "assign it, then switch. Nothing was changed.",
        quotes=quotes,
        offers=tuple(_assign(item, "to somebody…") for item in items[:LISTED]),
    )
