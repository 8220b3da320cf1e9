"""A board with something in every lane, made through the services, on a database of either kind."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.core.board.edits import Draft
from bot.services.board import items, moves
from bot.services.change import Ask
from bot.store import tables
from bot.store.database import Database
from tests import rows
from tests.fakes import Clock
from tests.people import ALICE, BOB

# Most of what people ask for is the same on either database; for what races or is claimed there, a test says so.
on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)

DOD = "POST /checkout returns 201\nCI is green\nThe docs name the new path"


def furnish(db: Database, clock: Callable[[], datetime], channel: str = "C1") -> None:
    """Fill a board: #1 in progress, Alice's; #2 and #3 next, #3 without a DoD; #4 later; #5 parked; #6 done, by Bob."""
    then = clock() - timedelta(days=2)
    alice, bob = Ask(channel, ALICE, then), Ask(channel, BOB, then)
    for title, dod in (("Payments", DOD), ("Search", "GET /search answers in 300 ms"), ("Ideas", "")):
        moves.add(db, alice, Draft(title, dod=dod, keep=True))
    for title in ("Shipping", "Cards", "Login"):
        moves.add(db, bob, Draft(title, dod="It is in CI", keep=True))
    for number in (3, 2, 1):  # make room in NEXT; LATER's front is where the last one lands
        moves.defer(db, alice, number)
    moves.start(db, bob, 6)
    items.tick(db, bob, 6, 1)
    moves.finish(db, bob, 6)
    moves.start(db, bob, 5)
    moves.park(db, bob, 5, "Stripe keys")
    moves.start(db, alice, 1)
    items.tick(db, alice, 1, 2)
    moves.queue(db, alice, 2, None, "")
    moves.queue(db, alice, 3, None, "")
    with db.begin() as tx:
        tx.execute(delete(tables.outbox))  # all that is paid


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy, with the board in two channels."""
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("furnished") / "onewip.db"))
    db = Database(f"sqlite:///{file}")
    for channel in ("C1", "C2"):
        furnish(db, Clock(), channel)
    db.close()
    return file


@pytest.fixture(scope="session")
def furnished_rows(furnished: Path) -> rows.Rows:
    """The rows of the file, for a database that can't be copied."""
    db = Database(f"sqlite:///{furnished}")
    found = rows.taken(db)
    db.close()
    return found


@pytest.fixture
def database(
    request: pytest.FixtureRequest, furnished: Path, furnished_rows: rows.Rows, tmp_path: Path
) -> Iterator[Database]:
    """A database with the board: SQLite, and PostgreSQL too in a test that is marked `on_both`."""
    if getattr(request, "param", "sqlite") == "postgresql":
        db: Database = request.getfixturevalue("postgresql")
        rows.put(db, furnished_rows)
        yield db
    else:
        db = Database(f"sqlite:///{shutil.copy(furnished, tmp_path / 'furnished.db')}")
        yield db
        db.close()
