"""Every move that somebody might ask for, legal or not."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.core.board import gate
from bot.core.board import moves as rules
from bot.core.board.edits import Draft
from bot.core.board.model import Board, Outcome
from bot.core.people import Person
from bot.facts.scripts.script import Script
from bot.services.board import moves
from bot.services.production import watching
from tests.services.asking import LINES, NUMBER, PERHAPS, REASON, TITLES, WHO, Asking
from tests.services.stage import owed


class Moving(Asking):
    """Moves items on both boards."""

    has_facts = False

    def started(self, on: Board, number: int, who: Person, why: str = "") -> Board:
        after = rules.start(on, number, who, self.mirror.now)
        gate.pass_through(on, on.item(number), on.done, self.mirror.now, evidence=why)
        return after

    @rule(who=WHO, title=st.sampled_from(TITLES), lines=LINES, keep=st.booleans(), and_start=st.booleans())
    def add(self, who: Person, title: str, lines: str, keep: bool, and_start: bool) -> None:
        draft, number = Draft(title, dod=lines, keep=keep), self.board.next_number

        def added(on: Board) -> Board:
            on = rules.add(on, draft, who, self.mirror.now)
            return self.started(on, number, who) if and_start else on

        events = [f"add {number}", *([f"start {number}"] if and_start else [])]
        self.both(who, lambda by: moves.add(self.db, by, draft, and_start=and_start), added, *events)

    @rule(who=WHO, number=PERHAPS, why=st.sampled_from(["", "it is other work"]))
    def start(self, who: Person, number: int | None, why: str) -> None:
        self.both(
            who,
            lambda by: moves.start(self.db, by, number, why),
            lambda on: self.started(on, rules.named(on, "start", number, who), who, why),
            f"start {self.meant('start', number, who)} {why}",
        )

    @rule(who=WHO, number=NUMBER, outcome=st.sampled_from(Outcome), then=PERHAPS)
    def finish(self, who: Person, number: int, outcome: Outcome, then: int | None) -> None:
        finished = self.both(
            who,
            lambda by: moves.finish(self.db, by, number, outcome=outcome, then=then),
            lambda on: rules.finish(on, number, who, self.mirror.now, outcome),
            f"finish {number}",
        )
        if finished:
            is_asked = f"check {self.channel}/{self.mirror.version}" in owed(self.db)
            assert is_asked == self.has_facts
            self.mirror.finishes[self.mirror.version] = False
            if then:
                self.mirror.also(lambda on: self.started(on, then, who), f"start {then}")

    @rule(are_set_up=st.booleans())
    def facts_are_set_up_or_taken_away(self, are_set_up: bool) -> None:
        facts = [Script(name="Shop", kind="script", command=("true",))]
        watching.configure(self.db, facts if are_set_up else (), self.mirror.now)
        self.has_facts = are_set_up

    @rule(who=WHO, number=PERHAPS, reason=REASON)
    def park(self, who: Person, number: int | None, reason: str) -> None:
        self.both(
            who,
            lambda by: moves.park(self.db, by, number, reason),
            lambda on: rules.park(on, rules.named(on, "park", number, who), self.mirror.now, reason, by=who),
            f"park {self.meant('park', number, who)} {reason}",
        )

    @rule(who=WHO, number=PERHAPS)
    def unblock(self, who: Person, number: int | None) -> None:
        self.both(
            who,
            lambda by: moves.unblock(self.db, by, number),
            lambda on: rules.unblock(on, rules.named(on, "unblock", number, who), self.mirror.now, by=who),
            f"unblock {self.meant('unblock', number, who)}",
        )

    @rule(who=WHO, number=NUMBER, position=st.none() | st.integers(0, 4), reason=REASON)
    def queue(self, who: Person, number: int, position: int | None, reason: str) -> None:
        self.both(
            who,
            lambda by: moves.queue(self.db, by, number, position, reason),
            lambda on: rules.queue(on, number, self.mirror.now, position, reason, by=who),
            f"queue {number} {reason}",
        )

    @rule(who=WHO, number=NUMBER)
    def defer(self, who: Person, number: int) -> None:
        self.both(
            who,
            lambda by: moves.defer(self.db, by, number),
            lambda on: rules.defer(on, number, self.mirror.now, by=who),
            f"defer {number}",
        )

    @rule(who=WHO, number=NUMBER, to=st.sampled_from(["up", "down", "first", "last", "2", "9"]))
    def move(self, who: Person, number: int, to: str) -> None:
        self.both(
            who,
            lambda by: moves.move(self.db, by, number, to),
            lambda on: rules.move(on, number, self.mirror.now, to, by=who),
            f"move {number} {'to ' if to.isdecimal() else ''}{to}",
        )

    @rule(who=WHO, number=NUMBER, reason=REASON)
    def drop(self, who: Person, number: int, reason: str) -> None:
        self.both(
            who,
            lambda by: moves.drop(self.db, by, number, reason),
            lambda on: rules.drop(on, number, who, self.mirror.now, reason),
            f"drop {number} {reason}",
        )

    @precondition(lambda self: self.board.done)
    @rule(who=WHO, proof=st.sampled_from(["", "https://ci/2 is red"]))
    def reopen_the_last(self, who: Person, proof: str) -> None:
        done = self.board.done[-1]
        self.both(
            who,
            lambda by: moves.reopen(self.db, by, done.number, proof),
            lambda on: rules.reopen(on, done.number, who, self.mirror.now, proof),
            f"reopen {done.number} {proof}",
            deed="reopen what is CLOSED" if done.outcome is Outcome.CLOSED else "",
        )
