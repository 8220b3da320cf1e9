"""Every rule of moving an item: a board goes in, a board comes out, or a refusal that says what to do next."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.board import NEXT_LIMIT, Block, Board, Item, Lane, Outcome, Person
from bot.core.dod import criteria
from bot.core.drafts import Draft, checked, reason_for
from bot.errors import BadInput, NotFound, Offer, RuleBroken

RANK_STEP = 1024  # LATER has sparse ranks, so that an item can be put between two others without moving them


@dataclass(frozen=True, slots=True)
class Move:
    """One way through the board: from which lanes, and how people say that it happened."""

    verb: str
    sources: frozenset[Lane]
    past: str


MOVES = {
    move.verb: move
    for move in (
        Move("add", frozenset(), "added"),
        Move("start", frozenset({Lane.NEXT, Lane.LATER, Lane.BLOCKED}), "started"),
        Move("finish", frozenset({Lane.WIP}), "finished"),
        Move("park", frozenset({Lane.WIP}), "parked"),
        Move("unblock", frozenset({Lane.BLOCKED}), "unblocked"),
        Move("queue", frozenset({Lane.LATER, Lane.BLOCKED, Lane.WIP}), "queued"),
        Move("defer", frozenset({Lane.NEXT}), "deferred"),
    )
}

PLACE = {
    Lane.WIP: "in progress",
    Lane.NEXT: "in NEXT",
    Lane.LATER: "in LATER",
    Lane.BLOCKED: "parked in BLOCKED",
    Lane.DONE: "done",
}


def add(board: Board, draft: Draft, by: Person | None, at: datetime) -> Board:
    """Put a new item at the end of NEXT when there is room, else at the end of LATER. The number is `next_number`."""
    draft = checked(draft)
    item = Item(
        number=board.next_number,
        title=draft.title,
        created=at,
        scope=draft.scope,
        dod=criteria(draft.dod),
        estimate=draft.estimate,
        source=draft.source,
    )
    board = replace(board, next_number=board.next_number + 1)
    if len(board.next) < NEXT_LIMIT:
        return _into_next(board, item, len(board.next) + 1)
    return board.having([replace(item, lane=Lane.LATER, position=_last_rank(board) + RANK_STEP)])


def start(board: Board, number: int, by: Person | None, at: datetime) -> Board:
    """Make an item the one in progress: WIP must be free and the item must have a Definition of Done."""
    item = _legal(board, "start", number, at)
    if board.wip is not None:
        raise _wip_taken(board, board.wip, item, at)
    if not item.dod:
        raise _no_dod(item, "so it can't start")
    started = replace(item, lane=Lane.WIP, position=0, started=item.started or at, owner=item.owner or by, blocked=None)
    return _close_ranks(board.having([started]))


def finishable(board: Board, number: int, at: datetime) -> Item:
    """Give the item if it is the one in progress and has criteria to judge it by, open or not; else refuse."""
    item = _legal(board, "finish", number, at)
    if not item.dod:
        raise _no_dod(item, "so nobody can tell that it is done")
    return item


def finish(board: Board, number: int, by: Person | None, at: datetime, outcome: Outcome) -> Board:
    """Move the item in progress to DONE. Every criterion must be met or waived."""
    item = finishable(board, number, at)
    if item.open_criteria:
        raise _still_open(item)
    done = replace(item, lane=Lane.DONE, position=0, finished=at, finished_by=by, outcome=outcome)
    return board.having([done])


def park(board: Board, number: int, at: datetime, reason: str, back_on: date | None = None) -> Board:
    """Take the item in progress out of the way: it waits in BLOCKED with a reason, and WIP is free."""
    item = _legal(board, "park", number, at)
    block = Block(reason=reason_for("park", item, reason), since=at, back_on=back_on)
    return board.having([replace(item, lane=Lane.BLOCKED, position=0, blocked=block)])


def unblock(board: Board, number: int, at: datetime) -> Board:
    """Bring a parked item back: to the front of NEXT, or of LATER when NEXT is full."""
    item = replace(_legal(board, "unblock", number, at), blocked=None)
    if len(board.next) < NEXT_LIMIT:
        return _into_next(board, item, 1)
    return _to_later_front(board, item)


def queue(board: Board, number: int, at: datetime, position: int | None = None, reason: str = "") -> Board:
    """Put an item into NEXT, last or at a position (from 1). From WIP it needs a reason."""
    item = _legal(board, "queue", number, at)
    if len(board.next) >= NEXT_LIMIT:
        raise _next_full(board, item)
    if item.lane is Lane.WIP:
        reason_for("queue", item, reason)
    places = len(board.next) + 1
    if position is not None and not 1 <= position <= places:
        raise BadInput(f"NEXT holds {len(board.next)}, so a position goes from 1 to {places}.")
    return _into_next(board, replace(item, blocked=None), position or places)


def defer(board: Board, number: int, at: datetime) -> Board:
    """Move an item from NEXT to the front of LATER."""
    item = _legal(board, "defer", number, at)
    return _close_ranks(_to_later_front(board, item))


def obvious(board: Board, verb: str) -> int:
    """Name the item that a verb without a number means: the first of NEXT to start, the one in progress otherwise."""
    if verb == "start":
        if not board.next:
            raise NotFound("NEXT is empty, so there is nothing to start. `/board add` adds an item.")
        return board.next[0].number
    if board.wip is None:
        first = board.next[:1]
        raise NotFound(
            f"Nothing is in progress. Say which item: `/board {verb} 12`.",
            offers=tuple(offer("start", item) for item in first if item.dod),
        )
    return board.wip.number


def named(board: Board, verb: str, number: int | None) -> int:
    """Give the number that was written after a verb; without one, the obvious item's."""
    return obvious(board, verb) if number is None else number


