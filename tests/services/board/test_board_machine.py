"""The stored board and a simple one stay the same, whatever people ask for and however often the bot restarts."""

from datetime import time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from bot.core.board import dod
from bot.core.board.history import sentence
from bot.core.board.model import Outcome, Slots
from bot.core.board.slots import SAID, switched
from bot.core.documents.merge import merge
from bot.core.people import Person
from bot.documents import next7d
from bot.services.board import finishes, history, look
from bot.services.board.slots import set_slots
from bot.services.digest import schedule
from bot.services.documents import importing
from bot.store.database import Database
from tests.depth import tried
from tests.people import ALICE, BOB
from tests.services.asking import PERHAPS, TITLES, WHO
from tests.services.moving import Moving
from tests.services.stage import ONE, TWO, as_told, owed, replayed, story, version
from tests.services.writing import Writing

DOCUMENT = "# NEXT 7D\n\n## NEXT\n\n1. Payments by card\n2. Exports\n3. Invoices\n\n## Rules\n\nOne thing at a time.\n"


class StoredBoard(Moving, Writing):
    """Moves, writes, imports, settings and undo, by several people over time."""

    @initialize(size=st.integers(3, 5), lines=st.sampled_from([ONE, f"{ONE}\n{TWO}"]))
    def some_items(self, size: int, lines: str) -> None:
        self.facts_are_set_up_or_taken_away(are_set_up=False)  # another example may have set them up
        for title in TITLES[:size]:
            self.add(ALICE, title, lines, keep=False, and_start=False)
        self.start(ALICE, None, "")

    @rule(minutes=st.sampled_from([0, 4, 7, 420]))
    def time_passes(self, minutes: int) -> None:
        self.mirror.now += timedelta(minutes=minutes)

    @rule()
    def the_bot_restarts(self) -> None:
        self.db.close()

    @rule(who=WHO, slots=st.sampled_from(Slots))
    def switch(self, who: Person, slots: Slots) -> None:
        self.both(
            who,
            lambda by: set_slots(self.db, by, slots),
            lambda on: switched(on, slots) if who == ALICE else on,
            f"settings one item in progress {SAID[slots]}",
            deed="change its settings",
        )

    @rule(who=WHO)
    def each_starts_what_comes_next(self, who: Person) -> None:
        self.switch(ALICE, Slots.PERSON)
        for person in (ALICE, BOB, who):
            self.start(person, None, "it is other work")

    @precondition(lambda self: self.board.in_progress)
    @rule(who=WHO, outcome=st.sampled_from(Outcome), then=PERHAPS, latest=st.booleans())
    def finish_what_is_in_progress(self, who: Person, outcome: Outcome, then: int | None, latest: bool) -> None:
        number = self.board.in_progress[-1 if latest else 0].number
        self.save_progress(who, frozenset({1, 2}), "so far", latest)
        self.finish(who, number, outcome, then)

    @precondition(lambda self: self.board.in_progress)
    @rule(who=WHO, then=PERHAPS, latest=st.booleans())
    def finish_and_think_better_of_it(self, who: Person, then: int | None, latest: bool) -> None:
        self.finish_what_is_in_progress(who, Outcome.CLOSED, then, latest)
        self.undo(who, 1)

    @precondition(lambda self: self.board.blocked)
    @rule(who=WHO, front=st.booleans())
    def bring_back_what_waits(self, who: Person, front: bool) -> None:
        number = self.board.blocked[0].number
        self.queue(who, number, 1, "") if front else self.unblock(who, number)

    @rule(who=WHO)
    def import_a_document(self, who: Person) -> None:
        incoming = dod.judged_by_people(next7d.read(DOCUMENT, self.mirror.now).board)
        added = len(merge(self.board, incoming).added)
        self.both(
            who,
            lambda by: importing.import_document(self.db, by, DOCUMENT),
            lambda on: merge(on, incoming).board,
            f"import {added} items",
        )

    @rule(who=WHO, at=st.sampled_from([None, time(9), time(15, 30)]))
    def set_the_digest_s_time(self, who: Person, at: time | None) -> None:
        refused = self.mirror.set_digest(who, at)
        assert self.answer(who, lambda by: schedule.set_time(self.db, by, at)) == refused

    @rule(who=WHO, times=st.integers(1, 3))
    def undo(self, who: Person, times: int) -> None:
        for _ in range(times):
            refused = self.mirror.undo(who)
            assert self.answer(who, lambda by: history.undo(self.db, by)) == refused

    # What holds after each step

    @invariant()
    def both_are_the_same_board(self) -> None:
        stored = look.whole(self.db, self.channel)
        assert stored.items == tuple(sorted(self.board.items, key=lambda item: item.number))
        assert (stored.next_number, stored.slots) == (self.board.next_number, self.board.slots)
        assert look.look(self.db, self.channel, self.mirror.now).plan.at == self.mirror.digest_at

    @invariant()
    def nothing_is_lost_and_next_is_dense(self) -> None:
        stored = look.whole(self.db, self.channel)
        assert [item.number for item in stored.items] == list(range(1, stored.next_number))
        assert [item.position for item in stored.next] == list(range(1, len(stored.next) + 1))

    @invariant()
    def nobody_holds_two_slots_and_none_is_nobody_s(self) -> None:
        stored = look.whole(self.db, self.channel)
        held = [stored.slot_of(item.owner) for item in stored.in_progress]
        assert len(held) == len(set(held))
        assert all(stored.slots is Slots.BOARD or item.owner for item in stored.in_progress)

    @invariant()
    def every_change_has_its_events_and_they_tell_the_whole_board(self) -> None:
        assert version(self.db, self.channel) == self.mirror.version
        assert story(self.db, self.channel) == self.mirror.story
        assert replayed(self.db, self.channel) == as_told(self.board)
        assert all(sentence(event) for event in history.log(self.db, self.channel, None).events)

    @invariant()
    def what_follows_is_owed(self) -> None:
        mine = {what for what in owed(self.db) if what.split()[1].split("/")[0] == self.channel}
        posts = {f"{kind} {self.channel}/{change}" for change in self.mirror.finishes for kind in ("finish", "seal")}
        board = {f"board {self.channel}"} if self.mirror.version else set()
        assert {what for what in mine if not what.startswith(("check", "baseline"))} == posts | board

    @invariant()
    def every_finish_can_be_told(self) -> None:
        told = {change: finishes.read(self.db, self.channel, change).undone for change in self.mirror.finishes}
        assert told == self.mirror.finishes


def run(db: Database, examples: int, steps: int) -> None:
    class OnThisDatabase(StoredBoard):
        def __init__(self) -> None:
            super().__init__(db)

    limits = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(OnThisDatabase, settings=limits)


def test_on_sqlite(sqlite: Database) -> None:
    run(sqlite, examples=tried(12, deep=150, quick=3), steps=40)


def test_on_postgresql(postgresql: Database) -> None:
    run(postgresql, examples=tried(3, deep=25), steps=25)
