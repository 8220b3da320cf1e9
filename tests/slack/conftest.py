"""A stage with a furnished board."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.fakes import Clock
from tests.slack.boards import furnish
from tests.slack.stage import Stage


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy: the same board, with something in every lane, in two channels."""
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("furnished") / "onewip.db"))
    db = Database(f"sqlite:///{file}")
    for channel in ("C1", "C2"):
        furnish(db, Clock(), channel)
    db.close()
    return file


@pytest.fixture
def stage(furnished: Path, tmp_path: Path) -> Iterator[Stage]:
    """A bot and a furnished board. What is asked for is the same on either database; stories that write race there."""
    db = Database(f"sqlite:///{shutil.copy(furnished, tmp_path / 'furnished.db')}")
    stage = Stage(db)
    yield stage
    stage.door.close()
    db.close()


@pytest.fixture
def empty(sqlite: Database) -> Iterator[Stage]:
    """A bot in a channel without a board."""
    stage = Stage(sqlite)
    yield stage
    stage.door.close()
