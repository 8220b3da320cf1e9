"""No sequence of moves breaks a limit or loses an item, and no refusal changes anything."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core import dod, moves
from bot.core.board import NEXT_LIMIT, Board, Lane
from bot.core.drafts import Draft
from bot.core.merge import merge
from bot.core.ways import MOVES
from bot.errors import UserError
from tests.core.boards import MAKE, NOW, board, follow
from tests.people import ALICE, BOB

ANY_NUMBER = st.integers(1, 9)
LANES = [lane.value for lane in Lane]


class Boards(RuleBasedStateMachine):
    """Moves somebody might try, legal or not, on a board that grows."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()

    def attempt(self, change: Callable[[Board], Board]) -> bool:
        """Let a change happen, or be refused; every way on that a refusal offers can be gone. True: it happened."""
        before = self.board
        try:
            self.board = change(before)
        except UserError as refused:
            for offer in refused.offers:
                follow(before, offer)
            return False
        kept = {item.number: (item.title, item.created) for item in before.items}
        assert kept.items() <= {item.number: (item.title, item.created) for item in self.board.items}.items()
        return True

    @initialize()
    def some_items(self) -> None:
        for number in range(1, 6):
            self.board = moves.add(self.board, Draft(f"Item {number}", dod="one\ntwo"), ALICE, NOW)

    @rule(dod_lines=st.sampled_from(["", "one", "one\ntwo"]), title=st.sampled_from(["Item", "", "x" * 201]))
    def add(self, title: str, dod_lines: str) -> None:
        count = len(self.board.items)
        happened = self.attempt(lambda on: moves.add(on, Draft(title, dod=dod_lines), ALICE, NOW))
        assert len(self.board.items) == count + happened

    @rule(verb=st.sampled_from(sorted(MAKE)), number=ANY_NUMBER)
    def move(self, verb: str, number: int) -> None:
        before = next((item for item in self.board.items if item.number == number), None)
        happened = self.attempt(lambda on: MAKE[verb](on, number))
        if happened:
            assert before is not None
            assert before.lane in MOVES[verb].sources
            assert (self.board.item(number).lane is Lane.DONE) == (verb == "finish")

    @rule(number=ANY_NUMBER, position=st.integers(0, 4), reason=st.sampled_from(["", "the keys are missing"]))
    def queue_at(self, number: int, position: int, reason: str) -> None:
        if self.attempt(lambda on: moves.queue(on, number, NOW, position, reason)):
            assert self.board.next[position - 1].number == number

    @rule(verb=st.sampled_from(sorted(MAKE)))
    def move_the_obvious_one(self, verb: str) -> None:
        self.attempt(lambda on: MAKE[verb](on, moves.obvious(on, verb)))

    @rule(number=ANY_NUMBER, k=st.integers(0, 3))
    def tick(self, number: int, k: int) -> None:
        self.attempt(lambda on: dod.tick(on, number, k, BOB, NOW))

    @rule(number=ANY_NUMBER, met=st.frozensets(st.integers(1, 3)))
    def fill_in_the_checkboxes(self, number: int, met: frozenset[int]) -> None:
        self.attempt(lambda on: dod.tick_just(on, number, met, BOB, NOW))

    @rule(number=ANY_NUMBER, lines=st.sampled_from(["", "one", "two\none", "x\n" * 11]))
    def write_dod(self, number: int, lines: str) -> None:
        self.attempt(lambda on: dod.write(on, number, lines))

    @rule(lanes=st.lists(st.sampled_from(LANES), max_size=4))
    def import_some(self, lanes: list[str]) -> None:
        document = board()
        for number, lane in enumerate(lanes, len(self.board.items) + 1):
            document = document.having([board(**{lane: [number]}).item(number)])
        self.attempt(lambda on: merge(on, document).board)

    @invariant()
    def limits_hold(self) -> None:
        assert len(self.board.lane(Lane.WIP)) <= 1
        assert len(self.board.next) <= NEXT_LIMIT

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
            is_done, is_blocked = item.lane is Lane.DONE, item.lane is Lane.BLOCKED
            assert is_done == (item.finished is not None) == (item.outcome is not None)
            assert is_blocked == (item.blocked is not None)
            assert not (is_done and item.open_criteria)
            assert item.started is not None or item.lane is not Lane.WIP
            assert item.dod or item.lane not in (Lane.WIP, Lane.DONE)


TestBoards = Boards.TestCase
TestBoards.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
