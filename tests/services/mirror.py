"""A board as simple rules would keep it: what is stored must be the same, whatever is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from bot.core.board.model import Board, Item, Lane
from bot.core.people import Person
from bot.errors import NotAllowed, NotFound, RuleBroken, UserError
from tests.people import ALICE
from tests.services.stage import NOW

TEN_MINUTES = timedelta(minutes=10)


@dataclass(frozen=True)
class Change:
    """A change that stands: its number, who made it when, and what was there before it."""

    number: int
    who: Person
    at: datetime
    board: Board
    digest_at: time | None


@dataclass
class Mirror:
    """The board, its history in words as `stage.story` tells it, and what can be undone. Alice owns it."""

    board: Board = field(default_factory=Board)
    digest_at: time | None = None
    now: datetime = NOW
    version: int = 0
    story: list[str] = field(default_factory=list)
    standing: list[Change] = field(default_factory=list)
    finishes: dict[int, bool] = field(default_factory=dict)  # by number: whether it was undone

    def change(self, who: Person, make: Callable[[Board], Board], *events: str, deed: str = "") -> str:
        """Let a change happen with these events; `deed` is for owners. Gives the words of its refusal, if any."""
        try:
            after = make(self.board)
            if deed and who != ALICE:
                raise NotAllowed(f"Only owners of this board can {deed}: Alice. Ask one of them. Nothing was changed.")
        except UserError as refused:
            return str(refused)
        if after != self.board:
            self._stands(who, *events)
            self.board = after
        return ""

    def also(self, make: Callable[[Board], Board], event: str) -> None:
        """Let something more happen in the last change, unless it is refused."""
        try:
            self.board = make(self.board)
        except UserError:
            return
        self.story.append(f"{self.version} {event}")

    def set_digest(self, who: Person, at: time | None) -> str:
        """Set the digest's time, which is for owners."""
        refused = self.change(who, lambda on: on, deed="change its settings")
        if not refused and at != self.digest_at:
            self._stands(who, f"settings digest at {at:%H:%M}" if at else "settings no digest")
            self.digest_at = at
        return refused

    def undo(self, who: Person) -> str:
        """Walk the last change that stands back."""
        try:
            last = self._undoable(who)
        except UserError as refused:
            return str(refused)
        self.standing.pop()
        self.version += 1
        if (last.digest_at, last.board.slots) != (self.digest_at, self.board.slots):
            self.story.append(f"{self.version} settings as before")
        self.story.append(f"{self.version} undo {last.number}")
        self.board, self.digest_at = self._walked_back(last.board), last.digest_at
        if last.number in self.finishes:
            self.finishes[last.number] = True
        return ""

    def _stands(self, who: Person, *events: str) -> None:
        self.version += 1
        self.standing.append(Change(self.version, who, self.now, self.board, self.digest_at))
        self.story += [f"{self.version} {event}".strip() for event in events]

    def _undoable(self, who: Person) -> Change:
        if not self.standing:
            raise NotFound("There is nothing to undo on this board.")
        last = self.standing[-1]
        if self.now - last.at > TEN_MINUTES:
            raise RuleBroken(
                "The last change is older than ten minutes, so it stands. "
                "`/board log` shows it; what is done can be brought back with `/board reopen`."
            )
        if who not in (last.who, ALICE):
            raise NotAllowed(f"The last change is {last.who.name}'s. They or an owner of the board can undo it.")
        return last

    def _walked_back(self, before: Board) -> Board:
        """The board before a change, with what was added since: nothing is ever deleted."""
        known = {item.number for item in before.items}
        added = [item for item in self.board.items if item.number not in known]
        gone = [item if item.lane is Lane.DROPPED else self._dropped(item) for item in added]
        return replace(before.having(gone), next_number=self.board.next_number)

    def _dropped(self, item: Item) -> Item:
        """The item as it was added, before it was started in the same change."""
        fresh = replace(item, started=None, owner=None)
        return replace(fresh, lane=Lane.DROPPED, position=0, finished=self.now, result="Undone")
