"""A line that breaks at COMMIT: what became of the change is asked, and said as it is."""

from collections.abc import Iterator

import pytest

from bot.errors import Unavailable, Unclear
from bot.store import database
from bot.store.database import Database
from tests.core.boards import board
from tests.store.lines import Break, Line, line_to
from tests.store.stage import keep, kept


@pytest.fixture
def through(postgresql: Database) -> Iterator[tuple[Line, Database]]:
    keep(postgresql, board(wip=[1]))
    with line_to(postgresql.url) as (line, url):
        db = Database(url)
        yield line, db
        db.close()


def numbers(db: Database) -> list[int]:
    return [item.number for item in kept(db).board.items]


def test_a_change_whose_commit_was_done_stands_and_is_no_error(
    through: tuple[Line, Database], postgresql: Database
) -> None:
    line, db = through
    line.breaks = Break.AFTER
    keep(db, board(wip=[1], next=[2]))
    assert numbers(postgresql) == [1, 2]


def test_a_change_whose_commit_never_arrived_is_said_to_have_changed_nothing(
    through: tuple[Line, Database], postgresql: Database
) -> None:
    line, db = through
    line.breaks = Break.BEFORE
    with pytest.raises(Unavailable, match=r"out of reach\. Nothing was changed") as refused:
        keep(db, board(wip=[1], next=[2]))
    assert not isinstance(refused.value, Unclear)
    assert numbers(postgresql) == [1]
    keep(db, board(wip=[1], next=[2]))  # the next one finds a line again
    assert numbers(postgresql) == [1, 2]


@pytest.mark.parametrize("where", Break)
def test_where_the_server_stays_away_it_is_said_that_nobody_knows_and_how_to_see(
    through: tuple[Line, Database], where: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FOR_LONG_S", 0.3)
    line, db = through
    line.breaks, line.stays_broken = where, True
    with pytest.raises(Unclear, match=r"can't be asked yet whether that was done.*`/board log`") as unclear:
        keep(db, board(wip=[1], next=[2]))
    assert "Nothing was changed" not in str(unclear.value)
