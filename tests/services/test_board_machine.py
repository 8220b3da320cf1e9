"""The stored board and the pure one stay the same board, whatever is asked for and however often we restart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core import dod
from bot.core import moves as rules
from bot.core.board import Board, Note, Outcome
from bot.core.drafts import Draft
from bot.errors import UserError
from bot.services import finishes, items, look, moves
from bot.services.ask import Ask
from bot.store.database import Database
from tests.people import ALICE, BOB
from tests.services.stage import NOW, as_told, owed, replayed, story, version

CHANNELS = count(1)
ANY_NUMBER = st.integers(1, 6)
PERHAPS_A_NUMBER = st.none() | ANY_NUMBER
REASONS = st.sampled_from(["", "the keys are missing"])
TITLES = st.sampled_from(["Αναζήτηση 🚀", "<!channel> & co", "x" * 201])
DODS = st.sampled_from(["one", "two\none", ""])


def refusal_of(deed: Callable[[], object]) -> str:
    """The words with which it is refused; none if it happens."""
    try:
        deed()
    except UserError as refused:
        return str(refused)
    return ""


class StoredBoard(RuleBasedStateMachine):
    """Asks the services and the rules for the same; every example is a channel of its own."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self.db = db
        self.channel = f"C{next(CHANNELS)}"
        self.board = Board()
        self.now = NOW
        self.story: list[str] = []
        self.version = 0
        self.finishes: set[int] = set()

    def happens(self, service: Callable[[Ask], object], rule_: Callable[[Board], Board], *events: str) -> bool:
        """Ask both. Either both refuse in the same words, or both change, and that is a change with these events."""
        before = self.board
        expected = refusal_of(lambda: self.become(rule_(before)))
        assert refusal_of(lambda: service(Ask(self.channel, ALICE, self.now))) == expected
        if expected:
            return False
        if events:
            self.version += 1
            self.story += [f"{self.version} {event}" for event in events]
        assert events or self.board == before
        return True

    def become(self, after: Board) -> None:
        self.board = after

    @initialize(count_=st.integers(2, 5), lines=st.sampled_from(["one", "one\ntwo"]))
    def some_items(self, count_: int, lines: str) -> None:
        for _ in range(count_):
            self.add("Payments", lines, and_start=False)
        self.start(None)

    @rule()
    def time_passes(self) -> None:
        self.now += timedelta(hours=7)

    @rule()
    def the_bot_restarts(self) -> None:
        self.db.close()

    @rule(title=TITLES, lines=DODS, and_start=st.booleans())
    def add(self, title: str, lines: str, and_start: bool) -> None:
        draft, number = Draft(title, dod=lines), self.board.next_number

        def added(on: Board) -> Board:
            on = rules.add(on, draft, ALICE, self.now)
            return rules.start(on, number, ALICE, self.now) if and_start else on

        events = [f"add {number}", *([f"start {number}"] if and_start else [])]
        self.happens(lambda by: moves.add(self.db, by, draft, and_start=and_start), added, *events)

    @rule(number=PERHAPS_A_NUMBER)
    def start(self, number: int | None) -> None:
        meant = self.meant("start", number)
        self.happens(
            lambda by: moves.start(self.db, by, number),
            lambda on: rules.start(on, rules.named(on, "start", number), ALICE, self.now),
            f"start {meant}",
        )

    @rule(number=ANY_NUMBER, outcome=st.sampled_from(Outcome), then=PERHAPS_A_NUMBER, has_facts=st.booleans())
    def finish(self, number: int, outcome: Outcome, then: int | None, has_facts: bool) -> None:
        finished = self.happens(
            lambda by: moves.finish(self.db, by, number, outcome=outcome, then=then, has_facts=has_facts),
            lambda on: rules.finish(on, number, ALICE, self.now, outcome),
            f"finish {number}",
        )
        if not finished:
            return
        self.finishes.add(self.version)
        if then and not refusal_of(lambda: self.become(rules.start(self.board, then, ALICE, self.now))):
            self.story.append(f"{self.version} start {then}")  # of the same change

    @precondition(lambda self: self.board.wip is not None)
    @rule(then=PERHAPS_A_NUMBER, has_facts=st.booleans())
    def finish_what_is_in_progress(self, then: int | None, has_facts: bool) -> None:
        assert self.board.wip is not None
        self.save_progress(frozenset({1, 2}), "so far")
        self.finish(self.board.wip.number, Outcome.STABLE, then, has_facts)

    @precondition(lambda self: self.board.blocked)
    @rule()
    def unblock_the_first(self) -> None:
        self.unblock(self.board.blocked[0].number)

    @rule(number=PERHAPS_A_NUMBER, reason=REASONS)
    def park(self, number: int | None, reason: str) -> None:
        meant = self.meant("park", number)
        self.happens(
            lambda by: moves.park(self.db, by, number, reason),
            lambda on: rules.park(on, rules.named(on, "park", number), self.now, reason),
            f"park {meant} {reason}",
        )

    @rule(number=ANY_NUMBER)
    def unblock(self, number: int) -> None:
        self.happens(
            lambda by: moves.unblock(self.db, by, number),
            lambda on: rules.unblock(on, number, self.now),
            f"unblock {number}",
        )

    @rule(number=ANY_NUMBER, position=st.none() | st.integers(0, 4), reason=REASONS)
    def queue(self, number: int, position: int | None, reason: str) -> None:
        self.happens(
            lambda by: moves.queue(self.db, by, number, position, reason),
            lambda on: rules.queue(on, number, self.now, position, reason),
            f"queue {number} {reason}".strip(),
        )

    @rule(number=ANY_NUMBER)
    def defer(self, number: int) -> None:
        self.happens(
            lambda by: moves.defer(self.db, by, number),
            lambda on: rules.defer(on, number, self.now),
            f"defer {number}",
        )

    @rule(number=ANY_NUMBER, lines=DODS)
    def write_dod(self, number: int, lines: str) -> None:
        self.happens(
            lambda by: items.write_dod(self.db, by, number, lines),
            lambda on: dod.write(on, number, lines),
            f"dod {number}",
        )

    @rule(number=PERHAPS_A_NUMBER, k=st.integers(0, 3))
    def tick(self, number: int | None, k: int) -> None:
        meant = self.meant("tick", number)
        self.happens(
            lambda by: items.tick(self.db, by, number, k),
            lambda on: dod.tick(on, rules.named(on, "tick", number), k, ALICE, self.now),
            f"tick {meant} 1",
        )

    @rule(met=st.sampled_from([frozenset({1, 2}), frozenset({1}), frozenset()]), result=st.sampled_from(["", "so far"]))
    def save_progress(self, met: frozenset[int], result: str) -> None:
        if self.board.wip is None or not self.board.wip.dod:
            return
        number, before = self.board.wip.number, self.board.wip

        def saved(on: Board) -> Board:
            on = dod.tick_just(on, number, met, ALICE, self.now)
            return on.having([replace(on.item(number), result=result)])

        more = saved(self.board).item(number).settled - before.settled
        events = [] if saved(self.board) == self.board else [f"tick {number} {more}"]
        self.happens(lambda by: items.save_progress(self.db, by, number, met, result), saved, *events)

    @rule(text=st.sampled_from(["waiting", "περιμένει & <!here>"]))
    def set_status(self, text: str) -> None:
        def noted(on: Board) -> Board:
            item = on.item(rules.obvious(on, "status"))
            return on.having([replace(item, status=Note(text, BOB, self.now))])

        meant = self.meant("status", None)
        self.happens(
            lambda by: items.set_status(self.db, replace(by, who=BOB), None, text), noted, f"status {meant} {text}"
        )

    def meant(self, verb: str, number: int | None) -> int | None:
        """The number that a verb means; None where it will be refused."""
        try:
            return rules.named(self.board, verb, number)
        except UserError:
            return None

    @invariant()
    def both_are_the_same_board(self) -> None:
        stored = look.whole(self.db, self.channel)
        assert stored.items == tuple(sorted(self.board.items, key=lambda item: item.number))
        assert stored.next_number == self.board.next_number

    @invariant()
    def every_change_has_its_events_and_they_tell_the_whole_board(self) -> None:
        assert version(self.db, self.channel) == self.version
        assert story(self.db, self.channel) == self.story
        assert replayed(self.db, self.channel) == as_told(self.board)

    @invariant()
    def what_follows_is_owed(self) -> None:
        mine = {what for what in owed(self.db) if what.split()[1].split("/")[0] == self.channel}
        posts = {f"finish {self.channel}/{change}" for change in self.finishes}
        boards = {f"board {self.channel}"} if self.version else set()
        assert {what for what in mine if not what.startswith("check")} == posts | boards

    @invariant()
    def every_finish_can_be_told(self) -> None:
        for change in self.finishes:
            assert finishes.read(self.db, self.channel, change).item.finished is not None


def run(db: Database, examples: int, steps: int) -> None:
    class OnThisDatabase(StoredBoard):
        def __init__(self) -> None:
            super().__init__(db)

    limits = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(OnThisDatabase, settings=limits)


def test_on_sqlite(sqlite: Database) -> None:
    run(sqlite, examples=25, steps=30)


def test_on_postgresql(postgresql: Database) -> None:
    run(postgresql, examples=6, steps=20)
