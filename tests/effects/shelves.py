"""A board whose documents are kept in a folder."""

from pathlib import Path

from bot.core.board.model import Lane
from bot.places.directory import Directory
from bot.places.library import Shelf
from bot.services.board import items, look, moves
from bot.services.change import Ask
from bot.services.documents import files
from bot.store.database import Database
from tests.effects.stage import Works
from tests.fakes import Clock, FakeSlack
from tests.people import ALICE

NAMES = {"state": "OPS/STATE.md", "next7d": "NEXT-7D.md"}
BOTH = ("OPS/STATE.md", "NEXT-7D.md")


class Kept(Works):
    """A process on a board, with documents in a folder."""

    def __init__(self, db: Database, clock: Clock, slack: FakeSlack, folder: Path) -> None:
        self.folder = folder
        super().__init__(db, clock, slack, library={"C1": Shelf("C1", Directory(folder), NAMES)})
        files.register(db, {"C1": NAMES}, clock())

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(text.encode())

    async def still(self) -> None:
        """Pay what is due once the board has been still for a while."""
        self.clock.forward(seconds=6)
        await self.pay()

    def finish(self, then: int | None = 2) -> None:
        """Alice finishes #1."""
        ready(self.db, self.alice)
        moves.finish(self.db, self.alice, 1, then=then)

    def lanes(self) -> dict[Lane, list[int]]:
        board = look.whole(self.db, "C1")
        return {lane: [item.number for item in board.lane(lane)] for lane in Lane if board.lane(lane)}


def ready(db: Database, ask: Ask) -> None:
    """Meet every criterion of #1."""
    for k in (1, 3):
        items.tick(db, ask, 1, k)


def alice(clock: Clock) -> Ask:
    return Ask("C1", ALICE, clock())
