"""Asking the services and the mirror for the same, and what is asked with."""

from collections.abc import Callable
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from bot.core.board import moves as rules
from bot.core.board.model import Board
from bot.core.people import Person
from bot.errors import UserError
from bot.services.change import Ask
from bot.store.database import Database
from tests.people import ALICE, BOB, CAROL
from tests.services.mirror import Mirror
from tests.services.stage import ONE, TWO

CHANNELS = count(1)
WHO = st.sampled_from([ALICE, ALICE, BOB, CAROL])
NUMBER = st.sampled_from([1, 2, 3, 4, 5, 6, 99])
PERHAPS = st.none() | st.none() | NUMBER
REASON = st.sampled_from(["the keys are missing", "they are late", ""])
TITLES = ["Payments by card", "Αναζήτηση 🚀", "<!channel> & co", "Nightly backups", "Login by mail", "x" * 201]
LINES = st.sampled_from([ONE, f"{TWO}\n{ONE}", "", "it works"])


class Asking(RuleBasedStateMachine):
    """Asks the services and the mirror for the same; every example is a channel of its own."""

    def __init__(self, db: Database) -> None:
        super().__init__()
        self.db = db
        self.channel = f"C{next(CHANNELS)}"
        self.mirror = Mirror()

    @property
    def board(self) -> Board:
        return self.mirror.board

    def answer(self, who: Person, service: Callable[[Ask], object]) -> str:
        """Ask a service. Gives the words of its refusal, if any."""
        try:
            service(Ask(self.channel, who, self.mirror.now))
        except UserError as refused:
            return str(refused)
        return ""

    def both(
        self,
        who: Person,
        service: Callable[[Ask], object],
        make: Callable[[Board], Board],
        *events: str,
        deed: str = "",
    ) -> bool:
        """Ask both: they refuse in the same words, or both change. True: they changed."""
        told = self.mirror.version
        refused = self.mirror.change(who, make, *events, deed=deed)
        assert self.answer(who, service) == refused
        return self.mirror.version > told

    def meant(self, verb: str, number: int | None, who: Person) -> int | None:
        """The number that somebody means by a verb; None where it will be refused."""
        try:
            return rules.named(self.board, verb, number, who)
        except UserError:
            return None
