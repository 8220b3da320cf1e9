"""A check-in: what somebody did, does next, and what is in their way; and when that is gone."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import LIVE, TEXT_LIMIT, Board, Item
from bot.core.board.words import within
from bot.core.people import Person
from bot.errors import BadInput


@dataclass(frozen=True, slots=True)
class Checkin:
    """One person's answer to a digest; each part may be empty, but not all.

    `words` are those of a thread that they made their answer: nobody guesses what of it was done, and what is next.
    `since`: when what is in the way was said first; `number`: the item that it flags or parks; `gone`: when somebody
    said that it is in the way no more.
    """

    who: Person
    did: str
    next: str
    blockers: str
    at: datetime
    words: str = ""
    since: datetime | None = None
    number: int | None = None
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that is in somebody's way: since when, and the item that waits for it, if one does."""

    who: Person
    text: str
    since: datetime
    number: int | None = None


def checked_in(who: Person, did: str, following: str, blockers: str, at: datetime, words: str = "") -> Checkin:
    """Make a check-in of what was written. Raises BadInput on the field that is too long, or for nothing at all."""
    said = Checkin(
        who,
        within(did, TEXT_LIMIT, "This", "did"),
        within(following, TEXT_LIMIT, "This", "next"),
        within(blockers, TEXT_LIMIT, "This", "blockers"),
        at,
        within(words, TEXT_LIMIT, "This", "words"),
    )
    if not (said.did or said.next or said.blockers or said.words):
        raise BadInput("Write at least one of the three.", field="did")
    return replace(said, since=at) if said.blockers else said


def carried(said: Checkin, last: Obstacle | None) -> Checkin:
    """Return an answer whose hindrance is as old as it is: one that was said before has its first day."""
    if last is None or not said.blockers or not is_same(said.blockers, last.text):
        return said
    return replace(said, since=last.since, number=last.number)


def with_obstacle(said: Checkin, last: Obstacle | None) -> Checkin:
    """Return an answer in one's own words, which say nothing of what was in the way before: so that stands."""
    if last is None:
        return said
    return replace(said, blockers=last.text, since=last.since, number=last.number)


def standing(said: Checkin | None, board: Board) -> Obstacle | None:
    """Return what is in the way of somebody by the last answer that they gave; None: nothing, or it is gone.

    What flags or parks an item is gone with that: whoever takes off the flag has said so.
    """
    if said is None or not said.blockers or said.gone:
        return None
    if said.number is not None and not is_waiting(board, said.number, said.blockers):
        return None
    return Obstacle(said.who, said.blockers, said.since or said.at, said.number)


def consequence(
    board: Board, item: Item | None, said: Checkin, last: Obstacle | None, before: str, *, park: bool
) -> tuple[str, int | None]:
    """Return what becomes of the board by an answer: a verb (none: nothing) and the item that bears what is in the way.

    `item` is theirs and in progress. `last`: what stood in their way until now; `before`: their words for it, gone or
    not: a flag that somebody took off is not put on again by the same words. `park`: they want it parked.
    """
    bound = last.number if last else None
    if not said.blockers:
        return ("unblock", bound) if bound is not None else ("", None)
    wants_parking = park and item is not None
    if last and bound is not None and is_same(said.blockers, last.text):
        return ("park" if wants_parking and item and item.number == bound else "", bound)
    if item is None or (is_same(said.blockers, before) and not wants_parking):
        return ("", None)
    if wants_parking:
        return ("park", item.number)
    is_free = item.blocked is None or item.number == bound
    return ("block", item.number) if is_free else ("", None)


def is_waiting(board: Board, number: int, reason: str) -> bool:
    """Return whether an item is flagged, or parked, for a reason."""
    items = [item for item in board.items if item.number == number and item.lane in LIVE]
    return any(item.blocked is not None and item.blocked.reason == reason for item in items)


def is_same(text: str, other: str) -> bool:
    """Return whether two texts say the same, whatever space and capitals they are written with."""
    return " ".join(text.casefold().split()) == " ".join(other.casefold().split())


def owned(board: Board, who: Person) -> Item | None:
    """Return the item in progress that is somebody's own: what blocks them blocks it."""
    return board.in_progress_of(who.id)
