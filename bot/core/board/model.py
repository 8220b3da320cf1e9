"""The board as a value: items in lanes, and nothing that can change by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum

from bot.core.people import Person
from bot.errors import NotFound

NEXT_LIMIT = 3  # PRODUCT 1: NEXT is ordered, at most three
DOD_LIMIT = 10  # PRODUCT 1: 1-10 criteria, 2-5 advised; an import may bring more
TITLE_LIMIT = 200  # characters; keeps a title on the lines that Slack gives it in every message
TEXT_LIMIT = 3000  # characters; what a Slack text input holds
CRITERION_LIMIT = 500  # characters
HISTORY = "history"  # the source of an item that an older version of a document had, and the newest has not


class Lane(StrEnum):
    """Where an item stands."""

    WIP = "wip"
    NEXT = "next"
    LATER = "later"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Slots(StrEnum):
    """Whose the one item in progress is: the board's, or each person's, so that a board has one for each of them."""

    BOARD = "board"
    PERSON = "person"


LIVE = frozenset({Lane.WIP, Lane.NEXT, Lane.LATER, Lane.BLOCKED})  # where work may still be done


class CriterionState(StrEnum):
    """Whether a criterion is shown to be true."""

    OPEN = "open"
    MET = "met"
    WAIVED = "waived"


class Outcome(StrEnum):
    """What DONE means for an item: CLOSED stays closed without new proof, STABLE works and has evidence."""

    CLOSED = "closed"
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One check of a Definition of Done."""

    text: str
    state: CriterionState = CriterionState.OPEN
    evidence: str = ""  # what shows it, or why it was waived
    by: Person | None = None
    at: datetime | None = None
    judged: bool = False  # the lint found nothing to check in it, so a person judges it

    @property
    def settled(self) -> bool:
        """Met, or waived with a reason."""
        return self.state is not CriterionState.OPEN


@dataclass(frozen=True, slots=True)
class Note:
    """A status note: the words, and who left them when (unknown for an imported one)."""

    text: str
    by: Person | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Why an item is parked, since when, and when to look again."""

    reason: str
    since: datetime
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work. Times are aware, in UTC; a day known without its hour is that day at noon UTC."""

    number: int
    title: str
    created: datetime
    lane: Lane = Lane.LATER
    position: int = 0  # orders a lane; dense 1-3 in NEXT, sparse in LATER, 0 elsewhere
    scope: str = ""
    dod: tuple[Criterion, ...] = ()
    owner: Person | None = None
    estimate: str = ""
    priority: str = ""
    status: Note | None = None
    links: tuple[str, ...] = ()
    started: datetime | None = None
    finished: datetime | None = None
    finished_by: Person | None = None
    result: str = ""
    outcome: Outcome | None = None
    blocked: Block | None = None
    notes: str = ""
    source: str = "command"  # where it came from: command, import, history, or a message's permalink

    @property
    def open_criteria(self) -> tuple[tuple[int, Criterion], ...]:
        """The criteria still open, each with its number as people count it (from 1)."""
        return tuple((k, c) for k, c in enumerate(self.dod, 1) if not c.settled)

    @property
    def flagged(self) -> bool:
        """Whether it is in progress and something is in its way all the same."""
        return self.lane is Lane.WIP and self.blocked is not None

    @property
    def is_archived(self) -> bool:
        """Whether it was done, and no longer in its document, before it came here."""
        came_done = self.lane is Lane.DONE and self.finished is not None and self.finished < self.created
        return came_done and self.source == HISTORY

    @property
    def settled(self) -> int:
        """How many criteria are met or waived."""
        return sum(criterion.settled for criterion in self.dod)

    @property
    def met(self) -> int:
        """How many criteria are met; a waiver is not a tick."""
        return sum(criterion.state is CriterionState.MET for criterion in self.dod)

    @property
    def waived(self) -> tuple[Criterion, ...]:
        """The criteria that go unmet for a reason."""
        return tuple(criterion for criterion in self.dod if criterion.state is CriterionState.WAIVED)

    def day(self, now: datetime, zone: tzinfo) -> int:
        """Return which day of work this is in that zone; the day it started is day 1, and 0 means not started."""
        if self.started is None:
            return 0
        return max(1, (now.astimezone(zone).date() - self.started.astimezone(zone).date()).days + 1)


