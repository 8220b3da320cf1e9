"""Works with a furnished board: `works` on SQLite, `anywhere` on either database."""

from collections.abc import Callable, Iterator

import pytest

from bot.store.database import Database
from tests.effects.stage import Works
from tests.fakes import Clock, FakeSlack
from tests.slack.boards import furnish


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def another(db: Database, clock: Clock, slack: FakeSlack) -> Iterator[Callable[[], Works]]:
    """Another process on the same database."""
    made: list[Works] = []

    def make() -> Works:
        made.append(Works(db, clock, slack))
        return made[-1]

    furnish(db, clock)
    yield make
    for works in made:
        works.door.close()


@pytest.fixture
def works(another: Callable[[], Works]) -> Works:
    return another()
