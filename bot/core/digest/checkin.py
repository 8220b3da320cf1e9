"""A check-in: what somebody did, does next, and what is in their way."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import TEXT_LIMIT, Board, Item
from bot.core.board.words import within
from bot.core.people import Person
from bot.errors import BadInput


@dataclass(frozen=True, slots=True)
class Checkin:
    """One person's answer to a digest; each part may be empty, but not all three."""

    who: Person
    did: str
    next: str
    blockers: str
    at: datetime


def checked_in(who: Person, did: str, following: str, blockers: str, at: datetime) -> Checkin:
    """Make a check-in of what was written. Raises BadInput on the field that is too long, or for nothing at all."""
    said = Checkin(
        who,
        within(did, TEXT_LIMIT, "This", "did"),
        within(following, TEXT_LIMIT, "This", "next"),
        within(blockers, TEXT_LIMIT, "This", "blockers"),
        at,
    )
    if not (said.did or said.next or said.blockers):
        raise BadInput("Write at least one of the three.", field="did")
    return said


def owned(board: Board, who: Person) -> Item | None:
    """Return the item in progress that is somebody's own: what blocks them blocks it."""
    return board.in_progress_of(who.id)