@dataclass(frozen=True, slots=True)
class Board:
    """Every item of one channel's board."""

    items: tuple[Item, ...] = ()
    next_number: int = 1
    zone: tzinfo = UTC  # whose days and nights the board keeps
    slots: Slots = Slots.BOARD

    def lane(self, lane: Lane) -> tuple[Item, ...]:
        """Return the items of a lane in its order; DONE is ordered oldest first."""
        return tuple(sorted((i for i in self.items if i.lane is lane), key=_order))

    @property
    def in_progress(self) -> tuple[Item, ...]:
        """Every item in progress, the one that was started first in front; at most one where the slot is the board's.

        An item whose start nobody knows stands behind those whose start is known.
        """
        return tuple(sorted((item for item in self.items if item.lane is Lane.WIP), key=_oldest_start_first))

    @property
    def wip(self) -> Item | None:
        """The only item in progress; None: there is none, or several are."""
        items = self.in_progress
        return items[0] if len(items) == 1 else None

    def in_progress_of(self, user_id: str) -> Item | None:
        """Return the item in progress that somebody owns; None: they own none."""
        return next((item for item in self.in_progress if item.owner and item.owner.id == user_id), None)

    def slot_of(self, owner: Person | None) -> str:
        """Return the name of the slot that an item of this owner holds: the owner's id, or "" for the board's one."""
        return owner.id if self.slots is Slots.PERSON and owner else ""

    def owner_once_started(self, item: Item, by: Person | None) -> Person | None:
        """Return who owns an item once somebody starts it: on a board with a slot for each person, who starts it.

        Elsewhere its owner stays, and who starts it becomes its owner where it has none. A program owns nothing.
        """
        return (by or item.owner) if self.slots is Slots.PERSON else (item.owner or by)

    def holder(self, person: Person | None) -> Item | None:
        """Return the item that holds the slot somebody would start an item into; None: it is free."""
        return next((item for item in self.in_progress if self.slot_of(item.owner) == self.slot_of(person)), None)

    @property
    def next(self) -> tuple[Item, ...]:
        """What comes next, at most three."""
        return self.lane(Lane.NEXT)

    @property
    def later(self) -> tuple[Item, ...]:
        """The backlog."""
        return self.lane(Lane.LATER)

    @property
    def blocked(self) -> tuple[Item, ...]:
        """What is parked with a reason."""
        return self.lane(Lane.BLOCKED)

    @property
    def done(self) -> tuple[Item, ...]:
        """What is finished, oldest first."""
        return self.lane(Lane.DONE)

    def item(self, number: int) -> Item:
        """Return the item with this number. Raises NotFound."""
        for item in self.items:
            if item.number == number:
                return item
        raise NotFound(f"There is no #{number} on this board. `/board` shows the items and their numbers.")

    def having(self, changed: Iterable[Item]) -> "Board":
        """Return this board with items put in, each in the place of the one with its number."""
        by_number = {item.number: item for item in self.items} | {item.number: item for item in changed}
        return replace(self, items=tuple(by_number.values()))


def _oldest_start_first(item: Item) -> tuple[bool, float, int]:
    return (item.started is None, item.started.timestamp() if item.started else 0, item.number)


def _order(item: Item) -> tuple[float, int, int]:
    if item.lane is Lane.DONE and item.finished is not None:
        return (item.finished.timestamp(), item.position, item.number)
    if item.lane is Lane.BLOCKED and item.blocked is not None:
        return (item.blocked.since.timestamp(), item.position, item.number)
    return (0, item.position, item.number)
