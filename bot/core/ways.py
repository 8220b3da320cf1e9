"""Where an item can go: the table of moves, and the ways on that a refusal or a card offers."""

from dataclasses import dataclass

from bot.core.board import LIVE, NEXT_LIMIT, Board, Item, Lane
from bot.errors import Offer


@dataclass(frozen=True, slots=True)
class Move:
    """One way through the board: from which lanes, how people say that it happened, and what its button says."""

    verb: str
    sources: frozenset[Lane]
    past: str
    label: str = ""  # {} is the item's number; … says that a dialog follows


MOVES = {
    move.verb: move
    for move in (
        Move("add", frozenset(), "added"),
        Move("start", frozenset({Lane.NEXT, Lane.LATER, Lane.BLOCKED}), "started", "Start #{}"),
        Move("finish", frozenset({Lane.WIP}), "finished", "Finish #{}…"),
        Move("park", frozenset({Lane.WIP}), "parked", "Park #{}…"),
        Move("unblock", frozenset({Lane.BLOCKED}), "unblocked", "Unblock #{}"),
        Move("queue", frozenset({Lane.LATER, Lane.BLOCKED, Lane.WIP}), "queued", "Queue #{}"),
        Move("defer", frozenset({Lane.NEXT}), "deferred", "Defer #{}"),
        Move("move", frozenset({Lane.NEXT, Lane.LATER}), "moved"),
        Move("drop", LIVE, "dropped", "Drop #{}…"),
        Move("reopen", frozenset({Lane.DONE}), "reopened", "Reopen #{}…"),
    )
}

# What can be done with an item beside moving it, as buttons.
BESIDE = {"dod": "Edit the DoD of #{}…", "edit": "Edit #{}…", "block": "Flag #{} as blocked…", "copy": "Add #{} again…"}

PLACE = {
    Lane.WIP: "in progress",
    Lane.NEXT: "in NEXT",
    Lane.LATER: "in LATER",
    Lane.BLOCKED: "parked in BLOCKED",
    Lane.DONE: "done",
    Lane.DROPPED: "dropped",
}


# The places of NEXT, as they are counted.
PLACES = {1: "first", 2: "second", 3: "third"}


def place(item: Item) -> str:
    """Where an item stands, in words; of NEXT, its place too."""
    is_counted = item.lane is Lane.NEXT and item.position in PLACES
    return PLACE[item.lane] + (f", {PLACES[item.position]}" if is_counted else "")


def offer(verb: str, item: Item) -> Offer:
    """A way on for an item: a button says what it does to which one, and … where a dialog follows."""
    label = BESIDE.get(verb) or MOVES[verb].label
    if verb == "dod" and not item.dod:
        label = "Write the DoD of #{}…"
    if verb == "queue" and item.lane is Lane.WIP:
        label += "…"  # it asks why
    return Offer(verb, str(item.number), label.format(item.number))


def is_open(board: Board, verb: str, item: Item) -> bool:
    """Whether a move can be made now: a way on that is refused as well is none."""
    move = MOVES[verb]
    if item.lane not in move.sources or not move.label:
        return False
    if verb == "start":
        return board.wip is None and bool(item.dod)
    if verb == "finish":
        return bool(item.dod)
    if verb == "queue":
        return len(board.next) < NEXT_LIMIT
    return True


def open_ways(board: Board, item: Item) -> tuple[Offer, ...]:
    """Every move that an item can make now."""
    return tuple(offer(verb, item) for verb in MOVES if is_open(board, verb, item))
