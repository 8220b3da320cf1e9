"""Boards to try the rules on, and every move as a function of a board and a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.core.board import dod, edits, moves
from bot.core.board.edits import again
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Outcome
from bot.core.people import Person
from bot.errors import Offer
from tests.people import ALICE, BOB

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
NOBODY_S = Person("U0DAN", "Dan")  # nothing on any board is theirs
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


def made(verb: str, on: Board, n: int, by: Person | None = ALICE) -> Board:
    """The board after somebody's move, with words for what it asks for."""
    ways: dict[str, Callable[[], Board]] = {
        "start": lambda: moves.start(on, n, by, NOW),
        "finish": lambda: moves.finish(on, n, by, NOW, Outcome.CLOSED),
        "park": lambda: moves.park(on, n, NOW, "no keys yet", by=by),
        "unblock": lambda: moves.unblock(on, n, NOW, by=by),
        "queue": lambda: moves.queue(on, n, NOW, None, "the keys are missing", by=by),
        "defer": lambda: moves.defer(on, n, NOW, by=by),
        "move": lambda: moves.move(on, n, NOW, "first", by=by),
        "drop": lambda: moves.drop(on, n, by, NOW, "nobody asked for it"),
        "reopen": lambda: moves.reopen(on, n, by, NOW, "https://ci/1 is red"),
    }
    return ways[verb]()


VERBS = ("start", "finish", "park", "unblock", "queue", "defer", "move", "drop", "reopen")
MAKE: dict[str, Callable[..., Board]] = {verb: partial(made, verb) for verb in VERBS}


def follow(on: Board, offer: Offer, by: Person | None = ALICE) -> None:
    """Press the button of a refusal, filling in the dialog it opens. A second refusal comes out as it is."""
    number, place = int(offer.argument.split()[0]), offer.argument.partition(" ")[2]
    if offer.verb == "finish":
        moves.finishable(on, number, NOW)  # the dialog opens, whether criteria are open or not
    elif offer.verb == "assign":
        edits.assign(on, number, NOBODY_S, NOW, by=by)  # the dialog opens, and there is somebody who has nothing
    elif offer.verb == "dod":
        dod.write(on, number, OPEN.text)
    elif offer.verb == "block":
        moves.block(on, number, NOW, "no keys yet")
    elif offer.verb == "queue":
        moves.queue(on, number, NOW, int(place) if place else None, "the keys are missing")
    elif offer.verb == "move":
        moves.move(on, number, NOW, place)
    elif offer.verb == "copy":
        moves.add(on, again(on.item(number)), BOB, NOW)
    elif offer.verb == "edit":
        dod.changeable(on, number)
    else:
        MAKE[offer.verb](on, number, by)
