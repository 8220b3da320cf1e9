"""A year of six people on one board, in both modes and through the switch: one item a slot, and nothing is lost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.core.board import dod, edits, moves, undo
from bot.core.board.edits import Draft
from bot.core.board.history import Event
from bot.core.board.model import Board, Lane, Outcome, Slots
from bot.core.board.slots import switched
from bot.core.board.undo import Step, difference
from bot.core.people import Person
from bot.errors import UserError
from tests.core.boards import NOW
from tests.depth import tried

TEAM = tuple(Person(f"U{k}", f"Person {k}") for k in range(6))
LINES = "/one answers 200\n/two answers 200"
DAYS = 365


class Year:
    """A board and the last change of it, at a moment; what was refused is counted by its first words."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.board = Board()
        self.now: datetime = NOW
        self.before: Board | None = None  # as it was before the last change, while that can be undone
        self.seen: Counter[str] = Counter()

    def lives(self) -> None:
        for day in range(DAYS):
            self.now = NOW + timedelta(days=day)
            for who in self.rng.sample(TEAM, len(TEAM)):
                self.acts(who)
                self.holds()
            if day % 7 == 6:
                self.switches()
                self.holds()

    def switches(self) -> None:
        """The owners switch at the end of a week; half of the times they do first what a refusal would ask for."""
        if self.rng.random() < 0.5:
            for item in self.board.in_progress[1:]:
                number = item.number
                self.tries("park", lambda: moves.park(self.board, number, self.now, "one at a time"))  # noqa: B023
        self.tries("switch", lambda: switched(self.board, self.rng.choice(list(Slots))))

    def acts(self, who: Person) -> None:
        """Somebody does one thing, which may be refused: with their own item, with another, or for another."""
        number = self.rng.randrange(1, self.board.next_number + 1)
        verb = self.rng.choice(WHAT)
        self.tries(verb, lambda: self.deed(verb, who, number))

    def deed(self, verb: str, who: Person, number: int) -> Board:
        on, at = self.board, self.now
        ways: dict[str, Callable[[], Board]] = {
            "add": lambda: moves.add(on, Draft(f"Item {on.next_number}", dod=LINES), who, at),
            "start": lambda: moves.start(on, moves.obvious(on, "start", who), who, at),
            "start this": lambda: moves.start(on, number, who, at),
            "finish": lambda: self.finished(who, then=False),
            "finish and start": lambda: self.finished(who, then=True),
            "park": lambda: moves.park(on, moves.obvious(on, "park", who), at, "no keys yet", by=who),
            "unblock": lambda: moves.unblock(on, number, at, by=who),
            "queue": lambda: moves.queue(on, number, at, 1, "it is late", by=who),
            "drop": lambda: moves.drop(on, number, who, at, "nobody asked for it"),
            "reopen": lambda: moves.reopen(on, number, who, at, "https://ci/1 is red"),
            "assign": lambda: edits.assign(on, number, self.rng.choice([*TEAM, None]), at, by=who),
            "undo": self.undone,
        }
        return ways[verb]()

    def finished(self, who: Person, *, then: bool) -> Board:
        number = moves.obvious(self.board, "finish", who)
        met = dod.tick_just(self.board, number, dod.Boxes({1, 2}), who, self.now)
        done = moves.finish(met, number, who, self.now, Outcome.CLOSED)
        return moves.start(done, moves.obvious(done, "start", who), who, self.now) if then else done

    def undone(self) -> Board:
        if self.before is None:
            return self.board
        was, _ = difference(_only_new_in(self.before, self.board), _only_new_in(self.board, self.before))
        back = undo.undone(self.board, [Step(Event(1, "", None, None, self.now), was)], self.now)
        return replace(back, slots=self.before.slots)

    def tries(self, verb: str, change: Callable[[], Board]) -> None:
        before = self.board
        try:
            self.board = change()
        except UserError as refused:
            self.seen[f"refused: {str(refused).partition(':')[0].partition('.')[0]}"] += 1
            assert self.board == before
            return
        self.before = None if verb == "undo" else before
        self.seen[f"{verb} {self.board.slots}"] += 1
        self.seen[f"{min(len(self.board.in_progress), 3)} in progress {self.board.slots}"] += 1

    def holds(self) -> None:
        """One item a slot, nobody holds two, none is nobody's; every number is there, once."""
        on = self.board
        held = Counter(on.slot_of(item.owner) for item in on.in_progress)
        assert not held or max(held.values()) == 1
        assert on.slots is Slots.PERSON or len(on.in_progress) <= 1
        if on.slots is Slots.PERSON:
            assert all(item.owner is not None for item in on.in_progress)
            assert all(on.in_progress_of(item.owner.id) == item for item in on.in_progress if item.owner)
        assert [item.number for item in on.items] == list(range(1, on.next_number))
        assert [item.position for item in on.next] == list(range(1, len(on.next) + 1))
        assert len(on.next) <= 3


def _only_new_in(on: Board, other: Board) -> Board:
    """The board without the items that the other has as they are: to tell a whole year apart would take minutes."""
    there = set(map(id, other.items))
    return replace(on, items=tuple(item for item in on.items if id(item) not in there))


WHAT = (
    "add", "start", "start", "start this", "finish", "finish and start", "park", "unblock", "queue", "drop", "reopen",
    "reopen", "assign", "undo",
)  # fmt: skip


@pytest.mark.parametrize("first", range(0, tried(3, deep=60, quick=3), 3))
def test_a_year_holds(first: int) -> None:
    """Three teams' years: each is lived in both modes, and together they have seen everything in each."""
    seen: Counter[str] = Counter()
    for seed in range(first, first + 3):
        year = Year(seed)
        year.lives()
        seen += year.seen
        assert year.seen[f"3 in progress {Slots.PERSON}"] > DAYS / 10
        assert year.seen[f"1 in progress {Slots.BOARD}"] > DAYS / 10
        assert len(year.board.lane(Lane.DONE)) > DAYS / 10
    for slots in Slots:
        assert {verb for verb in {*WHAT, "switch"} if not seen[f"{verb} {slots}"]} == set()
    assert seen["refused: Your slot is taken"] > 0
    assert seen["refused: WIP is taken"] > 0
    assert any(words.endswith("items are in progress") for words in seen)
