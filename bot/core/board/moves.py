"""Every rule of moving an item: a board goes in, a board comes out, or a refusal that says what to do next."""

from dataclasses import replace
from datetime import date, datetime

from bot.core.board.dod import criteria, linted, opened
from bot.core.board.edits import Draft, checked
from bot.core.board.model import LIVE, NEXT_LIMIT, Block, Board, Item, Lane, Note, Outcome
from bot.core.board.slots import LISTED, free_for, listed
from bot.core.board.ways import (
    MOVES,
    gone,
    is_open,
    next_full,
    no_dod,
    not_in_progress,
    offer,
    still_open,
    wrong_lane,
)
from bot.core.board.words import new_evidence, reason_for
from bot.core.people import Person
from bot.errors import BadInput, NotFound, Offer

RANK_STEP = 1024  # LATER has sparse ranks, so that an item can be put between two others without moving them


def add(board: Board, draft: Draft, by: Person | None, at: datetime) -> Board:
    """Put a new item at the end of NEXT when there is room, else at the end of LATER. The number is `next_number`.

    Raises BadInput for a draft that can't be an item, and Vague for criteria that can't be checked.
    """
    draft = checked(draft)
    item = Item(
        number=board.next_number,
        title=draft.title,
        created=at,
        scope=draft.scope,
        dod=linted(criteria(draft.dod), keep=draft.keep),
        estimate=draft.estimate,
        source=draft.source,
    )
    board = replace(board, next_number=board.next_number + 1)
    if len(board.next) < NEXT_LIMIT:
        return _into_next(board, item, len(board.next) + 1)
    return board.having([replace(item, lane=Lane.LATER, position=_last_rank(board) + RANK_STEP)])


def start(board: Board, number: int, by: Person | None, at: datetime, *, is_read_by_all: bool = False) -> Board:
    """Put an item in progress: the slot must be free and the item must have a Definition of Done.

    The slot is the board's, or that of whoever starts it; where all read the refusal, it names whose slot is taken.
    Raises RuleBroken, NotFound.
    """
    item = _legal(board, "start", number, at, by)
    owner = board.owner_once_started(item, by)
    free_for(board, item, owner, None if is_read_by_all else by, at)
    if not item.dod:
        raise no_dod(item, "so it can't start")
    started = replace(item, lane=Lane.WIP, position=0, started=item.started or at, owner=owner, blocked=None)
    return _close_ranks(board.having([started]))


def finishable(board: Board, number: int, at: datetime, by: Person | None = None) -> Item:
    """Return the item if it is in progress and has criteria, open or not. Raises RuleBroken, NotFound."""
    item = _legal(board, "finish", number, at, by)
    if not item.dod:
        raise no_dod(item, "so nobody can tell that it is done")
    return item


def finish(board: Board, number: int, by: Person | None, at: datetime, outcome: Outcome) -> Board:
    """Move an item in progress to DONE. Every criterion must be met or waived. Raises RuleBroken, NotFound."""
    item = finishable(board, number, at, by)
    if item.open_criteria:
        raise still_open(item)
    done = replace(item, lane=Lane.DONE, position=0, finished=at, finished_by=by, outcome=outcome, blocked=None)
    return board.having([done])


def park(
    board: Board, number: int, at: datetime, reason: str, back_on: date | None = None, *, by: Person | None = None
) -> Board:
    """Take an item in progress out of the way: it waits in BLOCKED with a reason, and its slot is free.

    Raises RuleBroken, NotFound; BadInput without a reason.
    """
    item = _legal(board, "park", number, at, by)
    block = Block(reason=reason_for("park", item, reason), since=at, back_on=back_on)
    return board.having([replace(item, lane=Lane.BLOCKED, position=0, blocked=block)])


def block(
    board: Board, number: int, at: datetime, reason: str, back_on: date | None = None, *, by: Person | None = None
) -> Board:
    """Flag an item in progress as blocked; it stays in progress, and its slot stays taken.

    Raises RuleBroken, NotFound; BadInput without a reason.
    """
    item = board.item(number)
    if item.lane is not Lane.WIP:
        raise not_in_progress(board, item, by)
    flag = Block(reason=reason_for("block", item, reason), since=at, back_on=back_on)
    return board.having([replace(item, blocked=flag)])


