"""Boards to try the rules on, and every move as a function of a board and a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.board import dod, moves
from bot.core.board.edits import again
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Outcome
from bot.errors import Offer
from tests.people import ALICE, BOB

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
OPEN = Criterion("/health answers 200")
MET = replace(OPEN, state=CriterionState.MET, by=BOB, at=NOW)

OF_LANE: dict[Lane, dict[str, Any]] = {
    Lane.WIP: {"started": NOW - timedelta(days=1), "owner": BOB},
    Lane.NEXT: {},
    Lane.LATER: {},
    Lane.BLOCKED: {"blocked": Block("no keys yet", NOW - timedelta(days=1))},
    Lane.DONE: {"finished": NOW - timedelta(seconds=4), "finished_by": BOB, "outcome": Outcome.CLOSED},
    Lane.DROPPED: {"finished": NOW - timedelta(seconds=4), "finished_by": BOB, "result": "nobody asked for it"},
}


def item(number: int, lane: Lane, position: int = 0, **fields: Any) -> Item:
    """An item as it may stand in that lane; its one criterion is met unless `dod` says otherwise."""
    return replace(
        Item(number, f"Item {number}", NOW - timedelta(days=7), lane, position, dod=(MET,)), **OF_LANE[lane] | fields
    )


def board(**lanes: list[int]) -> Board:
    """A board with these numbers in these lanes, in this order: `board(wip=[1], next=[2, 3])`."""
    items = [
        item(number, Lane(lane), k if lane in (Lane.NEXT, Lane.LATER) else 0)
        for lane, row in lanes.items()
        for k, number in enumerate(row, 1)
    ]
    return Board(tuple(items), max((one.number for one in items), default=0) + 1)


def changed(before: Board, number: int, **fields: Any) -> Board:
    """The board with some fields of an item changed, whatever the rules say."""
    return before.having([replace(before.item(number), **fields)])


def numbers(of: Board, lane: Lane) -> list[int]:
    """The numbers in a lane, in its order."""
    return [one.number for one in of.lane(lane)]


def shape(of: Board) -> dict[str, list[int]]:
    """The numbers in every lane that is not empty: what `board` is made from."""
    return {lane.value: numbers(of, lane) for lane in Lane if of.lane(lane)}


MAKE: dict[str, Callable[[Board, int], Board]] = {
    "start": lambda on, n: moves.start(on, n, ALICE, NOW),
    "finish": lambda on, n: moves.finish(on, n, ALICE, NOW, Outcome.CLOSED),
    "park": lambda on, n: moves.park(on, n, NOW, "no keys yet"),
    "unblock": lambda on, n: moves.unblock(on, n, NOW),
    "queue": lambda on, n: moves.queue(on, n, NOW, None, "the keys are missing"),
    "defer": lambda on, n: moves.defer(on, n, NOW),
    "move": lambda on, n: moves.move(on, n, NOW, "first"),
    "drop": lambda on, n: moves.drop(on, n, ALICE, NOW, "nobody asked for it"),
    "reopen": lambda on, n: moves.reopen(on, n, ALICE, NOW, "https://ci/1 is red"),
}


def follow(on: Board, offer: Offer) -> None:
    """Press the button of a refusal, filling in the dialog it opens. A second refusal comes out as it is."""
    number, place = int(offer.argument.split()[0]), offer.argument.partition(" ")[2]
    if offer.verb == "finish":
        moves.finishable(on, number, NOW)  # the dialog opens, whether criteria are open or not
    elif offer.verb == "dod":
        dod.write(on, number, OPEN.text)
    elif offer.verb == "queue":
        moves.queue(on, number, NOW, int(place) if place else None, "the keys are missing")
    elif offer.verb == "move":
        moves.move(on, number, NOW, place)
    elif offer.verb == "copy":
        moves.add(on, again(on.item(number)), BOB, NOW)
    else:
        MAKE[offer.verb](on, number)
