"""Where an item can go: the table of moves, the ways on, and the words of a refusal that offers them."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import LIVE, NEXT_LIMIT, Board, Item, Lane, Slots
from bot.core.people import Person
from bot.errors import Offer, RuleBroken

MOVED = {Lane.DONE: "finished", Lane.DROPPED: "dropped"}


@dataclass(frozen=True, slots=True)
class Move:
    """One way through the board, in everything that is said of it.

    `to` is the lane it ends in: the first that has room; none: it stays in its lane. `past` is how people say that it
    happened, `label` what its button says: {} is the item's number, … says that a dialog follows.
    """

    verb: str
    sources: frozenset[Lane]
    to: tuple[Lane, ...]
    past: str
    asks_for: str
    label: str = ""
    at: str = ""  # where in the lane, when it is not its end


MOVES = {
    move.verb: move
    for move in (
        Move(
            "add",
            sources=frozenset(),
            to=(Lane.NEXT, Lane.LATER),
            past="added",
            asks_for="a title",
        ),
        Move(
            "start",
            sources=frozenset({Lane.NEXT, Lane.LATER, Lane.BLOCKED}),
            to=(Lane.WIP,),
            past="started",
            asks_for="WIP free, or your slot where each person has one; a Definition of Done; the gate passed; "
            "the starter becomes owner where there is none, and with a slot for each person always",
            label="Start #{}",
        ),
        Move(
            "finish",
            sources=frozenset({Lane.WIP}),
            to=(Lane.DONE,),
            past="finished",
            asks_for="every criterion met, or waived with a reason; Closed or Stable; a result if you like",
            label="Finish #{}…",
        ),
        Move(
            "park",
            sources=frozenset({Lane.WIP}),
            to=(Lane.BLOCKED,),
            past="parked",
            asks_for="a reason; a day to look again if you like",
            label="Park #{}…",
        ),
        Move(
            "unblock",
            sources=frozenset({Lane.BLOCKED}),
            to=(Lane.NEXT, Lane.LATER),
            at="front",
            past="unblocked",
            asks_for="nothing",
            label="Unblock #{}",
        ),
        Move(
            "queue",
            sources=frozenset({Lane.LATER, Lane.BLOCKED, Lane.WIP}),
            to=(Lane.NEXT,),
            at="at a position",
            past="queued",
            asks_for="room in NEXT; from WIP a reason",
            label="Queue #{}",
        ),
        Move(
            "defer",
            sources=frozenset({Lane.NEXT}),
            to=(Lane.LATER,),
            at="front",
            past="deferred",
            asks_for="nothing",
            label="Defer #{}",
        ),
        Move(
            "move",
            sources=frozenset({Lane.NEXT, Lane.LATER}),
            to=(),
            past="moved",
            asks_for="up, down, first, last or a position",
        ),
        Move(
            "drop",
            sources=LIVE,
            to=(Lane.DROPPED,),
            past="dropped",
            asks_for="a reason, in a dialog that is the confirmation",
            label="Drop #{}…",
        ),
        Move(
            "reopen",
            sources=frozenset({Lane.DONE}),
            to=(Lane.NEXT, Lane.LATER),
            at="front",
            past="reopened",
            asks_for="what is Closed: new failing evidence, and an owner; what is Stable: a reason",
            label="Reopen #{}…",
        ),
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
    """Return where an item stands, in words; of NEXT, its place too."""
    is_counted = item.lane is Lane.NEXT and item.position in PLACES
    return PLACE[item.lane] + (f", {PLACES[item.position]}" if is_counted else "")


def offer(verb: str, item: Item) -> Offer:
    """Return a way on for an item: a button says what it does to which one, and … where a dialog follows."""
    label = BESIDE.get(verb) or MOVES[verb].label
    if verb == "dod" and not item.dod:
        label = "Write the DoD of #{}…"
    if verb == "queue" and item.lane is Lane.WIP:
        label += "…"  # it asks why
    return Offer(verb, str(item.number), label.format(item.number))


def is_open(board: Board, verb: str, item: Item, by: Person | None) -> bool:
    """Return whether somebody can make a move now: a way on that is refused as well is none."""
    move = MOVES[verb]
    if item.lane not in move.sources or not move.label:
        return False
    if verb == "start":
        return bool(item.dod) and _has_room(board, board.owner_once_started(item, by))
    if verb == "finish":
        return bool(item.dod)
    if verb == "queue":
        return len(board.next) < NEXT_LIMIT
    return True


def _has_room(board: Board, owner: Person | None) -> bool:
    is_nobodys = owner is None and board.slots is Slots.PERSON
    return not is_nobodys and board.holder(owner) is None


def open_ways(board: Board, item: Item, by: Person | None) -> tuple[Offer, ...]:
    """Return every move that somebody can make with an item now."""
    return tuple(offer(verb, item) for verb in MOVES if is_open(board, verb, item, by))


def wrong_lane(board: Board, item: Item, move: Move, by: Person | None) -> RuleBroken:
    """Return the refusal of somebody's move for an item that is where the move does not begin."""
    *others, last = (lane.upper() for lane in Lane if lane in move.sources)
    lanes = f"{', '.join(others)} or {last}" if others else last
    return RuleBroken(
        f"*#{item.number} {{title}}* is {PLACE[item.lane]}, and only an item in {lanes} can be {move.past}. "
        "Nothing was changed.",
        title=item.title,
        offers=tuple(way for way in open_ways(board, item, by) if way.verb != move.verb),
    )


