"""No sequence of moves breaks a limit or loses an item, no refusal changes anything, and undo walks all of it back."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core.board import dod, edits, moves, undo
from bot.core.board.edits import Draft, Edit
from bot.core.board.history import Event
from bot.core.board.model import LIVE, NEXT_LIMIT, Board, Lane, Slots
from bot.core.board.slots import switched
from bot.core.board.undo import Step, difference
from bot.core.board.ways import MOVES
from bot.core.documents.merge import merge
from bot.core.people import Person
from bot.errors import UserError
from tests.core.boards import MAKE, NOW, board, follow
from tests.depth import tried
from tests.people import ALICE, BOB, CAROL

ANY_NUMBER = st.integers(1, 9)
WHO = st.sampled_from([ALICE, BOB, CAROL, None])
LANES = [lane.value for lane in Lane]
ONE, TWO = "/one answers 200", "/two answers 200"
LINES = st.sampled_from(["", ONE, f"{TWO}\n{ONE}", "it works", f"{ONE}\n" * 11])


class Boards(RuleBasedStateMachine):
    """Moves somebody might try, legal or not, on a board that grows."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.past: list[tuple[Board, Step]] = []  # each change that stands: the board before it, and what it kept

    def attempt(self, change: Callable[[Board], Board], by: Person | None = ALICE) -> bool:
        """Let a change happen, or be refused; every way on that a refusal offers can be gone. True: it happened."""
        before = self.board
        try:
            self.board = change(before)
        except UserError as refused:
            for offer in refused.offers:
                follow(before, offer, by)
            return False
        assert {(item.number, item.created) for item in before.items} <= {
            (item.number, item.created) for item in self.board.items
        }
        was, _ = difference(before, self.board)
        self.past.append((before, Step(Event(len(self.past), "", None, ALICE, NOW), was)))
        return True

    @initialize()
    def some_items(self) -> None:
        for number in range(1, 6):
            self.add(f"Item {number}", f"{ONE}\n{TWO}")

    @rule(lines=LINES, title=st.sampled_from(["Item", "", "x" * 201]), keep=st.booleans())
    def add(self, title: str, lines: str, keep: bool = False) -> None:
        count = len(self.board.items)
        happened = self.attempt(lambda on: moves.add(on, Draft(title, dod=lines, keep=keep), ALICE, NOW))
        assert len(self.board.items) == count + happened

    @rule(verb=st.sampled_from(sorted(MAKE)), number=ANY_NUMBER, who=WHO)
    def move(self, verb: str, number: int, who: Person | None = ALICE) -> None:
        before = next((item for item in self.board.items if item.number == number), None)
        if self.attempt(lambda on: MAKE[verb](on, number, who), who):
            assert before is not None
            if verb == "start" and self.board.slots is Slots.PERSON:
                assert self.board.item(number).owner == (who or before.owner)
            after = self.board.item(number)
            assert before.lane in MOVES[verb].sources or (verb == "unblock" and before.flagged)
            assert (after.lane is Lane.DONE) == (verb == "finish")
            assert (after.lane is Lane.DROPPED) == (verb == "drop")
            assert (after.lane is Lane.WIP) == (verb == "start" or (before.flagged and verb == "unblock"))

    @rule(number=ANY_NUMBER, position=st.integers(0, 4), reason=st.sampled_from(["", "the keys are missing"]))
    def queue_at(self, number: int, position: int, reason: str) -> None:
        if self.attempt(lambda on: moves.queue(on, number, NOW, position, reason)):
            assert self.board.next[position - 1].number == number

    @rule(number=ANY_NUMBER, to=st.sampled_from(["up", "down", "last", "1", "2", "3", "9", ""]))
    def move_to(self, number: int, to: str) -> None:
        before = self.board
        if self.attempt(lambda on: moves.move(on, number, NOW, to)):
            lane = before.item(number).lane
            others = [item.number for item in before.lane(lane) if item.number != number]
            assert [item.number for item in self.board.lane(lane) if item.number != number] == others
            if to.isdecimal():
                assert self.board.lane(lane)[int(to) - 1].number == number

    @rule(verb=st.sampled_from(sorted(MAKE)), who=WHO)
    def move_the_obvious_one(self, verb: str, who: Person | None) -> None:
        self.attempt(lambda on: MAKE[verb](on, moves.obvious(on, verb, who), who), who)

    @rule(slots=st.sampled_from(Slots))
    def switch(self, slots: Slots) -> None:
        held = {item.number for item in self.board.in_progress}
        if self.attempt(lambda on: switched(on, slots)):
            assert self.board.slots is slots
            assert {item.number for item in self.board.in_progress} == held

    @precondition(lambda self: self.board.in_progress)
    @rule(latest=st.booleans())
    def finish_what_is_in_progress(self, latest: bool) -> None:
        number = self.board.in_progress[-1 if latest else 0].number
        self.attempt(lambda on: dod.tick_just(on, number, dod.Boxes({1, 2}), BOB, NOW))
        self.move("finish", number)

    @rule(number=ANY_NUMBER, reason=st.sampled_from(["", "no keys yet"]))
    def flag(self, number: int, reason: str) -> None:
        self.attempt(lambda on: moves.block(on, number, NOW, reason))

    @rule(number=ANY_NUMBER, k=st.integers(0, 3), change=st.sampled_from(["tick", "untick", "waive", "evidence"]))
    def change_a_criterion(self, number: int, k: int, change: str) -> None:
        ways: dict[str, Callable[[Board], Board]] = {
            "tick": lambda on: dod.tick(on, number, k, BOB, NOW),
            "untick": lambda on: dod.untick(on, number, k),
            "waive": lambda on: dod.waive(on, number, k, BOB, NOW, "no data yet"),
            "evidence": lambda on: dod.show_evidence(on, number, k, "https://ci/1"),
        }
        self.attempt(ways[change])

    @rule(number=ANY_NUMBER, met=st.frozensets(st.integers(1, 3)))
    def fill_in_the_checkboxes(self, number: int, met: frozenset[int]) -> None:
        self.attempt(lambda on: dod.tick_just(on, number, dod.Boxes(met), BOB, NOW))

    @rule(number=ANY_NUMBER, lines=LINES, keep=st.booleans())
    def write_dod(self, number: int, lines: str, keep: bool) -> None:
        self.attempt(lambda on: dod.write(on, number, lines, keep=keep))

    @rule(number=ANY_NUMBER, title=st.none() | st.sampled_from(["", "New"]), owner=WHO)
    def edit_and_assign(self, number: int, title: str | None, owner: Person | None) -> None:
        self.attempt(lambda on: edits.assign(edits.edit(on, number, Edit(title=title, notes="n")), number, owner, NOW))

    @rule(lanes=st.lists(st.tuples(st.sampled_from(LANES), WHO), max_size=4))
    def import_some(self, lanes: list[tuple[str, Person | None]]) -> None:
        document = board()
        for number, (lane, owner) in enumerate(lanes, len(self.board.items) + 1):
            document = document.having([replace(board(**{lane: [number]}).item(number), owner=owner)])
        self.attempt(lambda on: merge(on, document).board)

    @precondition(lambda self: self.past)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.past))):
            before, step = self.past.pop()
            known = {item.number for item in before.items}
            there = {item.number: item for item in self.board.items}
            self.board = replace(undo.undone(self.board, [step], NOW), slots=before.slots)
            assert [item for item in self.board.items if item.number in known] == list(before.items)
            for item in self.board.items:
                if item.number not in known:  # it was added since, so it is dropped, and says what it said
                    assert item.lane is Lane.DROPPED
                    assert (item.title, item.dod) == (there[item.number].title, there[item.number].dod)

    @invariant()
    def limits_hold(self) -> None:
        held = [self.board.slot_of(item.owner) for item in self.board.in_progress]
        assert len(held) == len(set(held))
        assert len(self.board.next) <= NEXT_LIMIT

    @invariant()
    def each_slot_is_the_board_s_or_somebody_s(self) -> None:
        if self.board.slots is Slots.BOARD:
            assert len(self.board.in_progress) <= 1
        for item in self.board.in_progress:
            assert item.owner is not None or self.board.slots is Slots.BOARD
            if item.owner and self.board.slots is Slots.PERSON:
                assert self.board.in_progress_of(item.owner.id) == item

    @invariant()
    def next_is_dense_and_later_has_no_two_in_one_place(self) -> None:
        assert [item.position for item in self.board.next] == list(range(1, len(self.board.next) + 1))
        assert len({item.position for item in self.board.later}) == len(self.board.later)

    @invariant()
    def every_number_is_there_once(self) -> None:
        assert sorted(item.number for item in self.board.items) == list(range(1, self.board.next_number))

    @invariant()
    def what_an_item_says_fits_its_lane(self) -> None:
        for item in self.board.items:
            is_done = item.lane is Lane.DONE
            assert (item.lane not in LIVE) == (item.finished is not None)
            assert is_done == (item.outcome is not None)
            assert (item.blocked is not None) == (item.lane is Lane.BLOCKED or item.flagged)
            assert item.result or item.lane is not Lane.DROPPED
            assert item.started is not None or item.lane is not Lane.WIP
            assert not (is_done and item.open_criteria)
            assert item.dod or item.lane not in (Lane.WIP, Lane.DONE)


TestBoards = Boards.TestCase
TestBoards.settings = settings(max_examples=tried(100, deep=1000, quick=20), stateful_step_count=40, deadline=None)
