"""A stage with a furnished board."""

from collections.abc import Iterator

import pytest

from bot.store.database import Database
from tests.furnished import database, furnished, furnished_rows  # noqa: F401  fixtures
from tests.slack.stage import Stage


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:  # noqa: F811
    """A bot and a furnished board."""
    stage = Stage(database)
    yield stage
    stage.door.close()


@pytest.fixture
def empty(sqlite: Database) -> Iterator[Stage]:
    """A bot in a channel without a board."""
    stage = Stage(sqlite)
    yield stage
    stage.door.close()