def unblock(board: Board, number: int, at: datetime, *, by: Person | None = None) -> Board:
    """Bring a parked item back: to the front of NEXT, or of LATER when NEXT is full. A flag is taken off in place.

    Raises RuleBroken, NotFound.
    """
    item = board.item(number)
    if item.flagged:
        return board.having([replace(item, blocked=None)])
    item = replace(_legal(board, "unblock", number, at, by), blocked=None)
    if len(board.next) < NEXT_LIMIT:
        return _into_next(board, item, 1)
    return _to_later_front(board, item)


def queue(
    board: Board,
    number: int,
    at: datetime,
    position: int | None = None,
    reason: str = "",
    *,
    by: Person | None = None,
) -> Board:
    """Put an item into NEXT, last or at a position (from 1). From WIP it needs a reason.

    Raises RuleBroken, NotFound; BadInput for such a position or no reason.
    """
    item = _legal(board, "queue", number, at, by)
    if len(board.next) >= NEXT_LIMIT:
        raise next_full(board, item)
    if item.lane is Lane.WIP:
        reason_for("queue", item, reason)
    places = len(board.next) + 1
    if position is not None and not 1 <= position <= places:
        raise BadInput(f"NEXT holds {len(board.next)}, so a position goes from 1 to {places}.")
    return _into_next(board, replace(item, blocked=None), position or places)


def defer(board: Board, number: int, at: datetime, *, by: Person | None = None) -> Board:
    """Move an item from NEXT to the front of LATER. Raises RuleBroken, NotFound."""
    item = _legal(board, "defer", number, at, by)
    return _close_ranks(_to_later_front(board, item))


def move(board: Board, number: int, at: datetime, to: str, *, by: Person | None = None) -> Board:
    """Move an item inside NEXT or LATER: `up`, `down`, `first`, `last`, or a position from 1.

    Raises RuleBroken, NotFound; BadInput for another place.
    """
    item = _legal(board, "move", number, at, by)
    lane = board.lane(item.lane)
    place = _place(to, item, lane.index(item), len(lane))
    if place == lane.index(item):
        return board
    if item.lane is Lane.NEXT:
        return _into_next(board, item, place + 1)
    return _inside_later(board, item, place)


def drop(board: Board, number: int, by: Person | None, at: datetime, reason: str) -> Board:
    """Take an item off the board for good; it stays in the history, with its reason as the result.

    Raises RuleBroken, NotFound; BadInput without a reason.
    """
    item = _legal(board, "drop", number, at, by)
    why = reason_for("drop", item, reason)
    dropped = replace(item, lane=Lane.DROPPED, position=0, finished=at, finished_by=by, result=why, blocked=None)
    return _close_ranks(board.having([dropped]))


def reopenable(board: Board, number: int, at: datetime, by: Person | None = None) -> Item:
    """Return the item if it is done, so that it can come back. Raises RuleBroken, NotFound."""
    return _legal(board, "reopen", number, at, by)


def reopen(board: Board, number: int, by: Person | None, at: datetime, proof: str) -> Board:
    """Bring a done item back: a CLOSED one for new failing evidence, a STABLE one for a reason. It has no ticks.

    Raises RuleBroken, NotFound; BadInput for what is no proof, or no reason.
    """
    item = reopenable(board, number, at, by)
    closed = item.outcome is Outcome.CLOSED
    why = new_evidence(item, proof) if closed else reason_for("reopen stable", item, proof)
    note = Note(f"Reopened: {why}", by, at)
    unticked = tuple(opened(criterion) for criterion in item.dod)
    back = replace(item, dod=unticked, status=note, started=None, finished=None, finished_by=None, outcome=None)
    if len(board.next) < NEXT_LIMIT:
        return _into_next(board, back, 1)
    return _to_later_front(board, back)


OF_A_CRITERION = frozenset({"tick", "untick", "waive", "evidence"})  # these name a criterion behind the item
NAMED_BY_NUMBER = frozenset({"finish", "park", "drop", "block", "dod", "edit"})  # whose button needs nothing else


def obvious(board: Board, verb: str, by: Person | None) -> int:
    """Name the item that somebody means by a verb without a number.

    The first of NEXT to start; to unblock, their own flagged one, else the only one that waits; their own in progress
    otherwise, and where they have none the board's, if it is the only one.
    Raises NotFound where there is no such item, or several.
    """
    if verb == "start":
        if not board.next:
            raise NotFound(
                "NEXT is empty, so there is nothing to start. `/board add` adds an item.",
                offers=tuple(offer("start", item) for item in board.later[:1] if is_open(board, "start", item, by)),
            )
        return board.next[0].number
    own = board.in_progress_of(by.id) if by else None
    if verb == "unblock":
        return own.number if own and own.flagged else _only_waiting(board)
    meant = own or board.wip
    if meant is None:
        raise _none_or_several(board, verb, by)
    return meant.number