def _legal(board: Board, verb: str, number: int, at: datetime) -> Item:
    item = board.item(number)
    move = MOVES[verb]
    if item.lane in move.sources:
        return item
    if item.lane is Lane.DONE:
        raise _already_done(item, move, at)
    raise _wrong_lane(board, item, move)


def _wrong_lane(board: Board, item: Item, move: Move) -> RuleBroken:
    lanes = " or ".join(lane.upper() for lane in Lane if lane in move.sources)
    legal = [other for other in MOVES.values() if item.lane in other.sources and other is not move]
    return RuleBroken(
        f"*#{item.number} {{title}}* is {PLACE[item.lane]}, and only an item in {lanes} can be {move.past}. "
        "Nothing was changed.",
        title=item.title,
        offers=tuple(offer(other.verb, item) for other in legal if _would_help(board, other.verb, item)),
    )


def _would_help(board: Board, verb: str, item: Item) -> bool:
    """Whether the move has a chance now: a way on that is refused as well is none."""
    if verb == "start":
        return board.wip is None and bool(item.dod)
    if verb == "finish":
        return bool(item.dod)
    if verb == "queue":
        return len(board.next) < NEXT_LIMIT
    return True


def _already_done(item: Item, move: Move, at: datetime) -> RuleBroken:
    who = " by {who}" if item.finished_by else ""
    when = f" {ago(item.finished, at)}" if item.finished else ""
    already = "was already finished" if move.verb == "finish" else f"can't be {move.past}: it was finished"
    return RuleBroken(
        f"*#{item.number} {{title}}* {already}{who}{when}. Nothing was changed.",
        title=item.title,
        who=item.finished_by.name if item.finished_by else "",
    )


def _wip_taken(board: Board, holder: Item, wanted: Item, at: datetime) -> RuleBroken:
    owner = ", {owner}" if holder.owner else ""
    ways = [offer("finish" if holder.dod else "dod", holder), offer("park", holder)]
    if wanted.lane in MOVES["queue"].sources and len(board.next) < NEXT_LIMIT:
        ways.append(Offer("queue", f"{wanted.number} 1", f"Put #{wanted.number} first in NEXT"))
    return RuleBroken(
        f"WIP is taken: *#{holder.number} {{holder}}*{owner}, day {holder.day(at, board.zone)}, "
        f"{holder.settled} of {len(holder.dod)}.\n#{wanted.number} was not started.",
        holder=holder.title,
        owner=holder.owner.name if holder.owner else "",
        offers=tuple(ways),
    )


def _no_dod(item: Item, so: str) -> RuleBroken:
    return RuleBroken(
        f"*#{item.number} {{title}}* has no Definition of Done, {so}.\n"
        "Write 2–5 checks that someone else could verify.",
        title=item.title,
        offers=(offer("dod", item),),
    )


def _still_open(item: Item) -> RuleBroken:
    verb = "is" if len(item.open_criteria) == 1 else "are"
    return RuleBroken(
        f"*#{item.number} {{title}}* stays in progress: {{criteria}} {verb} open.",
        title=item.title,
        criteria=", ".join(f"{k} {criterion.text}" for k, criterion in item.open_criteria),
        offers=(offer("finish", item),),
    )


def _next_full(board: Board, item: Item) -> RuleBroken:
    held = ", ".join(f"#{other.number}" for other in board.next)
    return RuleBroken(
        f"NEXT is full: {held}. *#{item.number} {{title}}* was not queued.",
        title=item.title,
        offers=(offer("defer", board.next[-1]),),
    )


LABELS = {
    "start": "Start #{}",
    "finish": "Finish #{}…",
    "park": "Park #{}…",
    "unblock": "Unblock #{}",
    "queue": "Queue #{}",
    "defer": "Defer #{}",
    "dod": "Write the DoD of #{}…",
}


def offer(verb: str, item: Item) -> Offer:
    """A way on for an item: a button says what it does to which one, and … where a dialog follows."""
    label = "Edit the DoD of #{}…" if verb == "dod" and item.dod else LABELS[verb]
    return Offer(verb, str(item.number), label.format(item.number))


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits: `4 s ago`, `3 h ago`, `2 days ago`."""
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86400, "day"), (3600, "h"), (60, "min")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''} ago"
    return f"{seconds} s ago"


def _into_next(board: Board, item: Item, position: int) -> Board:
    """Put an item into NEXT at a position from 1; the others close up around it."""
    others = [other for other in board.next if other.number != item.number]
    others.insert(position - 1, item)
    return board.having(replace(other, lane=Lane.NEXT, position=k) for k, other in enumerate(others, 1))


def _close_ranks(board: Board) -> Board:
    return board.having(replace(item, position=k) for k, item in enumerate(board.next, 1))


def _to_later_front(board: Board, item: Item) -> Board:
    first = min((other.position for other in board.later), default=RANK_STEP)
    return board.having([replace(item, lane=Lane.LATER, position=first - RANK_STEP)])


def _last_rank(board: Board) -> int:
    return max((item.position for item in board.later), default=0)
