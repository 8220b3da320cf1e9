"""Processes that pay, on one database with a furnished board."""

from collections.abc import Callable, Iterator

import pytest

from bot.store.database import Database
from tests.effects.stage import Works
from tests.fakes import Clock, FakeSlack
from tests.furnished import database, furnished, furnished_rows  # noqa: F401  fixtures


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def another(
    database: Database,  # noqa: F811
    clock: Clock,
    slack: FakeSlack,
) -> Iterator[Callable[[], Works]]:
    """Another process on the same database."""
    made: list[Works] = []

    def make() -> Works:
        made.append(Works(database, clock, slack))
        return made[-1]

    yield make
    for works in made:
        works.door.close()


@pytest.fixture
def works(another: Callable[[], Works]) -> Works:
    return another()
