"""Everything that somebody might write on an item, in its limits or not."""

from dataclasses import replace
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.core.board import dod, edits
from bot.core.board import moves as rules
from bot.core.board.dod import Boxes
from bot.core.board.edits import Edit
from bot.core.board.model import Board, Note
from bot.core.people import Person
from bot.services.board import items
from tests.people import ALICE, BOB, CAROL
from tests.services.asking import LINES, NUMBER, PERHAPS, REASON, TITLES, WHO, Asking

WORDS = count(1)  # what is written twice at the same moment would be no change


class Writing(Asking):
    """Writes on items of both boards."""

    @rule(who=WHO, number=PERHAPS)
    def block(self, who: Person, number: int | None) -> None:
        reason = f"reason {next(WORDS)}"
        self.both(
            who,
            lambda by: items.block(self.db, by, number, reason),
            lambda on: rules.block(on, rules.named(on, "block", number, who), self.mirror.now, reason, by=who),
            f"block {self.meant('block', number, who)} {reason}",
        )

    @rule(who=WHO, number=NUMBER, lines=LINES, keep=st.booleans())
    def write_dod(self, who: Person, number: int, lines: str, keep: bool) -> None:
        self.both(
            who,
            lambda by: items.write_dod(self.db, by, number, lines, keep=keep),
            lambda on: dod.write(on, number, lines, keep=keep),
            f"dod {number}",
        )

    @rule(who=WHO, number=PERHAPS, k=st.integers(0, 2))
    def tick(self, who: Person, number: int | None, k: int) -> None:
        self.both(
            who,
            lambda by: items.tick(self.db, by, number, k),
            lambda on: dod.tick(on, rules.named(on, "tick", number, who), k, who, self.mirror.now),
            f"tick {self.meant('tick', number, who)} 1",
        )

    @rule(who=WHO, number=PERHAPS, k=st.integers(1, 2))
    def untick(self, who: Person, number: int | None, k: int) -> None:
        self.both(
            who,
            lambda by: items.untick(self.db, by, number, k),
            lambda on: dod.untick(on, rules.named(on, "untick", number, who), k),
            f"untick {self.meant('untick', number, who)} -1",
        )

    @rule(who=WHO, number=NUMBER, k=st.integers(1, 2), reason=REASON)
    def waive(self, who: Person, number: int, k: int, reason: str) -> None:
        self.both(
            who,
            lambda by: items.waive(self.db, by, number, k, reason),
            lambda on: dod.waive(on, number, k, who, self.mirror.now, reason),
            f"waive {number} {self.criterion(number, k)} — {reason}",
            deed="waive a criterion",
        )

    @rule(who=WHO, number=NUMBER, k=st.integers(1, 2), shown=st.sampled_from(["https://ci/1", ""]))
    def show_evidence(self, who: Person, number: int, k: int, shown: str) -> None:
        self.both(
            who,
            lambda by: items.show_evidence(self.db, by, number, k, shown),
            lambda on: dod.show_evidence(on, number, k, shown),
            f"evidence {number} {self.criterion(number, k)} — {shown or 'none any more'}",
        )

    @rule(who=WHO, number=NUMBER, title=st.sampled_from([None, *TITLES]), notes=st.sampled_from([None, "", "noted"]))
    def edit(self, who: Person, number: int, title: str | None, notes: str | None) -> None:
        words = Edit(title=title, notes=notes)
        self.both(
            who,
            lambda by: items.edit(self.db, by, number, words),
            lambda on: edits.edit(on, number, words),
            f"edit {number}",
        )

    @rule(who=WHO, number=NUMBER, owner=st.sampled_from([None, ALICE, BOB, CAROL]))
    def assign(self, who: Person, number: int, owner: Person | None) -> None:
        self.both(
            who,
            lambda by: items.assign(self.db, by, number, owner),
            lambda on: edits.assign(on, number, owner, self.mirror.now, by=who),
            f"assign {number} {owner.name if owner else 'nobody'}",
        )

    @precondition(lambda self: self.board.in_progress)
    @rule(who=WHO, met=st.frozensets(st.integers(1, 2)), result=st.sampled_from(["", "so far"]), latest=st.booleans())
    def save_progress(self, who: Person, met: frozenset[int], result: str, latest: bool) -> None:
        before = self.board.in_progress[-1 if latest else 0]
        number = before.number
        if not before.dod:
            return

        def saved(on: Board) -> Board:
            on = dod.tick_just(on, number, Boxes(met), who, self.mirror.now)
            return on.having([replace(on.item(number), result=result)])

        more = saved(self.board).item(number).settled - before.settled
        self.both(
            who, lambda by: items.save_progress(self.db, by, number, Boxes(met), result), saved, f"tick {number} {more}"
        )

    @rule(who=WHO, number=PERHAPS)
    def set_status(self, who: Person, number: int | None) -> None:
        text = f"περιμένει & <!here> {next(WORDS)}"

        def noted(on: Board) -> Board:
            item = dod.changeable(on, rules.named(on, "status", number, who))
            return on.having([replace(item, status=Note(text, who, self.mirror.now))])

        meant = self.meant("status", number, who)
        self.both(who, lambda by: items.set_status(self.db, by, number, text), noted, f"status {meant} {text}")

    def criterion(self, number: int, k: int) -> str:
        """The text of a criterion; nothing where it will be refused."""
        texts = [criterion.text for item in self.board.items if item.number == number for criterion in item.dod]
        return texts[k - 1] if k <= len(texts) else ""