def _none_or_several(board: Board, verb: str, by: Person | None) -> NotFound:
    """Return the refusal of a verb that means no item, or could mean several."""
    typed = f"`/board {verb} 12{' 1' if verb in OF_A_CRITERION else ''}`"
    if not board.in_progress:
        first = board.next[:1]
        ways = [offer("start", item) for item in first if is_open(board, "start", item, by)]
        ways += [offer("dod", item) for item in first if not item.dod]
        return NotFound(f"Nothing is in progress. Say which item: {typed}.", offers=tuple(ways))
    names, quotes = listed(board.in_progress)
    whose = "You have nothing in progress, and several others are" if by else "Several items are in progress"
    return NotFound(
        f"{whose}: {names}. Say which: {typed}.",
        quotes=quotes,
        offers=tuple(offer(verb, item) for item in board.in_progress[:LISTED] if verb in NAMED_BY_NUMBER),
    )


def _only_waiting(board: Board) -> int:
    waiting = [*(item for item in board.in_progress if item.flagged), *board.blocked]
    if not waiting:
        raise NotFound("Nothing waits on this board.")
    if len(waiting) > 1:
        raise NotFound("Several items wait. Which one?", offers=tuple(offer("unblock", item) for item in waiting))
    return waiting[0].number


def named(board: Board, verb: str, number: int | None, by: Person | None) -> int:
    """Return the number that was written after a verb; without one, the item that somebody means. Raises NotFound."""
    return obvious(board, verb, by) if number is None else number


def _legal(board: Board, verb: str, number: int, at: datetime, by: Person | None) -> Item:
    item = board.item(number)
    move = MOVES[verb]
    if item.lane in move.sources:
        return item
    if item.lane not in LIVE:
        raise gone(item, move.past, at)
    raise wrong_lane(board, item, move, by)


def _into_next(board: Board, item: Item, position: int) -> Board:
    """Put an item into NEXT at a position from 1; the others close up around it."""
    others = [other for other in board.next if other.number != item.number]
    others.insert(position - 1, item)
    return board.having(replace(other, lane=Lane.NEXT, position=k) for k, other in enumerate(others, 1))


def _close_ranks(board: Board) -> Board:
    return board.having(replace(item, position=k) for k, item in enumerate(board.next, 1))


WAYS = ("up", "down", "first", "last")


def _place(to: str, item: Item, now: int, count: int) -> int:
    """Read where to, as an index from 0 within a lane of `count`."""
    places = {str(k): k - 1 for k in range(1, count + 1)}
    places |= {"up": max(now - 1, 0), "down": min(now + 1, count - 1), "first": 0, "last": count - 1}
    word = to.strip().lower()
    if word not in places:
        ways = (
            Offer("move", f"{item.number} {way}", f"Move #{item.number} {way}") for way in WAYS if places[way] != now
        )
        raise BadInput(
            f"Where to? Write `up`, `down`, `first`, `last` or a position from 1 to {count}.", offers=tuple(ways)
        )
    return places[word]


def _inside_later(board: Board, item: Item, place: int) -> Board:
    """Put an item between two others of LATER by a rank between theirs; without room, all get new ranks behind."""
    others = [other for other in board.later if other.number != item.number]
    before = others[place - 1].position if place else None
    after = others[place].position if place < len(others) else None
    if before is None or after is None:
        rank = (before or 0) + RANK_STEP if after is None else after - RANK_STEP
        return board.having([replace(item, position=rank)])
    if after - before > 1:
        return board.having([replace(item, position=(before + after) // 2)])
    others.insert(place, item)
    start = _last_rank(board)
    return board.having(replace(other, position=start + RANK_STEP * k) for k, other in enumerate(others, 1))


def _to_later_front(board: Board, item: Item) -> Board:
    first = min((other.position for other in board.later), default=RANK_STEP)
    return board.having([replace(item, lane=Lane.LATER, position=first - RANK_STEP)])


def _last_rank(board: Board) -> int:
    return max((item.position for item in board.later), default=0)