def gone(item: Item, what: str, at: datetime) -> RuleBroken:
    """Return the refusal for an item that is done or dropped. `what` could not be done to it, as a participle."""
    lane = item.lane
    already = f"was already {MOVED[lane]}" if what == MOVED[lane] else f"can't be {what}: it was {MOVED[lane]}"
    who = " by {who}" if item.finished_by else ""
    when = f" {ago(item.finished, at)}" if item.finished else ""
    return RuleBroken(
        f"*#{item.number} {{title}}* {already}{who}{when}. Nothing was changed.",
        title=item.title,
        who=item.finished_by.name if item.finished_by else "",
        offers=(offer("reopen" if lane is Lane.DONE else "copy", item),),
    )


def not_in_progress(board: Board, item: Item, by: Person | None) -> RuleBroken:
    """Return the refusal to flag an item that is not in progress: it is parked, queued or left where it is."""
    return RuleBroken(
        f"*#{item.number} {{title}}* is {PLACE[item.lane]}; only an item in progress can be flagged as blocked.",
        title=item.title,
        offers=open_ways(board, item, by),
    )


def no_dod(item: Item, so: str) -> RuleBroken:
    """Return the refusal for an item without a Definition of Done; `so` says what can't happen without."""
    return RuleBroken(
        f"*#{item.number} {{title}}* has no Definition of Done, {so}.\n"
        "Write 2–5 checks that someone else could verify.",
        title=item.title,
        offers=(offer("dod", item),),
    )


def still_open(item: Item) -> RuleBroken:
    """Return the refusal to finish an item whose criteria are open."""
    verb = "is" if len(item.open_criteria) == 1 else "are"
    return RuleBroken(
        f"*#{item.number} {{title}}* stays in progress: {{criteria}} {verb} open.",
        title=item.title,
        criteria=", ".join(f"{k} {criterion.text}" for k, criterion in item.open_criteria),
        offers=(offer("finish", item),),
    )


def next_full(board: Board, item: Item) -> RuleBroken:
    """Return the refusal to queue an item while NEXT holds three, which is the most."""
    held = ", ".join(f"#{other.number}" for other in board.next)
    return RuleBroken(
        f"NEXT is full: {held}. *#{item.number} {{title}}* was not queued.",
        title=item.title,
        offers=(offer("defer", board.next[-1]),),
    )


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago, in the largest unit that fits: `4 s ago`, `3 h ago`, `2 days ago`."""
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86400, "day"), (3600, "h"), (60, "min")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''} ago"
    return f"{seconds} s ago"
